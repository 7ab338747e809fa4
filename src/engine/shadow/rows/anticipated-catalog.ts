import type { Catalog, Constraint, Table } from '../../catalog/catalog.ts';
import { catalogLookup, sameName } from '../../sql/catalog-lookup.ts';
import { as, nameOf } from '../../sql/nodes.ts';
import { simulate } from '../../sql/simulate.ts';
import type { StatementDetail } from '../../sql/statement-report.ts';
import { parseType } from '../../sql/type-name.ts';
import { rootOf } from './touched-tables.ts';

const ANTICIPATED: ReadonlySet<Constraint['kind']> = new Set(['foreign key', 'check']);

/** The constraints that a table gets on the way, of columns that it has from the start. */
function constraintsToCome(table: Table, later: readonly Catalog[]): readonly Constraint[] {
  const names = new Set(table.constraints.map(({ name }) => name));
  const found: Constraint[] = [];
  for (const catalog of later) {
    for (const constraint of catalogLookup(catalog).table(table)?.constraints ?? []) {
      if (!ANTICIPATED.has(constraint.kind) || names.has(constraint.name)) continue;
      names.add(constraint.name);
      const isHere = constraint.columns.every((name) => table.columns.some((column) => column.name === name));
      if (isHere) found.push(constraint);
    }
  }
  return found;
}

/** Foreign keys of tables into which rows of this one are copied, of columns that both have under one name. */
function keysOfTargets(table: Table, details: readonly StatementDetail[]): readonly Constraint[] {
  return details.flatMap(({ statement, before, report }) => {
    const insert = as(statement.node, 'InsertStmt');
    const isSource = report.objects.some((name) => sameName(name, table) || sameName(name, rootOf(before, table)));
    if (as(insert?.selectStmt, 'SelectStmt')?.fromClause === undefined || !isSource) return [];
    const lookup = catalogLookup(before);
    const written = nameOf(insert?.relation);
    const target = report.objects.find(
      ({ schema, name }) => name === written.name && (written.schema ?? schema) === schema,
    );
    if (target === undefined || sameName(target, table)) return [];
    const typeIn = (one: Table | undefined, name: string): string | undefined =>
      one?.columns.find((column) => column.name === name)?.type;
    const into = lookup.table(target);
    return (into?.constraints ?? []).filter(
      ({ kind, columns }) =>
        kind === 'foreign key' && columns.every((name) => typeIn(table, name) === typeIn(into, name)),
    );
  });
}

const TEXTS: ReadonlySet<string> = new Set(['text', 'varchar', 'bpchar']);
const WHOLE_NUMBERS = ['int2', 'int4', 'int8'];

/** Whether every value of a type fits another one, which is of the same kind and holds less. */
function isNarrower(type: string, than: string): boolean {
  const [one, other] = [parseType(type), parseType(than)];
  if (one === null || other === null || one.array !== other.array) return false;
  const [size = Number.POSITIVE_INFINITY, otherSize = Number.POSITIVE_INFINITY] = [
    one.modifiers[0],
    other.modifiers[0],
  ];
  if (TEXTS.has(one.name) && TEXTS.has(other.name)) return size < otherSize;
  if (one.name === 'numeric' && other.name === 'numeric') return size < otherSize;
  const place = WHOLE_NUMBERS.indexOf(one.name);
  return place >= 0 && place < WHOLE_NUMBERS.indexOf(other.name);
}

/** The narrowest of the types of the same kind that a column has on the way. */
const narrowestType = (table: Table, { name, type }: Table['columns'][number], later: readonly Catalog[]): string =>
  later
    .flatMap(
      (one) =>
        catalogLookup(one)
          .table(table)
          ?.columns.find((column) => column.name === name)?.type ?? [],
    )
    .reduce((narrowest, next) => (isNarrower(next, narrowest) ? next : narrowest), type);

/**
 * The catalog as rows should fit it: with the foreign keys and checks that the statements add to its tables, those of
 * tables that rows are copied into and, with `narrow`, with values that fit the narrower types that columns get. That rows may break them is tried one condition at
 * a time, so the rest of the migration still meets rows.
 */
export function anticipatedCatalog(
  catalog: Catalog,
  details: readonly StatementDetail[],
  { narrow }: { readonly narrow: boolean },
): Catalog {
  const last = details.filter(({ direction }) => direction === 'up').at(-1);
  const end = last === undefined ? [] : [simulate(last.before, last.statement).catalog];
  const later = [...new Set([...details.map(({ before }) => before), ...end])];
  const lookup = catalogLookup(catalog);
  const isKnown = ({ references }: Constraint): boolean =>
    references === null || lookup.table(references.table) !== undefined;
  const tables = catalog.tables.map((table) => {
    const isLeft = later.every((one) => catalogLookup(one).table(table) === table);
    const names = new Set(table.constraints.map(({ name }) => name));
    const copied = keysOfTargets(table, details).filter(({ name }) => !names.has(name));
    if (isLeft && copied.length === 0) return table;
    const more = [...constraintsToCome(table, later), ...copied].filter(isKnown);
    const columns = narrow
      ? table.columns.map((column) => ({ ...column, type: narrowestType(table, column, later) }))
      : table.columns;
    return { ...table, columns, constraints: [...table.constraints, ...more] };
  });
  return { ...catalog, tables };
}
