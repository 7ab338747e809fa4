import { readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { TransactionMode } from '../../engine/sql/transactions.ts';
import { roughStatements, transactionOfOneString } from './transaction-of-one-string.ts';

/** What was looked for, by its path, so that the many files of one folder ask the disk once. */
export type Looked = Map<string, boolean>;

function isThere(path: string, looked: Looked): boolean {
  const known = looked.get(path);
  if (known !== undefined) return known;
  const found = statSync(path, { throwIfNoEntry: false }) !== undefined;
  looked.set(path, found);
  return found;
}

/** A small file of settings beside a migration; null where there is none. */
function settingsBeside(path: string): string | null {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true ? readFileSync(path, 'utf8') : null;
}

/** A tool by the form of a file, and what it does with it; null: it is not of this tool, or the tool does not say. */
type Tool = (file: {
  readonly path: string;
  readonly name: string;
  readonly folder: string;
  readonly text: string;
  /** True where the folder has such a file. */
  readonly beside: (name: string) => boolean;
}) => TransactionMode | null;

/** What Flyway runs outside of a transaction by itself, where nothing else is in the file. */
const flywayAlone =
  /^(?:(?:create|drop)\s+(?:unique\s+)?index\s+concurrently\b|vacuum\b|alter\s+type\s.+\sadd\s+value\b|(?:create|drop)\s+(?:database|tablespace|subscription)\b|alter\s+system\b|reindex\s+(?:\(.*\)\s*)?(?:schema|database|system)\b|discard\s+all\b)/is;

const flyway: Tool = ({ path, name, text }) => {
  if (!/^(?:[VUB]\d[\d._]*|R)__.+\.sql$/.test(name)) return null;
  const said = /^\s*executeInTransaction\s*=\s*(?<wanted>true|false)\s*$/im.exec(settingsBeside(`${path}.conf`) ?? '');
  if (said !== null) return said.groups?.['wanted']?.toLowerCase() === 'false' ? 'none' : 'file';
  const statements = roughStatements(text);
  return statements.length > 0 && statements.every((statement) => flywayAlone.test(statement)) ? 'none' : 'file';
};

/** Directives stand at the top, and an empty line ends them. */
const atlas: Tool = ({ text, beside }) => {
  const top = /^(?:--.*\r?\n)*(?=\r?\n)/.exec(text)?.[0] ?? '';
  const said = /^--\s*atlas:txmode\s+(?<mode>none|file|all)\b/im.exec(top)?.groups?.['mode'];
  if (said !== undefined) return said.toLowerCase() === 'none' ? 'none' : 'file';
  return beside('atlas.sum') ? 'file' : null;
};

const drizzle: Tool = ({ name, text, beside }) => {
  const isDrizzle =
    /^--> statement-breakpoint/m.test(text) ||
    beside('meta/_journal.json') ||
    (name === 'migration.sql' && beside('snapshot.json'));
  return isDrizzle ? 'file' : null;
};

const graphileMigrate: Tool = ({ text }) => {
  if (/^--! no-transaction\b/m.test(text)) return 'none';
  return /^--! (?:Previous|Hash):/m.test(text) ? 'file' : null;
};

/** Runs files with psql, which ends a transaction after each statement unless the file says otherwise. */
const sqitch: Tool = ({ text }) => (/^-- (?:Deploy \S+ to|Revert \S+ from) pg\b/.test(text) ? 'none' : null);

const sqlx: Tool = ({ text }) => (text.startsWith('-- no-transaction') ? 'none' : null);

const diesel: Tool = ({ folder, name }) => {
  if (!/^(?:up|down)\.sql$/.test(name)) return null;
  const said = /^\s*run_in_transaction\s*=\s*(?<wanted>true|false)\b/m.exec(
    settingsBeside(join(folder, 'metadata.toml')) ?? '',
  )?.groups?.['wanted'];
  return said === undefined ? null : said === 'false' ? 'none' : 'file';
};

const prisma: Tool = ({ name, text }) => (name === 'migration.sql' ? transactionOfOneString(text) : null);

const supabase: Tool = ({ folder, text }) =>
  /(?:^|[\\/])supabase[\\/]migrations$/.test(folder) ? transactionOfOneString(text) : null;

/** The first that knows a file says what becomes of it. */
const tools: readonly Tool[] = [graphileMigrate, sqlx, sqitch, flyway, atlas, drizzle, diesel, prisma, supabase];

/**
 * What the tool does with a file whose form, name or place it has; null where nothing of that tells. Callers with many files
 * pass the same `looked` for all of them.
 */
export function transactionOfFile(path: string, text: string, looked: Looked = new Map()): TransactionMode | null {
  const folder = dirname(resolve(path));
  const beside = (name: string): boolean => isThere(join(folder, name), looked);
  const file = { path, name: basename(path), folder, text, beside };
  for (const tool of tools) {
    const mode = tool(file);
    if (mode !== null) return mode;
  }
  return null;
}
