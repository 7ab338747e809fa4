import type { Table, View } from '../../../../../engine/catalog/catalog.ts';
import { countOf } from '../quantities.ts';

/** How much of a table its card tells. */
export type DetailLevel = 'names' | 'keys' | 'all';

/** What a migration does to something, or how it differs from another catalog, with the word that stands beside its sign, and all of it for who asks. */
export type ChangeMark = {
  readonly change: 'added' | 'removed' | 'changed';
  readonly word: string;
  readonly title: string;
};

/** One line of a card. */
export type CardRow = {
  readonly column: string;
  readonly type: string;
  readonly primaryKey: boolean;
  readonly foreignKey: boolean;
  readonly nullable: boolean;
  /** Only in the picture of a migration, and while catalogs are compared. */
  readonly mark?: ChangeMark;
};

/** A card as it will be drawn: what it says and its size in pixels, known before the browser has measured anything. */
export type TableCard = {
  readonly schema: string;
  readonly name: string;
  readonly kind: Table['kind'] | 'view' | 'materialized view';
  /** What the header shows at its right, or null when nobody has counted. */
  readonly rowCount: number | null;
  readonly rows: readonly CardRow[];
  readonly moreColumns: number;
  /** What stands below the columns of a partitioned table; null for others. */
  readonly partitions: string | null;
  readonly width: number;
  readonly height: number;
  /** Only in the picture of a migration, and while catalogs are compared. */
  readonly mark?: ChangeMark;
};

/** Pixels, as in the style sheet of the card. */
export const cardMetrics = { header: 30, row: 22, border: 1, minWidth: 204, maxWidth: 320, chip: 26 } as const;

const rowsInAll = 8;
const nameCharacter = 7.1;
const typeCharacter = 6.7;

const abbreviations: readonly (readonly [RegExp, string])[] = [
  [/^timestamp(\(\d\))? with time zone$/, 'timestamptz$1'],
  [/^timestamp(\(\d\))? without time zone$/, 'timestamp$1'],
  [/^time(\(\d\))? with time zone$/, 'timetz$1'],
  [/^time(\(\d\))? without time zone$/, 'time$1'],
  [/^character varying/, 'varchar'],
  [/^character/, 'char'],
  [/^double precision/, 'float8'],
];

/** A type as people write it: `timestamptz` for `timestamp with time zone`; types of `schema` go by their own name. */
export function shortType(type: string, schema?: string): string {
  if (schema !== undefined && type.startsWith(`${schema}.`)) return type.slice(schema.length + 1);
  for (const [pattern, replacement] of abbreviations) {
    if (pattern.test(type)) return type.replace(pattern, replacement);
  }
  return type;
}

/** How a relation and its columns differ from another catalog. */
export type CardMarks = { readonly mark: ChangeMark; readonly columns: ReadonlyMap<string, ChangeMark> };

const withMark = (mark: ChangeMark | undefined): { readonly mark?: ChangeMark } => (mark === undefined ? {} : { mark });

function rowsOfTable(table: Table): readonly CardRow[] {
  const primary = new Set(table.constraints.find((constraint) => constraint.kind === 'primary key')?.columns ?? []);
  const foreign = new Set(
    table.constraints
      .filter((constraint) => constraint.kind === 'foreign key')
      .flatMap((constraint) => constraint.columns),
  );
  const rows = table.columns.map((column) => ({
    column: column.name,
    type: shortType(column.type, table.schema),
    primaryKey: primary.has(column.name),
    foreignKey: foreign.has(column.name),
    nullable: !column.notNull,
  }));
  const rank = (row: CardRow): number => (row.primaryKey ? 0 : row.foreignKey ? 1 : 2);
  return rows.toSorted((a, b) => rank(a) - rank(b));
}

const rowsOfView = (view: View): readonly CardRow[] =>
  view.columns.map(({ name, type }) => ({
    column: name,
    type: shortType(type, view.schema),
    primaryKey: false,
    foreignKey: false,
    nullable: true,
  }));

const kindOf = (relation: Table | View): TableCard['kind'] =>
  'kind' in relation ? relation.kind : relation.materialized ? 'materialized view' : 'view';

const partitionsText = (relation: Table | View, count: number): string | null =>
  'kind' in relation && relation.partitionKey !== null
    ? `${countOf(count, 'partition')} by ${relation.partitionKey}`
    : null;

/** The width that a card of this name and these rows takes. */
export function cardWidth(relation: Pick<TableCard, 'schema' | 'name'>, rows: readonly CardRow[]): number {
  const header = 84 + (relation.schema.length + relation.name.length + 1) * nameCharacter;
  const widest = Math.max(
    header,
    ...rows.map((row) => 60 + row.column.length * nameCharacter + (row.mark?.word ?? row.type).length * typeCharacter),
  );
  return Math.round(Math.min(cardMetrics.maxWidth, Math.max(cardMetrics.minWidth, widest)));
}

/** Lays out the card of a table or view: keys first, then the other columns in their order, the rest counted. */
export function tableCard(
  relation: Table | View,
  level: DetailLevel,
  {
    rowCount,
    partitions,
    marks,
  }: { readonly rowCount: number | null; readonly partitions: number; readonly marks?: CardMarks | undefined },
): TableCard {
  const all = 'kind' in relation ? rowsOfTable(relation) : rowsOfView(relation);
  const keys = all.filter((row) => row.primaryKey || row.foreignKey);
  const rows = level === 'names' ? [] : level === 'keys' ? keys : all.slice(0, Math.max(rowsInAll, keys.length));
  const moreColumns = level === 'names' ? 0 : all.length - rows.length;
  const below = partitionsText(relation, partitions);
  const lines = rows.length + (moreColumns > 0 ? 1 : 0) + (below === null ? 0 : 1);
  return {
    schema: relation.schema,
    name: relation.name,
    kind: kindOf(relation),
    rowCount,
    // A mark changes no size: what is marked stays where it is.
    rows: rows.map((row) => ({ ...row, ...withMark(marks?.columns.get(row.column)) })),
    moreColumns,
    partitions: below,
    width: cardWidth(relation, rows),
    height: cardMetrics.header + lines * cardMetrics.row + 2 * cardMetrics.border,
    ...withMark(marks?.mark),
  };
}

/** Where a line meets the card: the middle of the column's row, counted from the top of the card, or of its header. */
export function rowOffset(card: TableCard, column: string | undefined): number {
  const { header, row, border } = cardMetrics;
  const index = card.rows.findIndex((candidate) => candidate.column === column);
  if (index >= 0) return border + header + index * row + row / 2;
  if (card.moreColumns > 0 && column !== undefined) return border + header + card.rows.length * row + row / 2;
  return border + header / 2;
}
