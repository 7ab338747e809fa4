import { qualifiedName } from '../../sql/qualified-name.ts';
import { quoteIdentifier } from '../../sql/quote-identifier.ts';
import type { Sequence, Table } from '../catalog.ts';
import { identitySequences } from '../identity-sequences.ts';
import { withNotNullNames } from '../not-null-names.ts';
import { objectKey } from '../object-key.ts';
import type { Fates } from './fates.ts';
import type { Part, Piece, Pieces } from './piece.ts';
import { attachmentKey, columnKey, tableKey } from './pieces-of.ts';

/** How a change is written. */
export type ChangeStyle = {
  /**
   * `transaction`: everything can run in one transaction. `online`: indexes are built and dropped concurrently,
   * constraints are added before they are validated, and waiting for locks has an end.
   */
  readonly form: 'transaction' | 'online';
  /** True for a change back: what it makes was there before, with data that does not come back. */
  readonly back: boolean;
  /** `server_version_num` of the server that will run it. */
  readonly serverVersion: number;
};

/** What the statements of one piece depend on besides the piece. */
export type ChangeContext = {
  readonly from: Pieces;
  readonly to: Pieces;
  readonly fates: Fates;
  readonly style: ChangeStyle;
  /** Tables of the catalog to come, by dotted path. */
  readonly tables: ReadonlyMap<string, Table>;
  /** Its identity sequences, by table and column. */
  readonly identities: ReadonlyMap<string, ReadonlyMap<string, Sequence>>;
  /** The table with the names that its `NOT NULL` would not get from the server by themselves. */
  readonly withNotNullNames: (table: Table) => Table;
  /** Pieces that are dropped by a statement of their own although something would take them along. */
  readonly explicit: ReadonlySet<string>;
  /** Tables that are made before the defaults of their columns. */
  readonly bare: ReadonlySet<string>;
};

/** Puts together what all statements of a change share. */
export function contextOf(parts: Omit<ChangeContext, 'tables' | 'identities' | 'withNotNullNames'>): ChangeContext {
  return {
    ...parts,
    identities: identitySequences(parts.to.catalog),
    tables: new Map(parts.to.catalog.tables.map((table) => [qualifiedName(table), table])),
    withNotNullNames: withNotNullNames(parts.from.catalog, parts.to.catalog),
  };
}

/** True when the piece is there before and not as it was afterwards. */
export const ends = ({ fates }: Pick<ChangeContext, 'fates'>, key: string): boolean =>
  fates.of(key) === 'drop' || fates.of(key) === 'rebuild';

/** True when the piece is made by a statement of the change. */
export const begins = ({ fates }: Pick<ChangeContext, 'fates'>, key: string): boolean =>
  fates.of(key) === 'make' || fates.of(key) === 'rebuild';

/** Links of a table to the tables that it has its columns from, as keys of the link and of the table. */
export const linksOf = (
  table: Table,
): readonly { readonly link: string; readonly above: Parameters<typeof tableKey>[0] }[] => [
  ...(table.partitionOf === null ? [] : [{ link: attachmentKey(table), above: table.partitionOf.parent }]),
  ...table.inherits.map((above) => ({
    link: objectKey('inheritance', table.schema, `${quoteIdentifier(table.name)} ${qualifiedName(above)}`),
    above,
  })),
];

/** Foreign keys, before the change, that reach a partition because they refer to a table above it. */
export function keysFromAbove({ from }: Pick<ChangeContext, 'from'>, table: Table): readonly Piece[] {
  const above = table.partitionOf?.parent;
  const piece = above === undefined ? undefined : from.byKey.get(tableKey(above));
  if (above === undefined || piece?.part.kind !== 'table') return [];
  const direct = (from.users.get(piece.key) ?? []).filter(({ part }) => {
    const referenced = part.kind === 'constraint' ? part.constraint.references?.table : undefined;
    return referenced?.schema === above.schema && referenced.name === above.name;
  });
  return [...direct, ...keysFromAbove({ from }, piece.part.table)];
}

/**
 * True when what happens to a column happens through a table above it: both have it, before and after, and the one above
 * has the same fate.
 */
export function followsParent(context: ChangeContext, table: Table, column: { name: string; local: boolean }): boolean {
  if (column.local) return false;
  const own = columnKey(table, column.name);
  return linksOf(table).some(({ link, above }) => {
    const theirs = columnKey(above, column.name);
    const sameFate =
      context.fates.of(theirs) === context.fates.of(own) &&
      context.fates.retyped(theirs) === context.fates.retyped(own);
    return context.fates.of(link) === 'keep' && sameFate;
  });
}

/** True when the piece stands in the statement that makes its table or its column. */
export function inlineIn(context: ChangeContext, { key, part, parent }: Piece): string | null {
  const inTable = parent !== null && begins(context, parent) ? parent : null;
  switch (part.kind) {
    case 'column':
    case 'inheritance':
      return inTable;
    case 'default': {
      if (inTable !== null) return context.bare.has(inTable) ? null : inTable;
      const column = columnKey(part.table, part.column.name);
      return begins(context, column) ? column : null;
    }
    case 'constraint':
      return part.constraint.kind === 'not null' && part.constraint.validated ? inTable : null;
    case 'sequence': {
      const { ownedBy } = part.sequence;
      return ownedBy?.identity === true && begins(context, key) ? columnKey(ownedBy.table, ownedBy.column) : null;
    }
    default:
      return null;
  }
}

/**
 * The piece with which this one goes, so that it needs no statement: its table, its column, the index of the partitioned
 * table. Null when it is dropped by itself.
 */
export function goesWith(context: ChangeContext, piece: Piece): string | null {
  const { part, parent, key } = piece;
  if (context.explicit.has(key)) return null;
  if (parent !== null && ends(context, parent)) return parent;
  switch (part.kind) {
    case 'default': {
      const column = columnKey(part.table, part.column.name);
      return ends(context, column) ? column : null;
    }
    case 'sequence':
      return sequenceGoesWith(context, part.sequence);
    case 'index':
    case 'constraint':
      return partGoesWith(context, piece, part);
    default:
      return null;
  }
}

function sequenceGoesWith(context: ChangeContext, { ownedBy }: Sequence): string | null {
  if (ownedBy === null) return null;
  const table = tableKey(ownedBy.table);
  if (ends(context, table)) return table;
  const column = columnKey(ownedBy.table, ownedBy.column);
  return ends(context, column) || ownedBy.identity ? column : null;
}

function partGoesWith(
  context: ChangeContext,
  { needs }: Piece,
  part: Extract<Part, { kind: 'index' | 'constraint' }>,
): string | null {
  const table = part.kind === 'index' ? part.relation : part.table;
  const columns =
    part.kind === 'index'
      ? [...part.index.keys.flatMap(({ column }) => column ?? []), ...part.index.include]
      : part.constraint.columns.filter((column) => column !== '');
  const gone = columns.map((column) => columnKey(table, column)).find((column) => ends(context, column));
  if (gone !== undefined) return gone;
  const parent = part.index?.parent;
  if (parent == null || context.fates.of(attachmentKey(table as Table)) !== 'keep') return null;
  for (const need of needs) {
    const above = context.from.byKey.get(need)?.part;
    const name =
      above?.kind === 'index'
        ? { schema: above.relation.schema, name: above.index.name }
        : above?.kind === 'constraint' && above.index !== undefined
          ? { schema: above.table.schema, name: above.index.name }
          : null;
    if (name?.schema === parent.schema && name.name === parent.name && ends(context, need)) return need;
  }
  return null;
}
