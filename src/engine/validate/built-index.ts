import type { Index } from '../catalog/catalog.ts';
import { all, as, nameOf, type WrittenName } from '../sql/nodes.ts';
import { droppedNames } from './node-questions.ts';
import type { CheckContext } from './rule.ts';
import { type IndexShape, shapeOfStatement } from './same-index.ts';

/** An index that an up builds on a relation that is known. */
export type BuiltIndex = {
  /** The relation, as it is written. */
  readonly relation: WrittenName;
  readonly shape: IndexShape;
  /** The valid indexes that the relation has beside it when the migration is through. */
  readonly others: readonly Index[];
};

/** True when a later statement drops the index, which makes the one that is built here its replacement. */
const isReplaced = (context: CheckContext, name: string): boolean =>
  context.script.statements.slice(context.statement.index + 1).some(({ node }) => {
    const drop = as(node, 'DropStmt');
    if (drop?.removeType === 'OBJECT_INDEX') return droppedNames(drop.objects).some((each) => each.name === name);
    return all(as(node, 'AlterTableStmt')?.cmds, 'AlterTableCmd').some(
      (cmd) => cmd.subtype === 'AT_DropConstraint' && cmd.name === name,
    );
  });

/** The index that the statement of an up builds; null where it builds none, or one of its name is there already. */
export function builtIndex(context: CheckContext): BuiltIndex | null {
  const statement = as(context.statement.node, 'IndexStmt');
  if (statement === undefined || context.direction === 'down') return null;
  const relation = nameOf(statement.relation);
  const owner = context.database.table(relation) ?? context.database.view(relation);
  if (owner === null || owner.indexes.some(({ name }) => name === statement.idxname)) return null;
  const others = owner.indexes.filter(({ name, valid }) => valid && !isReplaced(context, name));
  return { relation, shape: shapeOfStatement(statement), others };
}
