import type { ColumnDef } from '@pgsql/types';
import { all, as, nameOf, type WrittenName } from '../sql/nodes.ts';
import { type TypeRef, typeRef } from '../sql/type-name.ts';
import type { CheckContext } from './rule.ts';
import type { SourceRange } from './statement-source.ts';

/** A column that a statement defines: a new one, or the new type of an old one. */
export type WrittenColumn = {
  readonly table: WrittenName;
  readonly name: string;
  readonly type: TypeRef;
  readonly definition: ColumnDef;
  /** The words that write the type. */
  readonly typeRange: SourceRange;
};

const read = (
  context: CheckContext,
  table: WrittenName,
  definition: ColumnDef,
  name: string,
): readonly WrittenColumn[] => {
  if (definition.typeName === undefined) return [];
  const start = context.offset((definition.typeName as { readonly location?: number }).location);
  const [first, next] = context.source.tokens({ start, end: context.statement.end });
  if (first === undefined) return [];
  // Of a qualified name the first token is the schema.
  const end =
    next?.text === '.'
      ? (context.source.tokens({ start: next.end, end: context.statement.end })[0]?.end ?? first.end)
      : first.end;
  return [{ table, name, type: typeRef(definition.typeName), definition, typeRange: { start: first.start, end } }];
};

/** The columns that CREATE TABLE and ALTER TABLE write with their types; a down, which restores, writes none. What IF NOT EXISTS leaves alone is not written. */
export const writtenColumns = (context: CheckContext): readonly WrittenColumn[] => {
  if (context.direction === 'down') return [];
  const create = as(context.statement.node, 'CreateStmt');
  if (create !== undefined)
    return all(create.tableElts, 'ColumnDef').flatMap((definition) =>
      read(context, nameOf(create.relation), definition, definition.colname ?? ''),
    );
  const altered = context.alter();
  return (altered?.actions ?? []).flatMap(({ cmd }) => {
    const definition = as(cmd.def, 'ColumnDef');
    const written = cmd.subtype === 'AT_AddColumn' || cmd.subtype === 'AT_AlterColumnType';
    if (altered === null || definition === undefined || !written) return [];
    const isThere = context.database.column(altered.table, definition.colname ?? '') !== null;
    if (cmd.missing_ok === true && isThere) return [];
    return read(context, altered.written, definition, definition.colname ?? cmd.name ?? '');
  });
};
