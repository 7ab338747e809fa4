import type { Catalog, Table } from '../../catalog/catalog.ts';
import { compactForm } from '../../catalog/prompt-form.ts';
import { delimited } from './delimited.ts';

const longestComment = 160;

/** The user part of the prompt that asks for a migration. Nothing in it comes from a row of the database. */
export function writePrompt(request: string, catalog: Catalog, tables: readonly Table[]): string {
  const { version, searchPath } = catalog.server;
  const server = `PostgreSQL ${Math.floor(version / 10_000)} (${version}), search path ${searchPath.join(', ') || 'empty'}`;
  const extensions = catalog.extensions.map((extension) => extension.name).join(', ');
  const known = `${server}\nextensions: ${extensions || 'none'}`;
  return [
    delimited('server', known),
    delimited('schema', tables.length === 0 ? '(the database has no tables)' : compactForm(catalog, tables)),
    delimited('request', request),
  ].join('\n\n');
}

/** What the prompt leaves out of the chosen tables, in words. */
export function leftOut(catalog: Catalog, tables: readonly Table[]): readonly string[] {
  const isLong = (comment: string | null): boolean => comment !== null && comment.length > longestComment;
  const cut = tables.flatMap((table) => [
    ...(isLong(table.comment) ? [`${table.schema}.${table.name}`] : []),
    ...table.columns
      .filter((column) => isLong(column.comment))
      .map((column) => `${table.schema}.${table.name}.${column.name}`),
  ]);
  const others = catalog.tables.length - tables.length;
  return [
    'every row of every table',
    'owners and privileges',
    ...(catalog.routines.length > 0 ? ['the bodies of functions'] : []),
    ...(catalog.views.length > 0 ? ['the queries of views'] : []),
    ...(others > 0 ? [`the definitions of ${others} other tables`] : []),
    ...cut.map((name) => `the end of the long comment on ${name}`),
  ];
}
