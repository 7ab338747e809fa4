import { qualifiedName } from '../sql/qualified-name.ts';
import { quoteIdentifier } from '../sql/quote-identifier.ts';
import { compareText } from './by-name.ts';
import type { Attribute, Parts, Shape } from './canonical-shape.ts';
import { shapes, typeShapes } from './canonical-shapes.ts';
import type { Catalog, Grant, ObjectName, Table, View } from './catalog.ts';
import type { Ignorable } from './ignorable.ts';
import { otherObjectPath } from './other-object-path.ts';

/** One object with everything that makes it equal or unequal to another; names and values as a reader would see them. */
export type CanonicalObject = {
  /** Dotted path, each part quoted where needed. */
  readonly object: string;
  readonly kind: string;
  /** Path of the table or view that it belongs to, of a sequence with the column that owns it. */
  readonly parent: string | null;
  /** Name and value of every attribute that says something, by name. */
  readonly attributes: readonly (readonly [name: string, value: string])[];
  /** The entries of an attribute that is a list; null for any other. */
  readonly partsOf: (attribute: string) => Parts | null;
};

/**
 * The catalog as a flat list of objects with texts for attributes: what fingerprint and comparison stand on. Leaves out
 * what two equal databases may differ in (server, facts, dependencies, time, whether a materialized view is filled).
 *
 * Known limits: the locale of an ICU collation is written differently by servers before 16, and the name of a `NOT NULL`
 * that ends in `_not_null` counts as given by the server.
 */
export function canonicalForm(catalog: Catalog, ignore: readonly Ignorable[] = []): readonly CanonicalObject[] {
  const ignored = new Set(ignore);
  const objects: CanonicalObject[] = [];
  const shapesLeft = new Map<Shape, Shape>();
  const whatIsLeft = (shape: Shape): Shape => {
    const known = shapesLeft.get(shape);
    if (known !== undefined) return known;
    const left = shape.filter(({ ignorable }) => ignorable === undefined || !ignored.has(ignorable));
    shapesLeft.set(shape, left);
    return left;
  };
  walkCatalog(catalog, (kind, object, parent, shape, value, owner) => {
    const attributes: (readonly [string, string])[] = [];
    for (const attribute of whatIsLeft(shape)) {
      const said = attributeText(attribute, value, owner, ignored);
      if (said !== null) attributes.push([attribute.name, said]);
    }
    const partsOf = (attribute: string): Parts | null =>
      shape.find(({ name }) => name === attribute)?.parts?.(value as never) ?? null;
    objects.push({ kind, object, parent, attributes, partsOf });
  });
  if (!ignored.has('grants')) return [...objects, ...privilegesOf(catalog)];
  return objects.filter(({ kind }) => kind !== defaultPrivileges);
}

/** What is said of an attribute when some things do not count; null when nothing is. */
export function attributeText(
  { text, textWithout }: Attribute,
  value: unknown,
  owner: unknown,
  ignored: ReadonlySet<Ignorable>,
): string | null {
  const other = textWithout !== undefined && ignored.has(textWithout.ignorable) ? textWithout.text : text;
  return other(value as never, owner as never);
}

/** The kind of object that says which privileges future objects get: left out with the privileges. */
export const defaultPrivileges = 'default privileges';

/** Is told of one object: what it is, to what it belongs, and how its attributes are read. */
export type CatalogVisitor = (
  kind: string,
  object: string,
  parent: string | null,
  shape: Shape,
  value: unknown,
  /** What it belongs to. */
  owner?: unknown,
) => void;

/** Tells of every object of the catalog but its privileges, in the order of the catalog. */
export function walkCatalog(
  catalog: Catalog,
  visit: CatalogVisitor,
  /** Tells of a table and of what belongs to it; for whoever has told of it before. */
  tellTable: (table: Table, visit: CatalogVisitor) => void = visitTable,
): void {
  for (const schema of catalog.schemas) visit('schema', quoteIdentifier(schema.name), null, shapes.schema, schema);
  for (const extension of catalog.extensions) {
    visit('extension', quoteIdentifier(extension.name), null, shapes.extension, extension);
  }
  for (const table of catalog.tables) tellTable(table, visit);
  for (const view of catalog.views) visitView(view, visit);
  for (const sequence of catalog.sequences) {
    const { ownedBy } = sequence;
    const parent = ownedBy === null ? null : qualifiedName(ownedBy.table);
    visit('sequence', qualifiedName(sequence), parent, shapes.sequence, sequence);
  }
  for (const type of catalog.types) {
    const kind = type.kind === 'enum' || type.kind === 'domain' ? type.kind : 'type';
    visit(kind, qualifiedName(type), null, typeShapes.get(type.kind) ?? [], type);
  }
  for (const routine of catalog.routines) {
    visit(routine.kind, `${qualifiedName(routine)}(${routine.arguments})`, null, shapes.routine, routine);
  }
  for (const other of catalog.otherObjects ?? []) {
    const parent = other.table === null ? null : qualifiedName(other.table);
    visit(other.kind, otherObjectPath(other), parent, shapes.otherObject, other);
  }
}

