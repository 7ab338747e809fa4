import type { ChangePicture } from '../../../../../engine/catalog/change-picture.ts';
import { qualifiedName } from '../../../../../engine/sql/qualified-name.ts';
import type { Diagram, DiagramEdge } from '../../schema/diagram/build-diagram.ts';
import {
  type CardRow,
  type ChangeMark,
  cardMetrics,
  cardWidth,
  rowOffset,
  shortType,
  type TableCard,
} from '../../schema/diagram/table-card.ts';

type Relation = ChangePicture['relations'][number];
type Change = Relation['change'];

/** A touched table shows this many rows, and all of its changed ones; a neighbour only its name. */
const usualRows = 8;

function markOf(change: Change, words: readonly string[], ...about: readonly string[]): ChangeMark | null {
  if (change === 'kept') return null;
  const title = [`${about.join(' ')}: ${change}`, ...words].join('\n');
  const [first] = words;
  if (change !== 'changed' || first === undefined) return { change, word: change, title };
  const rename = first.startsWith('renamed');
  const word = rename ? first : words.length > 1 ? 'changed' : `${first.split(':')[0]} changed`;
  return { change, word, title };
}

const withMark = (mark: ChangeMark | null): { readonly mark?: ChangeMark } => (mark === null ? {} : { mark });

function rowsOf(relation: Relation): readonly CardRow[] {
  const columns = relation.columns.map(
    (column): CardRow => ({
      column: column.name,
      type: shortType(column.type, relation.schema),
      primaryKey: column.primaryKey,
      foreignKey: column.foreignKey,
      nullable: true,
      ...withMark(markOf(column.change, column.words, column.name, column.type)),
    }),
  );
  const parts = relation.parts.map(
    (part): CardRow => ({
      column: `${part.kind} ${part.name}`,
      type: '',
      primaryKey: false,
      foreignKey: false,
      nullable: true,
      ...withMark(markOf(part.change, part.words, part.kind, part.name)),
    }),
  );
  const wanted = (row: CardRow): boolean => row.primaryKey || row.foreignKey || row.mark !== undefined;
  const spare = Math.max(0, usualRows - columns.filter(wanted).length);
  if (relation.change === 'kept') return [];
  const others = new Set(columns.filter((row) => !wanted(row)).slice(0, spare));
  return [...columns.filter((row) => wanted(row) || others.has(row)), ...parts];
}

function cardOf(relation: Relation): TableCard {
  const rows = rowsOf(relation);
  const { schema, name, kind, parts, columns } = relation;
  const moreColumns = relation.change === 'kept' ? 0 : columns.length - (rows.length - parts.length);
  const lines = rows.length + (moreColumns > 0 ? 1 : 0);
  return {
    schema,
    name,
    kind,
    rowCount: null,
    rows,
    moreColumns,
    partitions: null,
    width: Math.min(cardMetrics.maxWidth, cardWidth(relation, rows) + 40),
    height: cardMetrics.header + lines * cardMetrics.row + 2 * cardMetrics.border,
    ...withMark(markOf(relation.change, relation.words, relation.kind, name)),
  };
}

/** The diagram of a migration: what it touches with a mark on everything that comes, goes or changes, and neighbours. */
export function changeDiagram({ relations, lines }: ChangePicture): Diagram {
  const cards = new Map(relations.map((relation) => [qualifiedName(relation), cardOf(relation)]));
  const edges = lines.flatMap(({ change, ...line }): readonly DiagramEdge[] => {
    const [child, parent] = [cards.get(line.child), cards.get(line.parent)];
    if (!child || !parent) return [];
    const columns = line.kind === 'foreign key' ? [line.childColumns[0], line.parentColumns[0]] : [];
    return [
      {
        ...line,
        childOffset: rowOffset(child, columns[0]),
        parentOffset: rowOffset(parent, columns[1]),
        ...(change === 'kept' ? {} : { change }),
      },
    ];
  });
  return { cards, edges, chips: [] };
}
