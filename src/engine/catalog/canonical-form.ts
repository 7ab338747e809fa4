import { qualifiedName } from '../sql/qualified-name.ts';
import { quoteIdentifier } from '../sql/quote-identifier.ts';
import type { Catalog, Constraint, DatabaseType, Grant, Index, ObjectName, Table, Trigger, View } from './catalog.ts';
import { comparableExpression, comparableView } from './comparable-text.ts';
import { otherObjectPath } from './other-object-path.ts';

/** What a comparison may leave out. */
export type Ignorable = 'owner' | 'grants' | 'comments' | 'column-order' | 'extension-versions';

/** One object with everything that makes it equal or unequal to another; names and values as a reader would see them. */
export type CanonicalObject = {
  /** Dotted path, each part quoted where needed. */
  readonly object: string;
  readonly kind: string;
  /** Path of the table or view that it belongs to. */
  readonly parent: string | null;
  readonly attributes: Readonly<Record<string, string | null>>;
};

/** The attribute that holds the names of a table's columns in their order. */
export const columnOrderAttribute = 'column order';

/**
 * The catalog as a flat list of objects with texts for attributes: what fingerprint and comparison stand on. Leaves out
 * what two equal databases may differ in (server, facts, dependencies, time, whether a materialized view is filled).
 *
 * Known limits: the locale of an ICU collation is written differently by servers before 16, and the name of a `NOT NULL`
 * that ends in `_not_null` counts as given by the server.
 */
export function canonicalForm(catalog: Catalog, ignore: readonly Ignorable[] = []): readonly CanonicalObject[] {
  const left = new Set(ignore);
  const objects: CanonicalObject[] = [];
  const add = (kind: string, object: string, parent: string | null, attributes: Record<string, string | null>) => {
    if (left.has('owner')) delete attributes['owner'];
    if (left.has('comments')) delete attributes['comment'];
    if (left.has('column-order')) delete attributes[columnOrderAttribute];
    if (left.has('extension-versions') && kind === 'extension') delete attributes['version'];
    objects.push({ kind, object, parent, attributes });
  };

  for (const schema of catalog.schemas) {
    add('schema', quoteIdentifier(schema.name), null, { owner: schema.owner, comment: schema.comment });
  }
  for (const extension of catalog.extensions) {
    add('extension', quoteIdentifier(extension.name), null, { schema: extension.schema, version: extension.version });
  }
  for (const table of catalog.tables) addTable(table, add);
  for (const view of catalog.views) addView(view, add);
  for (const sequence of catalog.sequences) {
    add('sequence', qualifiedName(sequence), null, {
      type: sequence.type,
      start: sequence.start,
      increment: sequence.increment,
      minimum: sequence.minimum,
      maximum: sequence.maximum,
      cache: sequence.cache,
      cycle: flag(sequence.cycle),
      'owned by':
        sequence.ownedBy === null
          ? null
          : `${member(sequence.ownedBy.table, sequence.ownedBy.column)}${sequence.ownedBy.identity ? ' (identity)' : ''}`,
      owner: sequence.owner,
      comment: sequence.comment,
    });
  }
  for (const type of catalog.types) {
    add(type.kind === 'enum' ? 'enum' : type.kind === 'domain' ? 'domain' : 'type', qualifiedName(type), null, {
      ...typeAttributes(type),
      owner: type.owner,
      comment: type.comment,
    });
  }
  for (const routine of catalog.routines) {
    add(routine.kind, `${qualifiedName(routine)}(${routine.arguments})`, null, {
      definition: routine.definition,
      owner: routine.owner,
      comment: routine.comment,
    });
  }
  for (const other of catalog.otherObjects ?? []) {
    if (other.kind === 'default privileges' && left.has('grants')) continue;
    const path = otherObjectPath(other);
    add(other.kind, path, other.table === null ? null : qualifiedName(other.table), {
      definition: [other.definition, ...(other.further ?? [])].join(';\n'),
      owner: other.owner,
      comment: other.comment,
    });
  }
  if (!left.has('grants')) objects.push(...privileges(catalog));
  return objects;
}

type Add = (kind: string, object: string, parent: string | null, attributes: Record<string, string | null>) => void;

const flag = (value: boolean): string => (value ? 'true' : 'false');

const member = (relation: ObjectName, name: string): string => `${qualifiedName(relation)}.${quoteIdentifier(name)}`;

const expression = (text: string | null): string | null => (text === null ? null : comparableExpression(text));

const list = (values: readonly string[]): string | null => (values.length === 0 ? null : values.join(', '));

function addTable(table: Table, add: Add): void {
  const path = qualifiedName(table);
  add('table', path, null, {
    kind: table.kind,
    persistence: table.persistence,
    'row security': table.rowSecurity ? (table.forceRowSecurity ? 'forced' : 'on') : 'off',
    'partition key': table.partitionKey,
    'partition of':
      table.partitionOf === null ? null : `${qualifiedName(table.partitionOf.parent)} ${table.partitionOf.bound}`,
    inherits: list(table.inherits.map(qualifiedName)),
    'replica identity': table.replicaIdentity,
    options: list(table.options),
    'access method': table.accessMethod ?? null,
    foreign: table.foreign ? `server ${table.foreign.server} (${table.foreign.options.join(', ')})` : null,
    [columnOrderAttribute]: list(table.columns.map((column) => quoteIdentifier(column.name))),
    owner: table.owner,
    comment: table.comment,
  });
  for (const column of table.columns) {
    add('column', member(table, column.name), path, {
      type: column.type,
      'not null': flag(column.notNull),
      default: expression(column.default),
      // Since 17 a partition shows its parent's identity, before that it showed none.
      identity: table.partitionOf === null ? column.identity : null,
      generated: column.generated,
      collation: column.collation,
      storage: column.storage,
      compression: column.compression,
      statistics: column.statisticsTarget === null ? null : String(column.statisticsTarget),
      inherited: flag(!column.local),
      options: list(column.options ?? []),
      comment: column.comment,
    });
  }
  for (const constraint of table.constraints) addConstraint(table, constraint, add);
  addIndexes(table, add);
  for (const policy of table.policies) {
    add('policy', member(table, policy.name), path, {
      permissive: flag(policy.permissive),
      command: policy.command,
      roles: list(policy.roles),
      using: expression(policy.using),
      check: expression(policy.check),
      comment: policy.comment,
    });
  }
}

