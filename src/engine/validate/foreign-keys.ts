import type { Constraint as ConstraintNode } from '@pgsql/types';
import { byObject } from '../sql/by-object.ts';
import { all, as, nameOf, strings, type WrittenName } from '../sql/nodes.ts';
import type { CheckContext } from './rule.ts';
import type { SourceRange } from './statement-source.ts';

/** A foreign key that a statement writes, wherever PostgreSQL allows one. */
export type WrittenForeignKey = {
  readonly table: WrittenName;
  readonly columns: readonly string[];
  readonly references: WrittenName;
  /** Empty when the primary key is meant. */
  readonly referencedColumns: readonly string[];
  readonly constraint: ConstraintNode;
  /** The words that make it a foreign key: `FOREIGN KEY (a)` or `REFERENCES`. */
  readonly range: SourceRange;
  /** Where it stands: on its own, on a column that is added, or in a table that is created. */
  readonly place: 'constraint' | 'added column' | 'created table';
};

const rangeOf = (context: CheckContext, constraint: ConstraintNode): SourceRange => {
  const from = { start: context.offset(constraint.location), end: context.statement.end };
  const key = context.source.words('FOREIGN KEY', from);
  const references = context.source.words('REFERENCES', from) ?? from;
  if (key === null || key.start > references.start) return references;
  const close = context.source.tokens({ start: key.end, end: references.start }).at(-1);
  return { start: key.start, end: close?.end ?? key.end };
};

const read = (
  context: CheckContext,
  table: WrittenName,
  constraint: ConstraintNode,
  column: string | null,
  place: WrittenForeignKey['place'],
): WrittenForeignKey => ({
  table,
  columns: column === null ? strings(constraint.fk_attrs) : [column],
  references: nameOf(constraint.pktable),
  referencedColumns: strings(constraint.pk_attrs),
  constraint,
  range: rangeOf(context, constraint),
  place,
});

const isKey = (constraint: ConstraintNode): boolean => constraint.contype === 'CONSTR_FOREIGN';

const keysIn = (context: CheckContext): readonly WrittenForeignKey[] => {
  const create = as(context.statement.node, 'CreateStmt');
  if (create !== undefined) {
    const table = nameOf(create.relation);
    const inColumns = all(create.tableElts, 'ColumnDef').flatMap((column) =>
      all(column.constraints, 'Constraint')
        .filter(isKey)
        .map((constraint) => read(context, table, constraint, column.colname ?? '', 'created table')),
    );
    const own = all(create.tableElts, 'Constraint')
      .filter(isKey)
      .map((constraint) => read(context, table, constraint, null, 'created table'));
    return [...inColumns, ...own].toSorted((a, b) => a.range.start - b.range.start);
  }
  const altered = context.alter();
  if (altered === null) return [];
  return altered.actions.flatMap(({ cmd }) => {
    const constraint = as(cmd.def, 'Constraint');
    if (cmd.subtype === 'AT_AddConstraint' && constraint !== undefined && isKey(constraint))
      return [read(context, altered.written, constraint, null, 'constraint' as const)];
    const column = as(cmd.def, 'ColumnDef');
    if (cmd.subtype !== 'AT_AddColumn' || column === undefined) return [];
    return all(column.constraints, 'Constraint')
      .filter(isKey)
      .map((inline) => read(context, altered.written, inline, column.colname ?? '', 'added column' as const));
  });
};

/** All foreign keys that the statement adds, in the order in which they are written: read once, however many rules ask. */
export const writtenForeignKeys = byObject(10, keysIn);
