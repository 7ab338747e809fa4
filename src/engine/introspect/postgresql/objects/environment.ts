import * as z from 'zod';
import environmentText from './environment.sql?raw';
import prepareSessionText from './prepare-session.sql?raw';

/** Reads who answers and with which settings; takes no parameters. */
export const environmentQuery = environmentText;

/**
 * Sets, until the end of the transaction, what the server's deparsing functions depend on: with an empty search path
 * every name in a definition is qualified. https://www.postgresql.org/docs/current/functions-info.html
 */
export const prepareSessionQuery = prepareSessionText;

/** The one row of `environmentQuery`. */
export const environmentSchema = z.object({
  version: z.number().int(),
  searchPath: z.array(z.string()),
  database: z.string(),
  timeZone: z.string(),
  encoding: z.string(),
  collate: z.string(),
  ctype: z.string(),
});
export type ServerEnvironment = Readonly<z.infer<typeof environmentSchema>>;
