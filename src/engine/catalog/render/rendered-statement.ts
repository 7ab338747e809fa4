import { type Sql, toText } from '../../sql/sql.ts';

/** One statement of a rendered catalog, without a semicolon. `object` is a dotted path; `kind` what the statement makes. */
export type RenderedStatement = { readonly object: string; readonly kind: string; readonly sql: string };

/** A statement that Lockstep put together. */
export const statementOf = (kind: string, object: string, piece: Sql): RenderedStatement => ({
  kind,
  object,
  sql: toText(piece),
});

/** A statement as the server itself wrote it, without its last semicolon. */
export const definedStatement = (kind: string, object: string, definition: string): RenderedStatement => ({
  kind,
  object,
  sql: definition.trim().replace(/;$/, ''),
});
