import type { Column, Table } from '../catalog/catalog.ts';
import { all, as, nameOf, strings } from '../sql/nodes.ts';
import type { Statement } from '../sql/parser.ts';
import { qualifiedName } from '../sql/qualified-name.ts';
import type { CheckContext } from '../validate/rule.ts';
import { primaryKeyOf } from './drop-column.ts';
import type { Offer } from './recipe.ts';
import { type ColumnPlace, splitTableRecipe } from './split-table.ts';

/** The columns that a statement copies as they are from all rows of a table, and where to; null for any other statement. */
function copyOf(context: CheckContext, statement: Statement, table: Table) {
  const insert = as(statement.node, 'InsertStmt');
  const select = as(insert?.selectStmt, 'SelectStmt');
  const [from, ...more] = all(select?.fromClause, 'RangeVar');
  const target = insert === undefined ? null : context.database.table(nameOf(insert.relation));
  if (insert === undefined || select === undefined || from === undefined || more.length > 0 || target === null)
    return null;
  if (context.database.table(nameOf(from)) !== table || select.fromClause?.length !== 1) return null;
  const { whereClause, distinctClause, groupClause, limitCount, withClause } = select;
  if ([whereClause, distinctClause, groupClause, limitCount, withClause, insert.onConflictClause].some(Boolean))
    return null;
  const written = all(insert.cols, 'ResTarget').map(({ name = '' }) => name);
  const places = written.length > 0 ? written : target.columns.map(({ name }) => name);
  const copied = (select.targetList ?? []).map((each, index): ColumnPlace | null => {
    const column = strings(as(as(each, 'ResTarget')?.val, 'ColumnRef')?.fields).at(-1);
    const place = places[index];
    return column === undefined || place === undefined ? null : { from: column, to: place };
  });
  const known = copied.filter((each) => each !== null);
  return known.length === copied.length ? { target, columns: known } : null;
}

/** The columns of a table that the statements of a file drop, in their order. */
const droppedFrom = (context: CheckContext, table: Table): readonly string[] =>
  context.script.statements.flatMap((statement) => {
    const altered = context.alter(statement);
    return altered?.name.schema === table.schema && altered.name.name === table.name
      ? altered.actions.flatMap(({ cmd }) => (cmd.subtype === 'AT_DropColumn' ? [cmd.name ?? ''] : []))
      : [];
  });

/** The texts of the statements that make a table and its indexes. */
const makersOf = (context: CheckContext, table: Table): readonly string[] =>
  context.script.statements.flatMap(({ node, text }) => {
    const relation =
      as(node, 'CreateStmt')?.relation ?? as(node, 'IndexStmt')?.relation ?? as(node, 'AlterTableStmt')?.relation;
    const name = relation === undefined ? null : context.database.table(nameOf(relation));
    return name?.schema === table.schema && name.name === table.name ? [text] : [];
  });

/**
 * The recipe for a column that is dropped after the same file copied it into a table that it makes: the columns move there.
 * With the first of several go all of them, and the others have none of their own. Undefined where it is no such column.
 */
export function splitOffer(context: CheckContext, table: Table, column: Column): Offer | null | undefined {
  if (context.settings.searchPath !== null) return undefined;
  const dropped = droppedFrom(context, table);
  for (const statement of context.script.statements.slice(0, context.script.statements.indexOf(context.statement))) {
    const copy = copyOf(context, statement, table);
    const key = primaryKeyOf(table).map((part) => copy?.columns.find(({ from }) => from === part));
    const isMade = copy !== null && context.isNew(qualifiedName(copy.target));
    if (copy === null || !isMade || key.includes(undefined)) continue;
    const moved = copy.columns.filter(({ from }) => dropped.includes(from) && !primaryKeyOf(table).includes(from));
    if (!moved.some(({ from }) => from === column.name)) continue;
    const first = dropped.find((name) => moved.some(({ from }) => from === name));
    if (first !== column.name) return null;
    return splitTableRecipe({
      catalog: context.database.catalog,
      table,
      target: copy.target,
      creates: makersOf(context, copy.target),
      key: key.filter((each) => each !== undefined),
      moved,
    });
  }
  return undefined;
}
