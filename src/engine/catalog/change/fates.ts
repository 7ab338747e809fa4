import { tokensOf } from '../../sql/tokens.ts';
import type { Table } from '../catalog.ts';
import { canAlter } from './can-alter.ts';
import type { Piece, Pieces } from './piece.ts';
import { attachmentKey, defaultKey, tableKey } from './pieces-of.ts';

/** What a change does with a piece. `rebuild` drops it and makes it again; a type with columns is made beside the old. */
export type Fate = 'drop' | 'make' | 'keep' | 'alter' | 'rebuild';

export type Fates = {
  readonly of: (key: string) => Fate;
  /** Attributes that differ between the two pieces of a key. */
  readonly changed: (key: string) => ReadonlySet<string>;
  /** True for a column whose values are converted to another type. */
  readonly retyped: (key: string) => boolean;
};

/** Decides what becomes of every piece; those in `forced` are rebuilt although they could be altered. */
export function fatesOf(
  from: Pieces,
  to: Pieces,
  options: { readonly forced: ReadonlySet<string>; readonly serverVersion: number },
): Fates {
  return new Decision(from, to, options);
}

const nothing: ReadonlySet<string> = new Set();

class Decision implements Fates {
  readonly #from: Pieces;
  readonly #to: Pieces;
  readonly #forced: ReadonlySet<string>;
  readonly #fates = new Map<string, Fate>();
  readonly #changed = new Map<string, ReadonlySet<string>>();
  readonly #retyped = new Set<string>();
  readonly #queue: string[] = [];

  constructor(
    from: Pieces,
    to: Pieces,
    { forced, serverVersion }: { readonly forced: ReadonlySet<string>; readonly serverVersion: number },
  ) {
    this.#from = from;
    this.#to = to;
    this.#forced = forced;
    for (const key of to.byKey.keys()) if (!from.byKey.has(key)) this.#fates.set(key, 'make');
    for (const [key, was] of from.byKey) {
      const is = to.byKey.get(key);
      if (is === undefined) this.#set(key, 'drop');
      else this.#compare(was, is, serverVersion);
    }
    for (let key = this.#queue.pop(); key !== undefined; key = this.#queue.pop()) this.#spread(key);
  }

  of(key: string): Fate {
    return this.#fates.get(key) ?? 'keep';
  }

  changed(key: string): ReadonlySet<string> {
    return this.#changed.get(key) ?? nothing;
  }

  retyped(key: string): boolean {
    return this.#retyped.has(key);
  }

  #compare(was: Piece, is: Piece, serverVersion: number): void {
    const names = new Set([...Object.keys(was.attributes), ...Object.keys(is.attributes)]);
    const changed = new Set(
      [...names].filter((name) => (was.attributes[name] ?? null) !== (is.attributes[name] ?? null)),
    );
    if (changed.size > 0) this.#changed.set(was.key, changed);
    const must = this.#forced.has(was.key);
    if (changed.size === 0 && !must) return;
    if (must || !canAlter(was.part, is.part, changed, { to: this.#to, serverVersion })) {
      this.#set(was.key, 'rebuild');
      return;
    }
    const retyped = was.part.kind === 'column' && (changed.has('type') || changed.has('collation'));
    if (retyped) this.#retype(was);
    else this.#set(was.key, 'alter');
  }

  #set(key: string, fate: Fate): void {
    const old = this.of(key);
    if (old === fate || old === 'rebuild' || old === 'drop') return;
    this.#fates.set(key, fate);
    this.#queue.push(key);
  }

  #retype(piece: Piece): void {
    if (piece.part.kind !== 'column' || this.#retyped.has(piece.key)) return;
    const { table, column } = piece.part;
    if (column.generated !== null && !this.changed(piece.key).has('type')) {
      this.#set(piece.key, 'rebuild');
      return;
    }
    if (inPartitionKey(table, column.name)) {
      this.#set(tableKey(table), 'rebuild');
      return;
    }
    this.#retyped.add(piece.key);
    this.#set(piece.key, 'alter');
    this.#queue.push(piece.key);
    const ofDefault = defaultKey(table, column.name);
    if (this.#from.byKey.has(ofDefault) && this.#to.byKey.has(ofDefault)) this.#set(ofDefault, 'rebuild');
  }

  /** Takes along what cannot stay as it is when this piece does not. */
  #spread(key: string): void {
    const fate = this.of(key);
    const was = this.#from.byKey.get(key);
    if (was === undefined) return;
    const gone = fate === 'drop' || fate === 'rebuild';
    if (!gone && !this.#retyped.has(key)) return;
    if (gone) this.#spreadUp(was);
    for (const user of this.#from.users.get(key) ?? []) {
      const its = this.of(user.key);
      if (its === 'drop' || its === 'rebuild' || !this.#to.byKey.has(user.key)) continue;
      if (gone) this.#loseNeed(user, was, fate);
      else this.#outliveRetype(user, was);
    }
  }

  /** An index cannot leave the index of the partitioned table alone: that one is made again with all of its parts. */
  #spreadUp({ key, part, parent }: Piece): void {
    const index = part.kind === 'index' || part.kind === 'constraint' ? part.index : undefined;
    if (index?.parent == null || (part.kind !== 'index' && part.kind !== 'constraint')) return;
    const table = part.kind === 'index' ? part.relation : part.table;
    const ends = (one: string): boolean => this.of(one) === 'drop' || this.of(one) === 'rebuild';
    if (ends(attachmentKey(table)) || (parent !== null && ends(parent))) return;
    for (const need of this.#from.byKey.get(key)?.needs ?? []) {
      const above = this.#from.byKey.get(need);
      const isIndex = above?.part.kind === 'index' || above?.part.kind === 'constraint';
      if (
        above === undefined ||
        !isIndex ||
        this.#nameOfIndex(above) !== `${index.parent.schema}\0${index.parent.name}`
      )
        continue;
      this.#set(above.key, this.#to.byKey.has(above.key) ? 'rebuild' : 'drop');
    }
  }

  #nameOfIndex({ part }: Piece): string | null {
    if (part.kind === 'index') return `${part.relation.schema}\0${part.index.name}`;
    return part.kind === 'constraint' && part.index !== undefined ? `${part.table.schema}\0${part.index.name}` : null;
  }

  #loseNeed(user: Piece, need: Piece, fate: Fate): void {
    const { part } = user;
    switch (part.kind) {
      case 'column':
        if (need.part.kind === 'table') this.#set(user.key, 'rebuild');
        else if (part.column.generated === null || need.part.kind === 'type') this.#retype(user);
        else this.#set(user.key, 'rebuild');
        return;
      case 'table':
      case 'sequence':
      case 'extension':
      case 'schema':
        return;
      case 'view':
      case 'routine':
      case 'default': {
        // What will no longer need it is changed before it goes.
        const still = this.#to.byKey.get(user.key)?.needs.has(need.key) === true;
        if (this.of(user.key) === 'alter' && fate === 'drop' && !still) return;
        this.#set(user.key, 'rebuild');
        return;
      }
      case 'index':
      case 'constraint': {
        // The index of a partition is attached to the new index of its parent, if the parent itself is new.
        const index = part.kind === 'index' ? part.index : part.index;
        const table = part.kind === 'index' ? part.relation : part.table;
        const aboveName = index?.parent == null ? null : `${index.parent.schema}\0${index.parent.name}`;
        const reattached = this.of(attachmentKey(table)) === 'rebuild' || this.of(attachmentKey(table)) === 'drop';
        if (aboveName !== null && this.#nameOfIndex(need) === aboveName && reattached) {
          if (this.of(user.key) === 'keep') this.#set(user.key, 'alter');
          return;
        }
        this.#set(user.key, 'rebuild');
        return;
      }
      default:
        this.#set(user.key, 'rebuild');
    }
  }

