import * as z from 'zod';
import type { Constraint, referentialActionSchema } from '../../../catalog/catalog.ts';
import { expressionKey } from '../alike-definitions.ts';
import type { ColumnarQuery, ColumnarRow } from '../columnar-query.ts';
import type { Comments } from './comments.ts';
import text from './constraints.sql?raw';
import special15 from './special-constraints-15.sql?raw';
import special18 from './special-constraints-18.sql?raw';
import type { Vocabulary } from './vocabulary.ts';

const narrowRow = z.object({
  oid: z.number(),
  /** 0 for the constraint of a domain. */
  relation: z.number(),
  /** 0 for the constraint of a table. */
  domain: z.number(),
  name: z.string(),
  kind: z.enum(['p', 'u', 'c', 'x', 'f', 'n']),
  columns: z.array(z.number()).nullable(),
  index: z.number(),
  validated: z.boolean(),
  deferrable: z.boolean(),
  initiallyDeferred: z.boolean(),
  noInherit: z.boolean(),
  local: z.boolean(),
  attached: z.boolean(),
  referenced: z.number(),
  referencedNumbers: z.array(z.number()).nullable(),
  referencedSchema: z.string().nullable(),
  referencedTable: z.string().nullable(),
  /** Only where the referenced table may be outside of what is read. */
  referencedColumns: z.array(z.string()).nullable(),
  onUpdate: z.string(),
  onDelete: z.string(),
  match: z.string(),
  /** How the server keeps the expression of a check. */
  tree: z.string().nullable(),
});

/** Constraints of tables and domains. A plain `NOT NULL` that 18 names by itself is left to the column's flag. */
export const constraintsQuery: ColumnarQuery<typeof narrowRow.shape> = {
  reads: 'constraints',
  text: () => text,
  row: narrowRow,
};
type NarrowConstraint = ColumnarRow<typeof constraintsQuery>;

const specialRow = z.object({ oid: z.number() });

/**
 * Keys and foreign keys that say more than their columns, and checks that say more than their expression; null where the
 * server knows none: columns to set came with 15.
 */
export const specialConstraintsQuery = (serverVersion: number): ColumnarQuery<typeof specialRow.shape> | null =>
  serverVersion < 150000
    ? null
    : { reads: 'constraints', text: () => (serverVersion >= 180000 ? special18 : special15), row: specialRow };

/** A constraint with the numbers that the server knows it by. */
export type ConstraintRow = Constraint & {
  readonly oid: number;
  readonly relation: number;
  readonly domain: number;
  /** True when it belongs to a constraint of the partitioned parent. */
  readonly attached: boolean;
};

/** Names of a table's columns by their numbers; null when one is not known. */
export type ColumnNames = (relation: number, numbers: readonly number[]) => readonly string[] | null;

/** What a key knows of the index that backs it. */
export type BackingIndex = { readonly include: readonly string[]; readonly nullsNotDistinct: boolean };

const kinds = {
  p: 'primary key',
  u: 'unique',
  c: 'check',
  x: 'exclusion',
  f: 'foreign key',
  n: 'not null',
} as const satisfies Record<NarrowConstraint['kind'], Constraint['kind']>;

type Action = z.infer<typeof referentialActionSchema>;
const actions: Readonly<Record<string, Action>> = { r: 'restrict', c: 'cascade', n: 'set null', d: 'set default' };
const matches: Readonly<Record<string, 'full' | 'partial'>> = { f: 'full', p: 'partial' };

/** The constraint with its names; the definition is `defined` where the server said it, else written as it would. */
export function constraintRowOf(
  row: NarrowConstraint,
  parts: {
    readonly columnNames: ColumnNames;
    readonly backing: (index: number) => BackingIndex | undefined;
    readonly defined: string | undefined;
    readonly vocabulary: Vocabulary;
    readonly comments: Comments;
  },
): ConstraintRow {
  const references = referencesOf(row, parts.columnNames);
  const constraint = {
    name: row.name,
    kind: kinds[row.kind],
    columns: (row.columns && parts.columnNames(row.relation, row.columns)) ?? [],
    definition: parts.defined ?? '',
    validated: row.validated,
    deferrable: row.deferrable,
    initiallyDeferred: row.initiallyDeferred,
    noInherit: row.noInherit,
    local: row.local,
    references,
    comment: parts.comments('pg_constraint', row.oid),
    oid: row.oid,
    relation: row.relation,
    domain: row.domain,
    attached: row.attached,
  };
  if (parts.defined !== undefined) return constraint;
  return { ...constraint, definition: composeDefinition(constraint, parts.backing(row.index), parts.vocabulary.quote) };
}

/** True when the server has to say the definition: it has an expression, or more than its columns to say. */
export const needsDefinition = (row: NarrowConstraint, special: ReadonlySet<number>): boolean =>
  (row.kind !== 'p' && row.kind !== 'u' && row.kind !== 'f') || special.has(row.oid);

/** Equal for checks that the server defines with the same words; null for a constraint that stands alone. */
export function definitionKey(
  row: NarrowConstraint,
  special: ReadonlySet<number>,
  nameOf: (number: number) => string | undefined,
): string | null {
  if (row.tree === null || special.has(row.oid)) return null;
  const expression = expressionKey(row.tree, nameOf);
  return expression && `${row.validated} ${row.noInherit} ${expression}`;
}

function referencesOf(row: NarrowConstraint, columnNames: ColumnNames): Constraint['references'] {
  if (row.kind !== 'f') return null;
  return {
    table: { schema: row.referencedSchema ?? '', name: row.referencedTable ?? '' },
    columns: row.referencedColumns ?? columnNames(row.referenced, row.referencedNumbers ?? []) ?? [],
    onUpdate: actions[row.onUpdate] ?? 'no action',
    onDelete: actions[row.onDelete] ?? 'no action',
    match: matches[row.match] ?? 'simple',
  };
}

/** What `pg_get_constraintdef` says of a key or a foreign key. */
function composeDefinition(
  constraint: Constraint,
  backing: BackingIndex | undefined,
  quote: (name: string) => string,
): string {
  const list = (names: readonly string[]) => `(${names.map(quote).join(', ')})`;
  const { references } = constraint;
  const parts: string[] = [];
  if (references === null) {
    parts.push(constraint.kind === 'primary key' ? 'PRIMARY KEY' : 'UNIQUE');
    if (backing?.nullsNotDistinct === true) parts.push('NULLS NOT DISTINCT');
    parts.push(list(constraint.columns));
    if (backing !== undefined && backing.include.length > 0) parts.push(`INCLUDE ${list(backing.include)}`);
  } else {
    const target = `${quote(references.table.schema)}.${quote(references.table.name)}`;
    parts.push(`FOREIGN KEY ${list(constraint.columns)} REFERENCES ${target}${list(references.columns)}`);
    if (references.match !== 'simple') parts.push(`MATCH ${references.match.toUpperCase()}`);
    if (references.onUpdate !== 'no action') parts.push(`ON UPDATE ${references.onUpdate.toUpperCase()}`);
    if (references.onDelete !== 'no action') parts.push(`ON DELETE ${references.onDelete.toUpperCase()}`);
  }
  if (constraint.deferrable) parts.push('DEFERRABLE');
  if (constraint.initiallyDeferred) parts.push('INITIALLY DEFERRED');
  if (!constraint.validated) parts.push('NOT VALID');
  return parts.join(' ');
}
