import type { Catalog, Constraint, Table } from '../../catalog/catalog.ts';
import { catalogLookup } from '../../sql/catalog-lookup.ts';
import { simulate } from '../../sql/simulate.ts';
import type { StatementDetail } from '../../sql/statement-report.ts';

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

/**
 * The catalog as rows should fit it: with the foreign keys and checks that the statements add to its tables. That rows
 * may break them is tried one condition at a time, so the rest of the migration still meets rows.
 */
export function anticipatedCatalog(catalog: Catalog, details: readonly StatementDetail[]): Catalog {
  const last = details.filter(({ direction }) => direction === 'up').at(-1);
  const end = last === undefined ? [] : [simulate(last.before, last.statement).catalog];
  const later = [...new Set([...details.map(({ before }) => before), ...end])];
  const lookup = catalogLookup(catalog);
  const isKnown = ({ references }: Constraint): boolean =>
    references === null || lookup.table(references.table) !== undefined;
  const tables = catalog.tables.map((table) => {
    const more = later.every((one) => catalogLookup(one).table(table) === table)
      ? []
      : constraintsToCome(table, later).filter(isKnown);
    return more.length === 0 ? table : { ...table, constraints: [...table.constraints, ...more] };
  });
  return { ...catalog, tables };
}