/** The path of what belongs to a relation. */
const member = (relation: string, name: string): string => `${relation}.${quoteIdentifier(name)}`;

/** Tells of a table and of what belongs to it. */
export function visitTable(table: Table, visit: CatalogVisitor): void {
  const path = qualifiedName(table);
  visit('table', path, null, shapes.table, table);
  for (const column of table.columns) visit('column', member(path, column.name), path, shapes.column, column, table);
  for (const constraint of table.constraints) {
    visit('constraint', member(path, constraint.name), path, shapes.constraint, constraint);
  }
  for (const policy of table.policies) visit('policy', member(path, policy.name), path, shapes.policy, policy);
  visitIndexesAndTriggers(table, path, visit);
}

function visitView(view: View, visit: CatalogVisitor): void {
  const path = qualifiedName(view);
  visit(view.materialized ? 'materialized view' : 'view', path, null, shapes.view, view);
  for (const column of view.columns) visit('column', member(path, column.name), path, shapes.viewColumn, column);
  visitIndexesAndTriggers(view, path, visit);
}

function visitIndexesAndTriggers(
  relation: ObjectName & Pick<Table, 'indexes' | 'triggers'>,
  path: string,
  visit: CatalogVisitor,
): void {
  for (const index of relation.indexes) {
    visit('index', qualifiedName({ schema: relation.schema, name: index.name }), path, shapes.index, index);
  }
  for (const trigger of relation.triggers) {
    // A partition's copy follows its parent; 12 does not even list it. Only one that was switched says something new.
    if (trigger.inherited && trigger.enabled === 'origin') continue;
    visit('trigger', member(path, trigger.name), path, shapes.trigger, trigger);
  }
}

const grantKey = ({ kind, schema, name, grantee }: Grant): string => [kind, schema, name, grantee].join('\0');

/** One object for each that has privileges beside those that its owner's defaults give. */
export function privilegesOf(catalog: Catalog): readonly CanonicalObject[] {
  const objects = new Map<string, { kind: string; object: string; parent: string; attributes: [string, string][] }>();
  const revokedAll = new Set(
    (catalog.grants ?? []).filter((grant) => grant.revoked && grant.privilege === 'truncate').map(grantKey),
  );
  for (const grant of catalog.grants ?? []) {
    // MAINTAIN came with 17: whoever lost everything before had no such privilege to lose.
    if (grant.revoked && grant.privilege === 'maintain' && revokedAll.has(grantKey(grant))) continue;
    const owner = grantedObject(grant);
    const object = grant.column === null ? owner : member(owner, grant.column);
    const key = `${grant.kind}\0${object}`;
    // What belongs to no schema may be called like something else.
    const kind = grant.schema === '' && grant.kind !== 'schema' ? `privileges on ${grant.kind}` : 'privileges';
    const held = objects.get(key) ?? { kind, object, parent: owner, attributes: [] };
    const grantee = grant.grantee === '' ? 'PUBLIC' : quoteIdentifier(grant.grantee);
    const given = grant.revoked ? 'revoked' : grant.grantable ? 'granted with grant option' : 'granted';
    const by = grant.grantor === undefined ? '' : ` by ${quoteIdentifier(grant.grantor)}`;
    held.attributes.push([`${grant.privilege} for ${grantee}${by}`, given]);
    objects.set(key, held);
  }
  return [...objects.values()].map(({ kind, object, parent, attributes }) => ({
    kind,
    object,
    parent,
    attributes: attributes.sort(([left], [right]) => compareText(left, right)),
    partsOf: () => null,
  }));
}

function grantedObject(grant: Grant): string {
  switch (grant.kind) {
    case 'schema':
    case 'language':
    case 'foreign data wrapper':
    case 'server':
      return quoteIdentifier(grant.name);
    case 'routine':
      return `${quoteIdentifier(grant.schema)}.${grant.name}`;
    default:
      return qualifiedName(grant);
  }
}
