import { err } from '../../shared/result.ts';
import type { ObjectName, Table } from '../catalog/catalog.ts';
import { all, as, nameOf, strings } from '../sql/nodes.ts';
import type { Statement } from '../sql/parser.ts';
import { qualifiedName } from '../sql/qualified-name.ts';
import type { CheckContext } from '../validate/rule.ts';
import { partitionTableRecipe } from './partition-table.ts';
import type { Offer } from './recipe.ts';

const isSame = (a: ObjectName, b: ObjectName): boolean => a.schema === b.schema && a.name === b.name;

/** The partitioned table, made by the same file, that gets the name of a table which gives it up. */
function successorOf(context: CheckContext, table: Table): Table | null {
  for (const { node } of context.script.statements.slice(context.statement.index + 1)) {
    const rename = as(node, 'RenameStmt');
    if (rename?.renameType !== 'OBJECT_TABLE' || rename.newname !== table.name) continue;
    const fresh = context.database.table(nameOf(rename.relation));
    if (fresh?.kind === 'partitioned table' && fresh.schema === table.schema && context.isNew(qualifiedName(fresh)))
      return fresh;
  }
  return null;
}

/** True for what copies all rows of a table into the other one, each column into the one of its name. */
function copiesAll({ node }: Statement, context: CheckContext, table: Table, fresh: Table): boolean {
  const insert = as(node, 'InsertStmt');
  const select = as(insert?.selectStmt, 'SelectStmt');
  const [from] = all(select?.fromClause, 'RangeVar');
  const { database } = context;
  if (insert === undefined || from === undefined || select?.fromClause?.length !== 1) return false;
  if (!isSame(database.resolve(nameOf(insert.relation)), fresh) || !isSame(database.resolve(nameOf(from)), table))
    return false;
  if ([select.whereClause, select.distinctClause, select.groupClause, select.limitCount].some(Boolean)) return false;
  const read = (select.targetList ?? []).map((target) => {
    const fields = as(as(target, 'ResTarget')?.val, 'ColumnRef')?.fields;
    return as(fields?.at(-1), 'A_Star') === undefined
      ? [strings(fields).at(-1)]
      : table.columns.map(({ name }) => name);
  });
  const written = all(insert.cols, 'ResTarget').map(({ name }) => name);
  const places = written.length > 0 ? written : fresh.columns.map(({ name }) => name);
  return read.flat().every((column, index) => column !== undefined && column === places[index]);
}

/** The relation that a statement makes or changes, for those that a partitioned table is made of. */
const madeBy = ({ node }: Statement) =>
  as(node, 'CreateStmt')?.relation ?? as(node, 'IndexStmt')?.relation ?? as(node, 'AlterTableStmt')?.relation;

const isPassing = ({ node }: Statement): boolean => 'TransactionStmt' in node || 'VariableSetStmt' in node;

/**
 * The recipe for a table that gives its name to a partitioned one which the same file makes and copies its rows into.
 * Undefined where the file does something else.
 */
export function partitionOffer(context: CheckContext, table: Table, parked: string): Offer | undefined {
  const fresh = successorOf(context, table);
  if (fresh === null) return undefined;
  if (context.settings.searchPath !== null)
    return err('the file sets a search path, under which its names mean something else than in a file of their own');
  const { statements } = context.script;
  if (!statements.some((statement) => copiesAll(statement, context, table, fresh)))
    return err(
      `nothing in the file copies all rows of ${table.schema}.${table.name} into ${fresh.schema}.${fresh.name}, each column into the one of its name`,
    );
  const isNew = (statement: Statement): boolean => {
    const relation = madeBy(statement);
    return relation !== undefined && context.isNew(qualifiedName(context.database.resolve(nameOf(relation))));
  };
  const made = statements.filter(isNew);
  const other = statements.find(
    (statement) =>
      !made.includes(statement) &&
      !isPassing(statement) &&
      !copiesAll(statement, context, table, fresh) &&
      !('RenameStmt' in statement.node) &&
      !('DropStmt' in statement.node),
  );
  if (other !== undefined)
    return err(`the file does more than that in line ${other.line}: put it into a migration of its own`);
  return partitionTableRecipe({
    catalog: context.database.catalog,
    table,
    fresh,
    creates: made.map(({ text }) => text),
    parked,
  });
}
