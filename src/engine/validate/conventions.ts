import * as z from 'zod';
import type { DeepReadonly } from '../../shared/deep-readonly.ts';

const patternSchema = z.string().refine(
  (text) => {
    try {
      new RegExp(text, 'u');
      return true;
    } catch {
      return false;
    }
  },
  { message: 'not a regular expression' },
);

/** The kinds of things whose names a team may give a pattern for. */
export const namedKinds = [
  'table',
  'column',
  'view',
  'index',
  'sequence',
  'type',
  'primary key',
  'unique',
  'foreign key',
  'check',
  'exclusion',
  'trigger',
  'schema',
] as const;
export type NamedKind = (typeof namedKinds)[number];

/** What a team has agreed on about its schema; where nothing is agreed, nothing is reported. */
export const conventionsSchema = z.strictObject({
  /** By kind: a regular expression that the whole name must match. */
  names: z.partialRecord(z.enum(namedKinds), patternSchema).default({}),
  /** The only schemas in which migrations may create things; empty: any. */
  schemas: z.array(z.string()).default([]),
  /** Columns that every new table has. */
  columns: z.array(z.string()).default([]),
  /** True: every new table has a comment. */
  comments: z.boolean().default(false),
});
export type Conventions = DeepReadonly<z.infer<typeof conventionsSchema>>;
