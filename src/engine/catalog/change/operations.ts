import { qualifiedName } from '../../sql/qualified-name.ts';
import type { Constraint, Table } from '../catalog.ts';
import { memberName, objectKey } from '../object-key.ts';
import { type LoadNode, loadOrder } from '../render/load-order.ts';
import { foreignKeysOf, isNamedPart, tablesAbove } from '../render/partition-keys.ts';
import { alterStatements } from './alter-statements.ts';
import { begins, type ChangeContext, ends, goesWith, inlineIn, keysFromAbove, linksOf } from './change-context.ts';
import type { ChangeStatement } from './change-script.ts';
import { dropStatements } from './drop-statements.ts';
import { indexKeyOf, makeStatements } from './make-statements.ts';
import type { Piece } from './piece.ts';
import { attachmentKey, columnKey } from './pieces-of.ts';
import { type TypeSwap, typeSwaps } from './type-swap.ts';

type Payload = { readonly statements: () => readonly ChangeStatement[]; readonly piece: Piece };
type Node = LoadNode<Payload> & { readonly needs: Set<string> };

const dropOf = (key: string): string => `drop\0${key}`;
const makeOf = (key: string): string => `make\0${key}`;
const discardOf = (key: string): string => `discard\0${key}`;

/** Statements in an order in which each can run, or the pieces that stand in each other's way. */
export type Ordered =
  | { readonly kind: 'ordered'; readonly statements: readonly ChangeStatement[] }
  | { readonly kind: 'circle'; readonly pieces: readonly Piece[] };

/**
 * Puts the statements of all pieces in order: what is dropped, after all that uses it is gone or changed; what is made or
 * altered, after all that it needs is there. With `insist` a circle is cut at its first piece.
 */
export function orderChange(context: ChangeContext, insist: boolean): Ordered {
  const nodes = new Operations(context).nodes;
  let circle: readonly LoadNode<Payload>[] | null = null;
  const ordered = loadOrder(nodes, (left) => {
    circle ??= left;
    return null;
  });
  // Assigned inside the callback, which the compiler does not follow.
  const stuck = circle as readonly LoadNode<Payload>[] | null;
  if (stuck !== null && !insist) return { kind: 'circle', pieces: insideCircle(stuck) };
  return { kind: 'ordered', statements: ordered.flatMap(({ payload }) => payload.statements()) };
}

/** Of nodes that wait, those that others wait for in turn: the rest only wait for these. */
function insideCircle(waiting: readonly LoadNode<Payload>[]): readonly Piece[] {
  let left = new Map(waiting.map((node) => [node.key, node]));
  for (;;) {
    const needed = new Set([...left.values()].flatMap(({ needs }) => [...needs]));
    const kept = new Map([...left].filter(([key]) => needed.has(key)));
    if (kept.size === left.size || kept.size === 0) break;
    left = kept;
  }
  return [...left.values()].map(({ payload }) => payload.piece);
}

/** Whether a foreign key is the part of another that a partition has. */
const isPartOf = (piece: Piece, whole: Piece): boolean =>
  [piece, whole].every(({ part }) => part.kind === 'constraint' && part.constraint.kind === 'foreign key');

class Operations {
  readonly #context: ChangeContext;
  readonly #nodes = new Map<string, Node>();
  readonly #swaps: ReadonlyMap<string, TypeSwap>;
  /** Pieces that go, by the names that they leave. */
  readonly #leaving = new Map<string, Piece[]>();

  constructor(context: ChangeContext) {
    this.#context = context;
    this.#swaps = typeSwaps(context);
    const { from, to, fates } = context;
    const going = [...from.byKey.values()].filter(({ key }) => ends(context, key));
    const coming = [...to.byKey.values()].filter(({ key }) => begins(context, key) || fates.of(key) === 'alter');
    for (const piece of going) this.#addDrop(piece);
    for (const piece of coming) this.#put(makeOf(piece.key), piece.stage, piece, () => this.#statementsOf(piece));
    for (const piece of going) this.#orderDrop(piece);
    for (const piece of coming) this.#orderMake(piece);
  }

  get nodes(): readonly Node[] {
    return [...this.#nodes.values()];
  }

  #put(key: string, stage: number, piece: Piece, statements: Payload['statements']): void {
    this.#nodes.set(key, { key, stage, needs: new Set(), payload: { statements, piece } });
  }

