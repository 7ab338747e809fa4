import type { Constraint } from '@pgsql/types';
import { byObject } from '../sql/by-object.ts';
import { all, as, findNodes, nameOf, strings, type WrittenName } from '../sql/nodes.ts';
import { chooseName } from '../sql/simulate/object-names.ts';
import type { CatalogView } from './catalog-view.ts';
import type { CheckContext } from './rule.ts';

/** The ending of the names that PostgreSQL gives to constraints of a kind. */
export const nameEndings: Readonly<Record<string, string>> = {
  CONSTR_PRIMARY: 'pkey',
  CONSTR_UNIQUE: 'key',
  CONSTR_FOREIGN: 'fkey',
  CONSTR_CHECK: 'check',
  CONSTR_EXCLUSION: 'excl',
};

/** A name that no constraint and no relation of the table's schema has, made as PostgreSQL makes its own. */
export const freeName = (
  database: CatalogView,
  table: WrittenName,
  columns: readonly string[],
  ending: string,
  given: ReadonlySet<string> = new Set(),
): string => {
  const { schema } = database.resolve(table);
  const ofSchema = database.catalog.tables.filter((one) => one.schema === schema);
  return chooseName(
    table.name,
    columns,
    ending,
    (name) =>
      given.has(name) ||
      ofSchema.some(({ constraints }) => constraints.some((constraint) => constraint.name === name)) ||
      database.lookup.relationKind({ schema, name }) !== undefined,
  );
};

/** The columns that PostgreSQL puts into the name of a constraint: of a check the only one that it reads. */
const columnsInName = (constraint: Constraint, column: string | null): readonly string[] => {
  if (constraint.contype === 'CONSTR_PRIMARY') return [];
  if (column !== null) return [column];
  if (constraint.contype !== 'CONSTR_CHECK') return [...strings(constraint.fk_attrs), ...strings(constraint.keys)];
  const read = findNodes(constraint.raw_expr, 'ColumnRef').map(({ fields }) => strings(fields).at(-1) ?? '');
  return new Set(read).size === 1 ? read.slice(0, 1) : [];
};

/**
 * The names that PostgreSQL chooses for the constraints of a `CREATE TABLE` or `ALTER TABLE` that are written without
 * one: free in the schema, and different from each other.
 */
export const chosenNames = byObject(10, (context: CheckContext): ReadonlyMap<Constraint, string> => {
  const create = as(context.statement.node, 'CreateStmt');
  const altered = context.alter();
  const table = altered?.written ?? nameOf(create?.relation);
  const elements =
    create?.tableElts ?? altered?.actions.flatMap(({ cmd }) => (cmd.def === undefined ? [] : [cmd.def])) ?? [];
  const names = new Map<Constraint, string>();
  const given = new Set<string>();
  for (const element of elements) {
    const column = as(element, 'ColumnDef');
    const own = as(element, 'Constraint');
    for (const constraint of own === undefined ? all(column?.constraints, 'Constraint') : [own]) {
      const ending = nameEndings[constraint.contype ?? ''];
      if (ending === undefined || constraint.indexname !== undefined) continue;
      const columns = columnsInName(constraint, column?.colname ?? null);
      const name = constraint.conname ?? freeName(context.database, table, columns, ending, given);
      given.add(name);
      if (constraint.conname === undefined) names.set(constraint, name);
    }
  }
  return names;
});
