import type { Catalog, Table } from '../catalog.ts';
import { memberName, objectKey } from '../object-key.ts';

type Need = {
  readonly key: string;
  /** The column that needs it, of a table or view; null when the object as a whole does. */
  readonly column: string | null;
  readonly routine: boolean;
  /** Its name as a definition would write it, without the arguments of a routine. */
  readonly name: string;
};

/** What the server says that each object needs, by the keys of what makes it. */
export class Needs {
  readonly #needs = new Map<string, Need[]>();
  readonly #shells = new Set<string>();

  constructor(catalog: Catalog) {
    const columns = columnsOf(catalog);
    for (const { dependent, on } of catalog.dependencies) {
      // That a column owns a sequence is said after both are there.
      if (dependent.kind === 'sequence' && on.kind === 'table') continue;
      // A partition's part of a key may be there before the key that it becomes a part of.
      if (dependent.kind === 'constraint' && on.kind === 'constraint') continue;
      const own = objectKey(dependent.kind, dependent.schema, dependent.name);
      const column = columns.get(own);
      const key = column?.key ?? own;
      const routine = on.kind === 'routine';
      const need = {
        key: objectKey(on.kind, on.schema, on.name),
        column: column?.column ?? null,
        routine: routine || on.kind === 'sequence',
        name: routine ? on.name.slice(0, on.name.indexOf('(')) : on.name,
      };
      const known = this.#needs.get(key);
      if (known === undefined) this.#needs.set(key, [need]);
      else known.push(need);
    }
    this.#shareWithFamilies();
    this.#turnToShells([
      ...catalog.types.filter((type) => type.kind === 'range').map((type) => objectKey('type', type.schema, type.name)),
      ...(catalog.otherObjects ?? [])
        .filter((other) => other.kind === 'base type')
        .map((type) => objectKey(type.kind, type.schema, type.name)),
    ]);
  }

  /** Everything that the object of this key needs. */
  of(key: string, more: readonly string[] = []): ReadonlySet<string> {
    return new Set([...(this.#needs.get(key) ?? []).map((need) => need.key), ...more]);
  }

  /** What a table needs if its defaults come later. A generated column needs its functions at once. */
  withoutDefaults(key: string, table: Table, more: readonly string[]): ReadonlySet<string> {
    const plain = new Set(table.columns.filter((column) => column.generated === null).map((column) => column.name));
    return this.#some(key, (need) => !(need.routine && need.column !== null && plain.has(need.column)), more);
  }

  /** What a view needs for the types of its columns alone. */
  ofColumns(key: string): ReadonlySet<string> {
    return this.#some(key, (need) => need.column !== null);
  }

  /** What a part of the object's definition names. */
  namedIn(key: string, text: string): ReadonlySet<string> {
    return this.#some(key, (need) => text.includes(need.name));
  }

  /** True when functions of this type must be there before the type can be made: they are made for its shell. */
  hasShell(key: string): boolean {
    return this.#shells.has(key);
  }

  #some(key: string, wanted: (need: Need) => boolean, more: readonly string[] = []): ReadonlySet<string> {
    const needs = (this.#needs.get(key) ?? []).filter(wanted);
    return new Set([...needs.map((need) => need.key), ...more]);
  }

  /** A member of an operator class may be written in the statement of the family, which comes first. */
  #shareWithFamilies(): void {
    for (const [key, needs] of [...this.#needs]) {
      if (!key.startsWith('operator class\0')) continue;
      const family = needs.find((need) => need.key.startsWith('operator family\0'));
      if (family === undefined) continue;
      const members = needs.filter((need) => need !== family);
      this.#needs.set(family.key, [...(this.#needs.get(family.key) ?? []), ...members]);
    }
  }

  /** Functions that a type needs (input, output, canonical) and that take or give the type need only its shell. */
  #turnToShells(types: readonly string[]): void {
    for (const type of types) {
      for (const { key } of (this.#needs.get(type) ?? []).filter((need) => need.routine)) {
        const needs = this.#needs.get(key) ?? [];
        const back = needs.findIndex((need) => need.key === type);
        const found = needs[back];
        if (found === undefined) continue;
        needs.splice(back, 1, { ...found, key: shellKey(type) });
        this.#shells.add(type);
      }
    }
  }
}

/** The key of a type's shell: its name, before anything is known about it. */
export const shellKey = (type: string): string => `shell of ${type}`;

function columnsOf(catalog: Catalog): ReadonlyMap<string, { readonly key: string; readonly column: string }> {
  const columns = new Map<string, { readonly key: string; readonly column: string }>();
  const relations = [
    ...catalog.tables.map((table) => ({ kind: 'table', relation: table })),
    ...catalog.views.map((view) => ({ kind: view.materialized ? 'materialized view' : 'view', relation: view })),
  ];
  for (const { kind, relation } of relations) {
    const key = objectKey(kind, relation.schema, relation.name);
    for (const { name } of relation.columns) {
      columns.set(objectKey('column', relation.schema, memberName(relation.name, name)), { key, column: name });
    }
  }
  return columns;
}
