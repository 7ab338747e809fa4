import type { Index } from '../catalog/catalog.ts';
import { byObject } from '../sql/by-object.ts';
import { all, as, nameOf, type WrittenName } from '../sql/nodes.ts';
import type { Script, Statement } from '../sql/parser.ts';
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

/** The names of the indexes and constraints that a statement drops. */
const droppedBy = ({ node }: Statement): readonly string[] => {
  const drop = as(node, 'DropStmt');
  if (drop?.removeType === 'OBJECT_INDEX') return droppedNames(drop.objects).map(({ name }) => name);
  return all(as(node, 'AlterTableStmt')?.cmds, 'AlterTableCmd').flatMap(({ subtype, name }) =>
    subtype === 'AT_DropConstraint' && name !== undefined ? [name] : [],
  );
};

/** By name, the last statement of a script that drops an index or constraint: read once, however many are built. */
const lastDropsIn = byObject(
  10,
  (script: Script): ReadonlyMap<string, number> =>
    new Map(
      script.statements.flatMap((statement) =>
        droppedBy(statement).map((name): [string, number] => [name, statement.index]),
      ),
    ),
);

/** The index that the statement of an up builds; null where it builds none, or one of its name is there already. */
export function builtIndex(context: CheckContext): BuiltIndex | null {
  const statement = as(context.statement.node, 'IndexStmt');
  if (statement === undefined || context.direction === 'down') return null;
  const relation = nameOf(statement.relation);
  const owner = context.database.table(relation) ?? context.database.view(relation);
  if (owner === null || owner.indexes.some(({ name }) => name === statement.idxname)) return null;
  const lastDrops = lastDropsIn(context.script);
  // An index that a later statement drops is replaced by the one that is built here.
  const stays = (name: string) => (lastDrops.get(name) ?? -1) <= context.statement.index;
  const others = owner.indexes.filter(({ name, valid }) => valid && stays(name));
  return { relation, shape: shapeOfStatement(statement), others };
}
