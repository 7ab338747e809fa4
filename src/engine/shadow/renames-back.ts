import { identifier, literal, qualified, type Sql, sql, toText } from '../sql/sql.ts';
import type { ObjectIdentity } from './object-identities.ts';

type Identities = ReadonlyMap<string, ObjectIdentity>;

/**
 * Statements that give every object that is still there the name and the schema that it had before, whatever renamed it.
 * What stands in the way and is new steps aside, under a name that is free.
 */
export function renamesBack(before: Identities, after: Identities): readonly string[] {
  const names = new Names(after);
  for (const kind of ['schema', 'type', 'relation', 'attribute', 'label', 'column', 'constraint'] as const) {
    for (const [key, was] of before) {
      const is = after.get(key);
      if (was.kind === kind && is !== undefined) names.restore(was, is, before);
    }
  }
  return names.statements.map(toText);
}

class Names {
  readonly statements: Sql[] = [];
  readonly #after: Identities;
  /** Where every object stands by now, by kind and number. */
  readonly #now = new Map<string, { readonly schema: string; readonly name: string }>();
  readonly #taken = new Map<string, string>();

  constructor(after: Identities) {
    this.#after = after;
    for (const [key, { kind, parent, schema, name }] of after) {
      this.#now.set(key, { schema, name });
      this.#taken.set(placeOf(kind, parent, schema, name), key);
    }
  }

  restore(was: ObjectIdentity, is: ObjectIdentity, before: Identities): void {
    const key = `${is.kind} ${is.id}`;
    if (is.schema !== was.schema) this.#move(key, was, is, before);
    const now = this.#now.get(key);
    if (now !== undefined && now.name !== was.name) this.#rename(key, is, was.name);
  }

  /** Moves into the old schema, if that is not one that is gone: what is in it then comes back by itself. */
  #move(key: string, was: ObjectIdentity, is: ObjectIdentity, before: Identities): void {
    const now = this.#now.get(key);
    if (now === undefined || now.schema === was.schema) return;
    const renamed = [...this.#now].some(([id, { name }]) => id.startsWith('schema ') && name === was.schema);
    const goesAlong = is.detail === 'i' || is.detail === 'I' || is.detail === 'owned';
    if (!renamed || ![...before.values()].some(({ kind, name }) => kind === 'schema' && name === was.schema)) return;
    this.#clear(is, was.schema, now.name);
    if (!goesAlong)
      this.statements.push(sql`ALTER ${wordOf(is)} ${qualified(now)} SET SCHEMA ${identifier(was.schema)}`);
    this.#place(key, is, { schema: was.schema, name: now.name });
  }

  #rename(key: string, is: ObjectIdentity, name: string): void {
    const now = this.#now.get(key);
    if (now === undefined) return;
    this.#clear(is, now.schema, name);
    this.statements.push(this.#renaming(is, now, name));
    this.#place(key, is, { schema: now.schema, name });
    if (is.kind !== 'schema') return;
    for (const [id, other] of [...this.#now]) {
      const identity = this.#after.get(id);
      if (identity !== undefined && identity.kind !== 'schema' && other.schema === now.name) {
        this.#place(id, identity, { schema: name, name: other.name });
      }
    }
  }

  /** Whatever has the name now steps aside: it is dropped later, or gets its own old name. */
  #clear(is: ObjectIdentity, schema: string, name: string): void {
    const other = this.#taken.get(placeOf(is.kind, is.parent, schema, name));
    const identity = other === undefined ? undefined : this.#after.get(other);
    if (other === undefined || identity === undefined || other === `${is.kind} ${is.id}`) return;
    const now = { schema, name };
    let free = name;
    for (let number = 0; this.#taken.has(placeOf(is.kind, is.parent, schema, free)); number += 1) {
      const [start = ''] = /^.{0,12}/su.exec(name) ?? [];
      free = `${start}__new${number === 0 ? '' : number}`;
    }
    this.statements.push(this.#renaming(identity, now, free));
    this.#place(other, identity, { schema, name: free });
  }

  #place(key: string, { kind, parent }: ObjectIdentity, to: { readonly schema: string; readonly name: string }): void {
    const old = this.#now.get(key);
    if (old !== undefined && this.#taken.get(placeOf(kind, parent, old.schema, old.name)) === key) {
      this.#taken.delete(placeOf(kind, parent, old.schema, old.name));
    }
    this.#now.set(key, to);
    this.#taken.set(placeOf(kind, parent, to.schema, to.name), key);
  }

  #renaming(is: ObjectIdentity, now: { readonly schema: string; readonly name: string }, name: string): Sql {
    const owner = this.#now.get(`relation ${is.parent}`) ?? this.#now.get(`type ${is.parent}`);
    const [old, wanted] = [identifier(now.name), identifier(name)];
    switch (is.kind) {
      case 'schema':
        return sql`ALTER SCHEMA ${old} RENAME TO ${wanted}`;
      case 'relation':
      case 'type':
        return sql`ALTER ${wordOf(is)} ${qualified(now)} RENAME TO ${wanted}`;
      case 'column':
        return sql`ALTER TABLE ${qualified(owner ?? now)} RENAME COLUMN ${old} TO ${wanted}`;
      case 'constraint':
        return sql`ALTER TABLE ${qualified(owner ?? now)} RENAME CONSTRAINT ${old} TO ${wanted}`;
      case 'attribute':
        return sql`ALTER TYPE ${qualified(owner ?? now)} RENAME ATTRIBUTE ${old} TO ${wanted}`;
      case 'label':
        return sql`ALTER TYPE ${qualified(owner ?? now)} RENAME VALUE ${literal(now.name)} TO ${literal(name)}`;
    }
  }
}

/** Where no two objects can be at once. */
const placeOf = (kind: ObjectIdentity['kind'], parent: string, schema: string, name: string): string =>
  [kind, parent, schema, name].join('\0');

function wordOf({ kind, detail }: ObjectIdentity): Sql {
  if (kind === 'type') return detail === 'd' ? sql`DOMAIN` : sql`TYPE`;
  switch (detail) {
    case 'v':
      return sql`VIEW`;
    case 'm':
      return sql`MATERIALIZED VIEW`;
    case 'f':
      return sql`FOREIGN TABLE`;
    case 'S':
    case 'owned':
      return sql`SEQUENCE`;
    case 'i':
    case 'I':
      return sql`INDEX`;
    default:
      return sql`TABLE`;
  }
}
