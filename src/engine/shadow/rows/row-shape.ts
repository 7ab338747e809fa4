import type { Node } from '@pgsql/types';
import type { Catalog, Column, Constraint, Table } from '../../catalog/catalog.ts';
import type { Facts } from '../../catalog/facts.ts';
import { mentionsColumn } from '../../sql/expressions.ts';
import { checkCondition } from './check-condition.ts';
import { type KnownType, knownType, type TypeForms } from './known-type.ts';
import { partitionLimits } from './partition-limits.ts';
import type { LimitsByColumn } from './satisfy.ts';

/** A foreign key as rows see it. */
export type ParentKey = NonNullable<Constraint['references']> & { readonly childColumns: readonly string[] };

/** A column that rows give a value to, with what the catalog and the facts say of its values. */
export type ShapedColumn = {
  readonly column: Column;
  readonly type: KnownType;
  readonly isRequired: boolean;
  /** Part of a key, a unique index or an exclusion: values of different rows differ. */
  readonly isDistinct: boolean;
  readonly nullFraction: number | null;
  /** As `pg_stats.n_distinct`; null when not known. */
  readonly distinct: number | null;
};

/** Everything about a table that decides which rows it takes. */
export type RowShape = {
  readonly table: Table;
  readonly columns: readonly ShapedColumn[];
  readonly checks: readonly Node[];
  readonly parents: readonly ParentKey[];
  readonly bound: LimitsByColumn;
};

function distinctColumns(table: Table): ReadonlySet<string> {
  const keyed = table.constraints
    .filter(({ kind }) => kind === 'primary key' || kind === 'unique' || kind === 'exclusion')
    .flatMap(({ columns }) => columns);
  const indexed = table.indexes
    .filter(({ unique }) => unique)
    .flatMap(({ keys }) =>
      keys.flatMap(({ column, expression }) =>
        column === null
          ? table.columns.filter(({ name }) => mentionsColumn(expression ?? '', name)).map(({ name }) => name)
          : [column],
      ),
    );
  return new Set([...keyed, ...indexed]);
}

/** The conditions of checks that PostgreSQL enforces on new rows, `NOT VALID` ones included. */
function checksOf(catalog: Catalog, table: Table): readonly Node[] {
  return table.constraints.flatMap(({ kind, definition }) => {
    const condition =
      kind === 'check' && !/\bNOT ENFORCED$/.test(definition) ? checkCondition(catalog, definition) : null;
    return condition === null ? [] : [condition];
  });
}

/** The shape of a table's rows; the name of a column whose type cannot be made sense of when there is one. */
export function rowShape(
  catalog: Catalog,
  table: Table,
  facts: Facts | null,
  forms: TypeForms,
): RowShape | { readonly unknown: string } {
  const distinct = distinctColumns(table);
  const primary = table.constraints.find(({ kind }) => kind === 'primary key')?.columns ?? [];
  const measured = facts?.tables.find(({ schema, name }) => schema === table.schema && name === table.name);
  const columns: ShapedColumn[] = [];
  for (const column of table.columns) {
    if (column.generated !== null) continue;
    const type = knownType(catalog, column.type, forms);
    if (type === null) return { unknown: column.name };
    const fact = measured?.columns.find(({ name }) => name === column.name);
    columns.push({
      column,
      type,
      isRequired: column.notNull || primary.includes(column.name) || (type.kind === 'domain' && type.domain.notNull),
      isDistinct: distinct.has(column.name),
      nullFraction: fact?.nullFraction ?? null,
      distinct: fact?.distinct ?? null,
    });
  }
  const parents = table.constraints.flatMap(({ kind, columns: childColumns, references, definition }) =>
    kind === 'foreign key' && references !== null && !/\bNOT ENFORCED$/.test(definition)
      ? [{ ...references, childColumns }]
      : [],
  );
  return { table, columns, checks: checksOf(catalog, table), parents, bound: partitionLimits(catalog, table) };
}