  #wait(key: string, need: string): void {
    if (key !== need) this.#nodes.get(key)?.needs.add(need);
  }

  #statementsOf(piece: Piece): readonly ChangeStatement[] {
    const { from, fates } = this.#context;
    const was = from.byKey.get(piece.key);
    if (was !== undefined && fates.of(piece.key) === 'alter') return alterStatements(was, piece, this.#context);
    return makeStatements(piece, this.#context);
  }

  #addDrop(piece: Piece): void {
    for (const name of piece.names) {
      const known = this.#leaving.get(name);
      if (known === undefined) this.#leaving.set(name, [piece]);
      else known.push(piece);
    }
    const swap = this.#swaps.get(piece.key);
    if (swap === undefined) {
      this.#put(dropOf(piece.key), -piece.stage, piece, () => dropStatements(piece, this.#context));
      return;
    }
    this.#put(dropOf(piece.key), -piece.stage, piece, () => swap.before);
    this.#put(discardOf(piece.key), piece.stage, piece, () => swap.after);
    this.#wait(discardOf(piece.key), makeOf(piece.key));
    for (const column of swap.columns) this.#wait(discardOf(piece.key), makeOf(column));
  }

  /** The operation after which the piece is gone. */
  #gone(piece: Piece): string {
    const { from, fates } = this.#context;
    const holder = goesWith(this.#context, piece);
    const next = holder === null ? undefined : from.byKey.get(holder);
    if (next === undefined) return dropOf(piece.key);
    // The sequence of an identity goes when the column is altered.
    return fates.of(next.key) === 'alter' ? makeOf(next.key) : this.#gone(next);
  }

  /** The operation after which the piece is there. */
  #there(piece: Piece): string {
    const holder = inlineIn(this.#context, piece);
    const next = holder === null ? undefined : this.#context.to.byKey.get(holder);
    return next === undefined ? makeOf(piece.key) : this.#there(next);
  }

  #orderDrop(piece: Piece): void {
    const { from, fates } = this.#context;
    const own = dropOf(piece.key);
    const gone = this.#gone(piece);
    this.#wait(gone, own);
    if (gone === own) {
      this.#orderAfterUnlink(own, piece);
      this.#orderAfterDetach(own, piece);
    }
    if (piece.part.kind === 'table') {
      for (const key of keysFromAbove(this.#context, piece.part.table)) {
        if (ends(this.#context, key.key)) this.#wait(own, this.#gone(key));
      }
    }
    for (const user of from.users.get(piece.key) ?? []) {
      if (ends(this.#context, user.key)) {
        const its = this.#gone(user);
        this.#wait(own, its === gone ? dropOf(user.key) : its);
      } else if (fates.of(user.key) === 'alter' && !this.#swaps.has(piece.key)) this.#wait(own, makeOf(user.key));
    }
  }

  #orderMake(piece: Piece): void {
    const context = this.#context;
    const { from, to, fates } = context;
    const own = makeOf(piece.key);
    // What stands in another statement lets that statement wait for what it needs.
    const there = this.#there(piece);
    this.#wait(own, there);
    for (const key of piece.needs) {
      const need = to.byKey.get(key);
      if (need !== undefined && fates.of(key) !== 'keep' && !isPartOf(piece, need))
        this.#wait(there, this.#there(need));
    }
    for (const name of piece.names)
      for (const other of this.#leaving.get(name) ?? []) this.#wait(there, this.#gone(other));
    const was = from.byKey.get(piece.key);
    if (was !== undefined && fates.of(piece.key) === 'rebuild') this.#wait(there, this.#gone(was));
    if (was !== undefined && fates.of(piece.key) === 'alter') {
      this.#orderAfterUnlink(own, was);
      for (const user of from.users.get(piece.key) ?? []) {
        if (ends(context, user.key)) this.#wait(own, this.#gone(user));
      }
    }
    this.#orderAttachment(piece);
    this.#orderLink(piece);
  }

  /** A table is linked to the one above it when both have the same columns and checks, and unlinked before they differ. */
  #orderLink({ key, part }: Piece): void {
    const context = this.#context;
    if (part.kind === 'attachment' || part.kind === 'inheritance') {
      const above = part.kind === 'inheritance' ? part.from : part.table.partitionOf?.parent;
      const tables = [part.table, above === undefined ? undefined : context.tables.get(qualifiedName(above))];
      for (const table of tables) {
        for (const { name } of table?.columns ?? [])
          this.#wait(makeOf(key), makeOf(columnKey(table ?? part.table, name)));
      }
      return;
    }
    if (part.kind === 'column') {
      for (const { above } of linksOf(part.table)) this.#wait(makeOf(key), makeOf(columnKey(above, part.column.name)));
    }
    if (part.kind === 'constraint') this.#orderForeignKey(key, part.table, part.constraint);
    if (part.kind === 'constraint' && part.constraint.kind === 'check' && !part.constraint.local) {
      for (const { link, above } of linksOf(part.table)) {
        const theirs = objectKey('constraint', above.schema, memberName(above.name, part.constraint.name));
        if (begins(context, theirs)) this.#wait(makeOf(theirs), makeOf(link));
        else this.#wait(makeOf(link), makeOf(key));
      }
    }
  }

  /** A partition's part of a foreign key with a name of its own is there before the key, and before the partition is linked. */
  #orderForeignKey(own: string, table: Table, constraint: Constraint): void {
    const { tables } = this.#context;
    const isPart = isNamedPart(table, constraint, tables);
    if (constraint.kind !== 'foreign key' || !(isPart || constraint.local)) return;
    for (const above of tablesAbove(table, tables)) {
      for (const key of foreignKeysOf(above)) {
        const theirs = objectKey('constraint', above.schema, memberName(above.name, key.name));
        if (!begins(this.#context, theirs)) continue;
        const [first, then] = isPart ? [own, theirs] : [theirs, own];
        this.#wait(makeOf(then), makeOf(first));
      }
    }
    if (isPart) this.#wait(makeOf(attachmentKey(table)), makeOf(own));
  }

  /** Columns that come from above cannot be changed before the link is gone. */
  #orderAfterUnlink(own: string, { part }: Piece): void {
    if (part.kind !== 'column') return;
    for (const { link } of linksOf(part.table)) {
      const piece = this.#context.from.byKey.get(link);
      if (piece !== undefined && ends(this.#context, link)) this.#wait(own, this.#gone(piece));
    }
  }

  /** The index of a partition that is part of its parent's is not dropped before the partition is detached. */
  #orderAfterDetach(own: string, { part }: Piece): void {
    if ((part.kind !== 'index' && part.kind !== 'constraint') || part.index?.parent == null) return;
    const attachment = attachmentKey(part.kind === 'index' ? part.relation : part.table);
    if (ends(this.#context, attachment)) this.#wait(own, dropOf(attachment));
  }

  /** A partition is attached after it has the indexes that its parent has, and before its parent gets more. */
  #orderAttachment(piece: Piece): void {
    const { part } = piece;
    if (part.kind !== 'index' && part.kind !== 'constraint') return;
    const context = this.#context;
    const own = attachmentKey(part.kind === 'index' ? part.relation : part.table);
    const above = this.#indexAbove(piece);
    const aboveIsNew = above !== null && begins(context, above.key);
    if (above !== null && begins(context, own)) {
      if (aboveIsNew) this.#wait(makeOf(piece.key), makeOf(own));
      else this.#wait(makeOf(own), makeOf(piece.key));
    }
    // The index of a partition that has partitions itself is valid, and found, when all of theirs are attached to it.
    for (let index = above; index !== null; index = this.#indexAbove(index)) {
      const next = this.#indexAbove(index);
      if (index.part.kind !== 'index' && index.part.kind !== 'constraint') return;
      const attachment = attachmentKey(index.part.kind === 'index' ? index.part.relation : index.part.table);
      if (begins(context, attachment) && !(next !== null && begins(context, next.key))) {
        this.#wait(makeOf(attachment), makeOf(piece.key));
      }
    }
  }

  /** The piece that holds the index of the partitioned table which this index is a part of. */
  #indexAbove({ part }: Piece): Piece | null {
    const parent = part.kind === 'index' || part.kind === 'constraint' ? part.index?.parent : null;
    if (parent == null) return null;
    return this.#context.to.byKey.get(indexKeyOf(this.#context, parent)) ?? null;
  }
}
