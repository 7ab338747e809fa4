import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { splitPsqlScript } from '../../src/adapters/pglite/psql-script.ts';

/** A schema of another project: a file of this name, and its statements without those that begin and end transactions. */
export type ThirdPartySchema = { readonly name: string; readonly statements: readonly string[] };

/** Where such schemas are; they are not part of the project. `LOCKSTEP_ACCEPTANCE_DATA` names another folder. */
const folder = join(
  process.env['LOCKSTEP_ACCEPTANCE_DATA'] ?? fileURLToPath(new URL('../../../shared/data', import.meta.url)),
  'schemas',
);

// Each statement is run by itself, so that one which an older server does not know takes no others along.
const TRANSACTION = /^(?:begin|commit|end|start\s+transaction)\b/i;

/** The statements of a script for `psql`, without those that begin and end transactions. */
export const statementsOf = (script: string): readonly string[] =>
  splitPsqlScript(script).flatMap((part) =>
    part.kind === 'statement' && !TRANSACTION.test(part.text) ? [part.text] : [],
  );

/** Every schema file that is at hand; files that only hold rows are left out. */
export const thirdPartySchemas: readonly ThirdPartySchema[] = (existsSync(folder) ? readdirSync(folder) : [])
  .filter((name) => name.endsWith('.sql') && !name.endsWith('_data.sql'))
  .sort()
  .map((name) => ({ name, statements: statementsOf(readFileSync(join(folder, name), 'utf8')) }));
