import type { CancelSignal } from '../ports/cancel.ts';
import type { ShadowDatabase } from '../ports/shadow-databases.ts';
import type { SqlRow } from '../ports/sql-client.ts';
import { extensionsNamedIn } from '../sql/extensions-named-in.ts';
import { all, as, findNodes } from '../sql/nodes.ts';
import type { Statement } from '../sql/parser.ts';
import { quoteIdentifier } from '../sql/quote-identifier.ts';
import { quoteLiteral } from '../sql/quote-literal.ts';
import { contentsOf, foreignIndexMethods } from '../sql/stand-in-extensions/known-extensions.ts';
import { makeExtension } from '../sql/stand-in-extensions/make-extension.ts';
import { withoutOwnOptions } from '../sql/stand-in-extensions/own-options.ts';

/** What is sent for a statement: `first` and `after` are scripts around it, null for none. */
export type Sent = {
  readonly first: string | null;
  readonly text: string;
  readonly after: string | null;
  /** What the shadow database lacks and gets a stand-in for. */
  readonly stubbed: readonly string[];
};

/** The database, what it can make by itself, and whether stand-ins may be made for the rest. */
export type StandInPlace = {
  readonly database: ShadowDatabase;
  readonly extensions: readonly string[];
  readonly standsIn: boolean;
};

/** Whether the session may make stand-ins for extensions: only a superuser writes into system catalogs. */
export async function mayStandIn(database: ShadowDatabase, signal?: CancelSignal): Promise<boolean> {
  const [row] = await database.query(`select pg_catalog.current_setting('is_superuser') = 'on' as yes`, [], signal);
  return row?.['yes'] === true;
}

/** Code that looks for itself whether an extension can be made, or goes on without it. */
const asksFirst = /\bpg_available_extension|\bexception\s+when\b/i;

/** Indexes by methods that stand in for others, with options that only the others know. */
const withOwnOptions = `select pg_catalog.format('%I.%I', n.nspname, c.relname) as name, c.reloptions::text as options
  from pg_catalog.pg_class c
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  join pg_catalog.pg_am m on m.oid = c.relam
  where c.relkind in ('i', 'I') and c.reloptions is not null
    and m.amhandler = 'pg_catalog.brinhandler'::pg_catalog.regproc and m.amname <> 'brin'`;

/** What makes the server build indexes again: it must not meet options that it does not know. */
const rebuilds = (node: Statement['node']): boolean =>
  findNodes(node, 'AlterTableCmd').some(({ subtype }) => subtype === 'AT_AlterColumnType');

const hasVersion = `select exists (
  select from pg_catalog.pg_available_extension_versions v where v.name = $1 and v.version = $2) as yes`;

/**
 * What is sent for a statement that makes an extension which the shadow database lacks, or builds on one: stand-ins, made
 * before it or in its place. Every other statement is sent as it is.
 */
export async function statementToSend(
  { node, text }: Pick<Statement, 'node' | 'text'>,
  { database, extensions, standsIn }: StandInPlace,
  signal?: CancelSignal,
): Promise<Sent> {
  const asIs: Sent = { first: null, text, after: null, stubbed: [] };
  const lacks = (name: string): boolean => standsIn && !extensions.includes(name);
  const made = as(node, 'CreateExtensionStmt');
  if (made?.extname !== undefined) {
    const { extname: name } = made;
    const option = (wanted: string) => all(made.options, 'DefElem').find(({ defname }) => defname === wanted);
    const textOf = (wanted: string): string | null => as(option(wanted)?.arg, 'String')?.sval ?? null;
    const schema = textOf('schema');
    const version = textOf('new_version');
    const [ifNotExists, cascade] = [made.if_not_exists === true, option('cascade') !== undefined];
    if (lacks(name)) {
      const request = { name, schema, version, ifNotExists, cascade };
      return { ...asIs, text: makeExtension(request, extensions), stubbed: [`extension ${name}`] };
    }
    // Those of PostgreSQL itself have the same versions on all servers of a release; of another, the one that is here serves.
    if (version === null || contentsOf(name) === undefined) return asIs;
    const [found] = await database.query(hasVersion, [name, version], signal);
    if (found?.['yes'] === true) return asIs;
    const place = schema === null ? '' : ` schema ${quoteIdentifier(schema)}`;
    return {
      ...asIs,
      text: `create extension${ifNotExists ? ' if not exists' : ''} ${quoteIdentifier(name)}${place}${cascade ? ' cascade' : ''}`,
      stubbed: [`version ${version} of extension ${name}`],
    };
  }
  if ('DoStmt' in node && !asksFirst.test(text)) {
    const names = extensionsNamedIn(text).filter(lacks);
    if (names.length === 0) return asIs;
    const first = names.map((name) =>
      makeExtension({ name, schema: null, version: null, ifNotExists: true, cascade: true }, extensions),
    );
    return {
      ...asIs,
      first: first.join(';\n'),
      text: text.replace(/\bcreate\s+extension\s+(?!if\s+not\s+exists\b)/gi, (words) => `${words}if not exists `),
      stubbed: names.map((name) => `extension ${name}`),
    };
  }
  if (rebuilds(node)) {
    const indexes = await database.query(withOwnOptions, [], signal);
    if (indexes.length === 0) return asIs;
    const set = (options: (row: SqlRow) => string): string =>
      indexes
        .map((row) => {
          const index = `pg_catalog.to_regclass(${quoteLiteral(String(row['name']))})`;
          return `update pg_catalog.pg_class set reloptions = ${options(row)} where oid = ${index}`;
        })
        .join(';\n');
    return {
      ...asIs,
      first: set(() => 'null'),
      after: set((row) => `${quoteLiteral(String(row['options']))}::text[]`),
    };
  }
  const method = as(node, 'IndexStmt')?.accessMethod ?? '';
  const plain = foreignIndexMethods.has(method) ? withoutOwnOptions(text) : null;
  if (plain === null) return asIs;
  const [row] = await database.query(
    `select m.amhandler = 'pg_catalog.brinhandler'::pg_catalog.regproc as yes from pg_catalog.pg_am m where m.amname = $1`,
    [method],
    signal,
  );
  return row?.['yes'] === true ? { ...asIs, text: plain.statement, after: plain.after } : asIs;
}
