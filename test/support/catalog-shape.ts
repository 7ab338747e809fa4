import type { Catalog, Index, Table, Trigger, View } from '../../src/engine/catalog/catalog.ts';
import { qualifiedName } from '../../src/engine/sql/qualified-name.ts';

/** By kind of object, and by name: what later statements can ask of a catalog, without texts that only a server writes. */
export type CatalogShape = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

const byName = <T>(items: readonly T[], name: (item: T) => string, shape: (item: T) => unknown) =>
  Object.fromEntries(items.map((item) => [name(item), shape(item)]));

const ownName = ({ name }: { readonly name: string }): string => name;

const sorted = <T>(items: readonly T[]): readonly T[] =>
  [...items].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));

const indexShape = ({ definition: _, comment: __, predicate, keys, tablespace: ___, ...index }: Index) => ({
  ...index,
  partial: predicate !== null,
  keys: keys.map(({ column, descending, nullsFirst }) => ({ column: column ?? 'expression', descending, nullsFirst })),
});

const triggerShape = ({ definition: _, comment: __, ...trigger }: Trigger) => trigger;

const tableShape = ({
  owner: _,
  comment: __,
  foreign: ___,
  tablespace: ____,
  accessMethod = null,
  ...table
}: Table) => ({
  ...table,
  accessMethod,
  columns: table.columns.map(({ comment: _, default: text, storage: __, compression: ___, ...column }) => ({
    ...column,
    hasDefault: text !== null,
  })),
  constraints: byName(table.constraints, ownName, ({ definition: _, comment: __, ...constraint }) => constraint),
  indexes: byName(table.indexes, ownName, indexShape),
  triggers: byName(table.triggers, ownName, triggerShape),
  policies: byName(table.policies, ownName, ({ comment: _, using, check, roles, ...policy }) => ({
    ...policy,
    roles: sorted(roles),
    using: using !== null,
    check: check !== null,
  })),
  partitionKey: table.partitionKey !== null,
  partitionOf: table.partitionOf?.parent ?? null,
  options: sorted(table.options),
});

const viewShape = ({ owner: _, comment: __, definition: ___, tablespace: ____, ...view }: View) => ({
  ...view,
  columns: view.columns.map(({ comment: _, default: text, ...column }) => ({ ...column, hasDefault: text != null })),
  indexes: byName(view.indexes, ownName, indexShape),
  triggers: byName(view.triggers, ownName, triggerShape),
  options: sorted(view.options),
});

/** Of the kinds that are known by the statements that make them those that are followed; nothing later asks for others. */
const simulatedKinds: ReadonlySet<string> = new Set(['rule', 'statistics', 'collation', 'publication']);

/** What two catalogs must have in common for the same statements to work on both. */
export const catalogShape = (catalog: Catalog): CatalogShape => ({
  schema: byName(catalog.schemas, ownName, () => true),
  table: byName(catalog.tables, qualifiedName, tableShape),
  view: byName(catalog.views, qualifiedName, viewShape),
  sequence: byName(catalog.sequences, qualifiedName, ({ owner: _, comment: __, ...sequence }) => sequence),
  type: byName(catalog.types, qualifiedName, ({ owner: _, comment: __, ...type }) =>
    type.kind === 'domain'
      ? {
          ...type,
          default: type.default !== null,
          constraints: type.constraints.map(({ name, validated }) => ({ name, validated })),
        }
      : type.kind === 'composite'
        ? { ...type, attributes: type.attributes.map(({ comment: _, ...attribute }) => attribute) }
        : type,
  ),
  routine: byName(
    catalog.routines,
    (one) => `${qualifiedName(one)}(${one.arguments})`,
    ({ owner: _, comment: __, definition: ___, ...routine }) => routine,
  ),
  grant: byName(
    catalog.grants ?? [],
    ({ grantor: _, grantable: __, revoked: ___, ...grant }) => Object.values(grant).join(' '),
    ({ grantable, revoked }) => ({ grantable, revoked }),
  ),
  object: byName(
    (catalog.otherObjects ?? []).filter(({ kind }) => simulatedKinds.has(kind)),
    ({ kind, schema, name, table }) =>
      `${kind} ${schema}.${name}${table === null ? '' : ` of ${qualifiedName(table)}`}`,
    () => true,
  ),
});

/** What one shape says of an object and the other does not, in one line each: its kind, its name and what differs. */
export function shapeDifferences(simulated: CatalogShape, read: CatalogShape): readonly string[] {
  return Object.keys(read).flatMap((kind) => {
    const [one = {}, other = {}] = [simulated[kind], read[kind]];
    return [...new Set([...Object.keys(one), ...Object.keys(other)])].flatMap((name) =>
      differing(`${kind} ${name}`, one[name], other[name]),
    );
  });
}

function differing(path: string, simulated: unknown, read: unknown): readonly string[] {
  // An empty type is one that the simulation does not know.
  if (simulated === '' || JSON.stringify(simulated) === JSON.stringify(read)) return [];
  const isNested = (value: unknown): value is object => typeof value === 'object' && value !== null;
  if (!isNested(simulated) || !isNested(read))
    return [`${path}: simulated ${JSON.stringify(simulated) ?? 'nothing'}, read ${JSON.stringify(read) ?? 'nothing'}`];
  const [one, other] = [new Map(Object.entries(simulated)), new Map(Object.entries(read))];
  return [...new Set([...one.keys(), ...other.keys()])].flatMap((key) =>
    differing(`${path}.${key}`, one.get(key), other.get(key)),
  );
}