  /** PostgreSQL builds indexes and most constraints again by itself; nothing else lets a type change below it. */
  #outliveRetype(user: Piece, column: Piece): void {
    const { part } = user;
    switch (part.kind) {
      case 'index':
        return;
      case 'constraint':
        if (part.constraint.kind === 'foreign key' && !this.#keepsFamily(column)) this.#set(user.key, 'rebuild');
        return;
      case 'column':
        if (part.column.generated !== null) this.#set(user.key, 'rebuild');
        return;
      case 'default':
      case 'ownership':
      case 'sequence':
      case 'table':
        return;
      case 'other':
        if (part.other.kind !== 'statistics') this.#set(user.key, 'rebuild');
        return;
      default:
        this.#set(user.key, 'rebuild');
    }
  }

  /** True when the old and the new type compare with the same operators, so that a foreign key lives through it. */
  #keepsFamily(column: Piece): boolean {
    const now = this.#to.byKey.get(column.key);
    if (column.part.kind !== 'column' || now?.part.kind !== 'column') return false;
    const type = now.part.column.type;
    const swapped = [...now.needs].some((need) => need.startsWith('type\0') && this.of(need) === 'rebuild');
    return !swapped && family(column.part.column.type) === family(type);
  }
}

const integers = /^(?:smallint|integer|bigint)$/;
const texts = /^(?:text|character varying(?:\(\d+\))?)$/;

const family = (type: string): string => (integers.test(type) ? 'integer' : texts.test(type) ? 'text' : type);

/** True when the column is part of what the table is partitioned by. */
function inPartitionKey(table: Table, column: string): boolean {
  const key = table.partitionKey;
  if (key === null) return false;
  const quoted = `"${column.replaceAll('"', '""')}"`;
  return tokensOf(key).some(({ start, end }) => {
    const word = key.slice(start, end);
    return word === column || word === quoted;
  });
}
