import type { Node } from '@pgsql/types';
import { all, as, findNodes, nameOf, type WrittenName } from '../sql/nodes.ts';
import type { Statement } from '../sql/parser.ts';
import { formatType, typeRef } from '../sql/type-name.ts';
import { replaceRange } from './fixes.ts';
import { writtenForeignKeys } from './foreign-keys.ts';
import type { CheckContext, Fix } from './rule.ts';
import type { WrittenColumn } from './written-columns.ts';

/** True when the column merges with one of another table, whose type it has to have. */
const isShared = (context: CheckContext, { table, name }: WrittenColumn): boolean => {
  const { database, statement } = context;
  const parents = all(as(statement.node, 'CreateStmt')?.inhRelations, 'RangeVar');
  const known = database.table(table);
  const relatives = [
    ...parents.map((parent) => database.table(nameOf(parent))),
    ...(known === null ? [] : database.descendantsOf(known)),
  ];
  return relatives.some((relative) => database.column(relative, name) !== null);
};

const joins = ({ node }: Statement, table: WrittenName): boolean => {
  const alter = as(node, 'AlterTableStmt');
  return all(alter?.cmds, 'AlterTableCmd').some(
    ({ subtype, def }) =>
      (subtype === 'AT_AddInherit' && alter?.relation?.relname === table.name) ||
      (subtype === 'AT_AttachPartition' && as(def, 'PartitionCmd')?.name?.relname === table.name),
  );
};

const refersTo = (node: Node, table: WrittenName): boolean =>
  ('CreateStmt' in node || 'AlterTableStmt' in node) &&
  findNodes(node, 'Constraint').some(({ pktable }) => pktable?.relname === table.name);

/** True when the statement relies on the type that a column of the table is written with. */
const reliesOnType = (statement: Statement, table: WrittenName): boolean =>
  joins(statement, table) ||
  refersTo(statement.node, table) ||
  ('CreateFunctionStmt' in statement.node && statement.text.toLowerCase().includes(table.name.toLowerCase()));

/**
 * Writes a column with another type; null where the column has its type already, shares it with another table's, or is
 * compared with another column by a foreign key: then more than one place would have to change.
 */
export const typeFix = (context: CheckContext, column: WrittenColumn, wanted: string): Fix | null => {
  const { table, name, definition, typeRange } = column;
  const { database, script, statement } = context;
  const known = database.column(database.table(table), name);
  const stays = known !== null && known.type === formatType(typeRef(definition.typeName));
  const isKey = writtenForeignKeys(context).some(({ columns }) => columns.includes(name));
  const isReliedOn = script.statements.slice(statement.index).some((later) => reliesOnType(later, table));
  if (stays || isKey || isReliedOn || isShared(context, column)) return null;
  return { title: `Make it ${wanted}`, edits: [replaceRange(typeRange, wanted)] };
};
