import type { ObjectName } from '../catalog/catalog.ts';
import { as, nameOf, type WrittenName } from '../sql/nodes.ts';
import type { Statement } from '../sql/parser.ts';
import { quoteIdentifier } from '../sql/quote-identifier.ts';
import { keyOf } from '../sql/table-index.ts';
import { droppedNames } from './node-questions.ts';
import type { CheckContext } from './rule.ts';
import type { SourceRange } from './statement-source.ts';
import { shown } from './wording.ts';

/** A name that stops to mean what it meant: of a relation, or of one of its columns. */
export type RemovedName = {
  readonly relation: ObjectName;
  readonly column: string | null;
  readonly words: string;
  readonly range: SourceRange;
};

const relations = new Set(['OBJECT_TABLE', 'OBJECT_VIEW', 'OBJECT_MATVIEW', 'OBJECT_FOREIGN_TABLE']);

/** The name of the relation that a statement makes, when it makes one. */
const madeBy = ({ node }: Statement): WrittenName | null => {
  const made =
    as(node, 'ViewStmt')?.view ?? as(node, 'CreateTableAsStmt')?.into?.rel ?? as(node, 'CreateStmt')?.relation;
  return made === undefined ? null : nameOf(made);
};

const removedBy = (context: CheckContext): readonly RemovedName[] => {
  const { node } = context.statement;
  const { range } = context.source;
  const removed = (written: WrittenName, column: string | null, at: SourceRange = range): RemovedName => ({
    relation: context.database.resolve(written),
    column,
    words: column === null ? shown(written) : `${quoteIdentifier(column)} of ${shown(written)}`,
    range: at,
  });
  const drop = as(node, 'DropStmt');
  if (drop !== undefined && relations.has(drop.removeType ?? ''))
    return droppedNames(drop.objects).map((written) => removed(written, null));
  const rename = as(node, 'RenameStmt');
  if (rename?.renameType === 'OBJECT_COLUMN' && relations.has(rename.relationType ?? ''))
    return [removed(nameOf(rename.relation), rename.subname ?? '')];
  if (rename !== undefined && relations.has(rename.renameType ?? '')) return [removed(nameOf(rename.relation), null)];
  const move = as(node, 'AlterObjectSchemaStmt');
  if (move !== undefined && relations.has(move.objectType ?? '')) return [removed(nameOf(move.relation), null)];
  const altered = context.alter();
  return (altered?.actions ?? []).flatMap(({ cmd, range: at }) =>
    altered !== null && cmd.subtype === 'AT_DropColumn' ? [removed(altered.written, cmd.name ?? '', at)] : [],
  );
};

/**
 * The names of relations and columns that a statement takes away from code that runs: by dropping, renaming or moving
 * them. Left out is what this migration made itself, and a relation that gets a successor of the same name later in the
 * file, such as a view.
 */
export const removedNames = (context: CheckContext): readonly RemovedName[] =>
  removedBy(context).filter(({ relation, column }) => {
    const isMade = (created: CheckContext['created']): boolean =>
      created.has('table', relation) ||
      created.has('view', relation) ||
      (column !== null && created.has('column', relation, column));
    if (isMade(context.created) || isMade(context.createdByUp)) return false;
    if (column !== null) return true;
    return !context.script.statements.slice(context.statement.index + 1).some((statement) => {
      const made = madeBy(statement);
      return made !== null && keyOf({ schema: made.schema ?? relation.schema, name: made.name }) === keyOf(relation);
    });
  });