function addConstraint(table: Table, constraint: Constraint, add: Add): void {
  add('constraint', member(table, constraint.name), qualifiedName(table), {
    kind: constraint.kind,
    definition: comparableExpression(constraint.definition),
    inherited: flag(!constraint.local),
    comment: constraint.comment,
  });
}

function addIndexes(relation: Table | View, add: Add): void {
  const parent = qualifiedName(relation);
  for (const index of relation.indexes) addIndex(relation, index, parent, add);
  for (const trigger of relation.triggers) addTrigger(relation, trigger, parent, add);
}

function addIndex(relation: ObjectName, index: Index, parent: string, add: Add): void {
  add('index', qualifiedName({ schema: relation.schema, name: index.name }), parent, {
    definition: comparableExpression(index.definition),
    valid: flag(index.valid),
    constraint: index.constraint,
    'attached to': index.parent === null ? null : qualifiedName(index.parent),
    'replica identity': flag(index.replicaIdentity),
    clustered: flag(index.clustered),
    comment: index.comment,
  });
}

function addTrigger(relation: ObjectName, trigger: Trigger, parent: string, add: Add): void {
  // A partition's copy follows its parent; 12 does not even list it. Only one that was switched says something new.
  if (trigger.inherited && trigger.enabled === 'origin') return;
  add('trigger', member(relation, trigger.name), parent, {
    definition: comparableExpression(trigger.definition),
    enabled: trigger.enabled,
    comment: trigger.comment,
  });
}

function addView(view: View, add: Add): void {
  const path = qualifiedName(view);
  add(view.materialized ? 'materialized view' : 'view', path, null, {
    definition: comparableView(view.definition),
    options: list(view.options),
    owner: view.owner,
    comment: view.comment,
  });
  for (const column of view.columns) {
    add('column', member(view, column.name), path, {
      type: column.type,
      default: column.default ?? null,
      comment: column.comment,
    });
  }
  addIndexes(view, add);
}

function typeAttributes(type: DatabaseType): Record<string, string | null> {
  switch (type.kind) {
    case 'enum':
      return { labels: list(type.labels.map((label) => `'${label.replaceAll("'", "''")}'`)) };
    case 'domain':
      return {
        'base type': type.baseType,
        'not null': flag(type.notNull),
        default: type.default,
        collation: type.collation,
        constraints: list(
          [...type.constraints]
            .map(({ name, definition }) => `${quoteIdentifier(name)} ${comparableExpression(definition)}`)
            .sort(),
        ),
      };
    case 'composite':
      return {
        attributes: list(
          type.attributes.map(
            ({ name, type: of, collation }) =>
              `${quoteIdentifier(name)} ${of}${collation === null ? '' : ` collate ${collation}`}`,
          ),
        ),
        'attribute comments': list(
          type.attributes.flatMap(({ name, comment }) => (comment ? [`${quoteIdentifier(name)}: ${comment}`] : [])),
        ),
      };
    case 'range':
      return { subtype: type.subtype, options: list(type.options) };
  }
}

const grantKey = ({ kind, schema, name, grantee }: Grant): string => [kind, schema, name, grantee].join('\0');

function privileges(catalog: Catalog): readonly CanonicalObject[] {
  const objects = new Map<string, { object: string; parent: string; attributes: Record<string, string> }>();
  const revokedAll = new Set(
    (catalog.grants ?? []).filter((grant) => grant.revoked && grant.privilege === 'truncate').map(grantKey),
  );
  for (const grant of catalog.grants ?? []) {
    // MAINTAIN came with 17: whoever lost everything before had no such privilege to lose.
    if (grant.revoked && grant.privilege === 'maintain' && revokedAll.has(grantKey(grant))) continue;
    const owner =
      grant.kind === 'schema'
        ? quoteIdentifier(grant.name)
        : grant.kind === 'routine'
          ? `${quoteIdentifier(grant.schema)}.${grant.name}`
          : qualifiedName(grant);
    const object = grant.column === null ? owner : `${owner}.${quoteIdentifier(grant.column)}`;
    const key = `${grant.kind}\0${object}`;
    const held = objects.get(key) ?? { object, parent: owner, attributes: {} };
    const grantee = grant.grantee === '' ? 'PUBLIC' : quoteIdentifier(grant.grantee);
    held.attributes[`${grant.privilege} for ${grantee}`] = grant.revoked
      ? 'revoked'
      : grant.grantable
        ? 'granted with grant option'
        : 'granted';
    objects.set(key, held);
  }
  return [...objects.values()].map((held) => ({ kind: 'privileges', ...held }));
}
