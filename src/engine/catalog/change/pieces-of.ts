import { qualifiedName } from '../../sql/qualified-name.ts';
import { quoteIdentifier } from '../../sql/quote-identifier.ts';
import { canonicalForm } from '../canonical-form.ts';
import type { Catalog, Index, ObjectName, Sequence, Table, View } from '../catalog.ts';
import { identitySequences } from '../identity-sequences.ts';
import type { Ignorable } from '../ignorable.ts';
import { memberName, objectKey } from '../object-key.ts';
import { otherObjectPath } from '../other-object-path.ts';
import { stageOfOther, stages } from '../render/load-stages.ts';
import { routinePath } from '../render/render-rights.ts';
import type { Part, Piece, Pieces } from './piece.ts';

type Attributes = Readonly<Record<string, string | null>>;

export const tableKey = (name: ObjectName): string => objectKey('table', name.schema, name.name);
export const columnKey = (table: ObjectName, column: string): string =>
  objectKey('column', table.schema, memberName(table.name, column));
export const defaultKey = (table: ObjectName, column: string): string =>
  objectKey('default', table.schema, memberName(table.name, column));
export const attachmentKey = (table: ObjectName): string => objectKey('attachment', table.schema, table.name);
export const sequenceKey = (name: ObjectName): string => objectKey('sequence', name.schema, name.name);

/** Attributes that say where an object stands or who owns it: they are pieces or statements of their own. */
const saidElsewhere: ReadonlySet<string> = new Set([
  'owner',
  'tablespace',
  'comment',
  'attribute comments',
  'column order',
  'partition of',
  'inherits',
  'owned by',
  'inherited',
]);

/** Takes a catalog apart. */
export function piecesOf(catalog: Catalog, ignore: readonly Ignorable[] = []): Pieces {
  const { pieces, holders } = new Collector(catalog, ignore);
  const byKey = new Map(pieces.map((piece) => [piece.key, piece]));
  const users = new Map<string, Piece[]>();
  for (const piece of pieces) {
    for (const need of piece.needs) {
      const known = users.get(need);
      if (known === undefined) users.set(need, [piece]);
      else known.push(piece);
    }
  }
  return { catalog, byKey, users, holders };
}

class Collector {
  readonly pieces: Piece[] = [];
  readonly #catalog: Catalog;
  readonly #ignore: readonly Ignorable[];
  readonly #attributes: ReadonlyMap<string, Attributes>;
  readonly #needs = new Map<string, Set<string>>();
  /** What the dependency graph calls an object, where the piece that holds it has another key. */
  readonly holders = new Map<string, string>();
  readonly #generated = new Set<string>();
  readonly #identities: ReturnType<typeof identitySequences>;
  /** Keys of views by dotted path. */
  readonly #viewKeys = new Map<string, string>();

  constructor(catalog: Catalog, ignore: readonly Ignorable[]) {
    this.#catalog = catalog;
    this.#ignore = ignore;
    this.#identities = identitySequences(catalog);
    this.#attributes = new Map(
      canonicalForm(catalog, ignore).map(({ kind, object, attributes }) => [
        `${kind}\0${object}`,
        Object.fromEntries(attributes),
      ]),
    );
    this.#learnNames();
    this.#learnNeeds();
    this.#collect();
  }

  #learnNames(): void {
    for (const table of this.#catalog.tables) {
      for (const index of table.indexes) {
        if (index.constraint === null) continue;
        const constraint = objectKey('constraint', table.schema, memberName(table.name, index.constraint));
        this.holders.set(objectKey('index', table.schema, index.name), constraint);
      }
      for (const column of table.columns) {
        if (column.generated !== null) this.#generated.add(columnKey(table, column.name));
      }
    }
    for (const view of this.#catalog.views) {
      const key = objectKey(view.materialized ? 'materialized view' : 'view', view.schema, view.name);
      this.#viewKeys.set(qualifiedName(view), key);
      for (const column of view.columns) this.holders.set(columnKey(view, column.name), key);
    }
    for (const sequence of this.#catalog.sequences) {
      if (sequence.ownedBy?.identity !== true) continue;
      this.holders.set(sequenceKey(sequence), columnKey(sequence.ownedBy.table, sequence.ownedBy.column));
    }
  }

  #learnNeeds(): void {
    for (const { dependent, on } of this.#catalog.dependencies) {
      const onTable = on.kind === 'table';
      // Ownership, partitions and inheritance are pieces of their own.
      if (onTable && (dependent.kind === 'sequence' || dependent.kind === 'table')) continue;
      const own = objectKey(dependent.kind, dependent.schema, dependent.name);
      const whole = objectKey(on.kind, on.schema, on.name);
      const wanted = [this.holders.get(whole) ?? whole];
      if (onTable && on.column !== null) wanted.push(columnKey(on, on.column));
      for (const key of this.#dependents(own, on.kind)) {
        const known = this.#needs.get(key) ?? new Set();
        for (const need of wanted) if (need !== key) known.add(need);
        this.#needs.set(key, known);
      }
    }
  }

  /** The graph knows a column and its default by one name. */
  #dependents(own: string, on: string): readonly string[] {
    const held = this.holders.get(own);
    if (held !== undefined) return [held];
    if (!own.startsWith('column\0') || this.#generated.has(own)) return [own];
    const ofDefault = own.replace('column\0', 'default\0');
    if (on === 'type') return [own, ofDefault];
    return [on === 'routine' || on === 'sequence' ? ofDefault : own];
  }

  #add(
    key: string,
    object: string,
    part: Part,
    stage: number,
    more: {
      readonly attributes?: Attributes | undefined;
      readonly parent?: string;
      readonly needs?: readonly string[];
      readonly names?: readonly string[];
    },
  ): void {
    const attributes = Object.entries(more.attributes ?? {}).filter(([name]) => !saidElsewhere.has(name));
    const [, schema] = key.split('\0');
    const needs = new Set([...(this.#needs.get(key) ?? []), ...(more.needs ?? [])]);
    if (more.parent !== undefined) needs.add(more.parent);
    if (schema !== undefined && schema !== '') needs.add(objectKey('schema', '', schema));
    needs.delete(key);
    this.pieces.push({
      key,
      object,
      part,
      stage,
      parent: more.parent ?? null,
      needs,
      attributes: Object.fromEntries(attributes),
      names: more.names ?? [],
    });
  }

  #collect(): void {
    const { schemas, extensions, types, sequences, routines, tables, views, otherObjects } = this.#catalog;
    for (const { name } of schemas) {
      this.#add(objectKey('schema', '', name), quoteIdentifier(name), { kind: 'schema', name }, stages.schema, {});
    }
    for (const extension of extensions) {
      const object = quoteIdentifier(extension.name);
      this.#add(
        objectKey('extension', '', extension.name),
        object,
        { kind: 'extension', extension },
        stages.extension,
        {
          attributes: this.#attributes.get(`extension\0${object}`),
          needs: [objectKey('schema', '', extension.schema)],
        },
      );
    }
    for (const type of types) {
      const word = type.kind === 'enum' || type.kind === 'domain' ? type.kind : 'type';
      const object = qualifiedName(type);
      this.#add(objectKey('type', type.schema, type.name), object, { kind: 'type', type }, stages.type, {
        attributes: { kind: type.kind, ...this.#attributes.get(`${word}\0${object}`) },
        names: type.kind === 'composite' ? [typeName(type), relationName(type)] : [typeName(type)],
      });
    }
    for (const sequence of sequences) this.#addSequence(sequence);
    for (const routine of routines) {
      const object = routinePath(routine);
      const key = objectKey('routine', routine.schema, `${routine.name}(${routine.arguments})`);
      this.#add(key, object, { kind: 'routine', routine }, stages.routine, {
        attributes: { kind: routine.kind, ...this.#attributes.get(`${routine.kind}\0${object}`) },
        names: [`routine\0${qualifiedName(routine)}`],
      });
    }
    for (const table of tables) this.#addTable(table);
    for (const view of views) this.#addView(view);
    for (const other of otherObjects ?? []) {
      if (other.kind === 'default privileges' && this.#ignore.includes('grants')) continue;
      const object = otherObjectPath(other);
      const key = objectKey(other.kind, other.schema, other.name);
      this.#add(key, object, { kind: 'other', other }, stageOfOther(other), {
        attributes: this.#attributes.get(`${other.kind}\0${object}`),
        ...(other.table === null ? {} : { parent: this.#relationKey(other.table) }),
      });
    }
  }

  #relationKey(name: ObjectName): string {
    return this.#viewKeys.get(qualifiedName(name)) ?? tableKey(name);
  }

  #addSequence(sequence: Sequence): void {
    const { ownedBy } = sequence;
    const object = qualifiedName(sequence);
    this.#add(sequenceKey(sequence), object, { kind: 'sequence', sequence }, stages.sequence, {
      attributes: {
        ...this.#attributes.get(`sequence\0${object}`),
        identity: ownedBy?.identity === true ? columnKey(ownedBy.table, ownedBy.column) : null,
      },
      names: [relationName(sequence)],
      ...(ownedBy?.identity === true ? { needs: [columnKey(ownedBy.table, ownedBy.column)] } : {}),
    });
    if (ownedBy === null || ownedBy.identity) return;
    const key = objectKey('ownership', sequence.schema, sequence.name);
    this.#add(key, object, { kind: 'ownership', sequence }, stages.default, {
      attributes: { column: columnKey(ownedBy.table, ownedBy.column) },
      needs: [sequenceKey(sequence), tableKey(ownedBy.table), columnKey(ownedBy.table, ownedBy.column)],
    });
  }

  #addTable(table: Table): void {
    const key = tableKey(table);
    const path = qualifiedName(table);
    const parent = key;
    this.#add(key, path, { kind: 'table', table }, stages.table, {
      attributes: this.#attributes.get(`table\0${path}`),
      names: [relationName(table), typeName(table)],
    });
    if (table.partitionOf !== null) {
      const above = table.partitionOf.parent;
      this.#add(attachmentKey(table), path, { kind: 'attachment', table }, stages.table, {
        attributes: { to: `${qualifiedName(above)} ${table.partitionOf.bound}` },
        parent,
        needs: [tableKey(above)],
      });
    }
    for (const from of table.inherits) {
      const own = objectKey('inheritance', table.schema, `${quoteIdentifier(table.name)} ${qualifiedName(from)}`);
      this.#add(own, path, { kind: 'inheritance', table, from }, stages.table, { parent, needs: [tableKey(from)] });
    }
    this.#addColumns(table);
    const backing = new Map(table.indexes.flatMap((index) => (index.constraint ? [[index.constraint, index]] : [])));
    for (const constraint of table.constraints) this.#addConstraint(table, constraint, backing.get(constraint.name));
    for (const index of table.indexes) if (index.constraint === null) this.#addIndex(table, index, key);
    this.#addTriggers(table, key);
    for (const policy of table.policies) {
      const object = `${path}.${quoteIdentifier(policy.name)}`;
      const own = objectKey('policy', table.schema, memberName(table.name, policy.name));
      const attributes = this.#attributes.get(`policy\0${object}`);
      this.#add(own, object, { kind: 'policy', table, policy }, stages.policy, { attributes, parent });
    }
  }

  #addColumns(table: Table): void {
    const parent = tableKey(table);
    const identities = this.#identities.get(qualifiedName(table));
    table.columns.forEach((column, place) => {
      const object = `${qualifiedName(table)}.${quoteIdentifier(column.name)}`;
      const attributes = { ...this.#attributes.get(`column\0${object}`) };
      const fallback = attributes['default'] ?? null;
      if (column.generated === null) delete attributes['default'];
      const identity = identities?.get(column.name);
      // Columns are added in their order.
      const stage = stages.table + (place + 1) / (table.columns.length + 2);
      this.#add(columnKey(table, column.name), object, { kind: 'column', table, column, identity }, stage, {
        attributes: { ...attributes, sequence: identity === undefined ? null : qualifiedName(identity) },
        parent,
      });
      if (column.generated !== null || column.default === null) return;
      this.#add(defaultKey(table, column.name), object, { kind: 'default', table, column }, stages.default, {
        attributes: { default: fallback },
        parent,
        needs: [columnKey(table, column.name)],
      });
    });
  }

  #addConstraint(table: Table, constraint: Table['constraints'][number], index: Index | undefined): void {
    const object = `${qualifiedName(table)}.${quoteIdentifier(constraint.name)}`;
    const key = objectKey('constraint', table.schema, memberName(table.name, constraint.name));
    const { references } = constraint;
    const needs = [
      // An expression of an exclusion constraint stands there without a name.
      ...constraint.columns.filter((column) => column !== '').map((column) => columnKey(table, column)),
      ...(references === null ? [] : [tableKey(references.table)]),
      ...(references?.columns ?? []).map((column) => columnKey(references?.table ?? table, column)),
      ...(index?.parent == null ? [] : [this.#indexPiece(index.parent)]),
    ];
    const kinds: Readonly<Record<string, number>> = {
      'foreign key': stages.foreignKey,
      check: stages.check,
      'not null': stages.check,
    };
    const own = index === undefined ? null : { schema: table.schema, name: index.name };
    this.#add(
      key,
      object,
      { kind: 'constraint', table, constraint, index },
      kinds[constraint.kind] ?? stages.constraint,
      {
        attributes: {
          ...this.#attributes.get(`constraint\0${object}`),
          ...(own === null ? {} : renamed(this.#attributes.get(`index\0${qualifiedName(own)}`))),
        },
        parent: tableKey(table),
        needs,
        names: own === null ? [] : [relationName(own)],
      },
    );
  }

  #addIndex(relation: Table | View, index: Index, parent: string): void {
    const own = { schema: relation.schema, name: index.name };
    const object = qualifiedName(own);
    const columns = [...index.keys.flatMap(({ column }) => (column === null ? [] : [column])), ...index.include];
    const needs = columns.map((column) => {
      const key = columnKey(relation, column);
      return this.holders.get(key) ?? key;
    });
    if (index.parent !== null) needs.push(this.#indexPiece(index.parent));
    this.#add(objectKey('index', own.schema, own.name), object, { kind: 'index', relation, index }, stages.index, {
      attributes: this.#attributes.get(`index\0${object}`),
      parent,
      needs,
      names: [relationName(own)],
    });
  }

  #indexPiece(name: ObjectName): string {
    const key = objectKey('index', name.schema, name.name);
    return this.holders.get(key) ?? key;
  }

  #addTriggers(relation: Table | View, parent: string): void {
    for (const trigger of relation.triggers) {
      const object = `${qualifiedName(relation)}.${quoteIdentifier(trigger.name)}`;
      const key = objectKey('trigger', relation.schema, memberName(relation.name, trigger.name));
      // The switch of a partition's copy comes after every trigger of a parent.
      const stage = trigger.inherited ? stages.policy : stages.trigger;
      const attributes = this.#attributes.get(`trigger\0${object}`);
      this.#add(key, object, { kind: 'trigger', relation, trigger }, stage, { attributes, parent });
    }
  }

  #addView(view: View): void {
    const word = view.materialized ? 'materialized view' : 'view';
    const key = objectKey(word, view.schema, view.name);
    const path = qualifiedName(view);
    const defaults = view.columns.flatMap(({ name, default: value }) =>
      value == null ? [] : [`${quoteIdentifier(name)} ${value}`],
    );
    const columns = view.columns.map(({ name, type }) => `${quoteIdentifier(name)} ${type}`);
    this.#add(key, path, { kind: 'view', view }, stages.view, {
      attributes: {
        ...this.#attributes.get(`${word}\0${path}`),
        columns: columns.join(', '),
        defaults: defaults.length === 0 ? null : defaults.join(', '),
      },
      names: [relationName(view), typeName(view)],
    });
    for (const index of view.indexes) this.#addIndex(view, index, key);
    this.#addTriggers(view, key);
  }
}

const relationName = (name: ObjectName): string => `relation\0${qualifiedName(name)}`;
const typeName = (name: ObjectName): string => `type\0${qualifiedName(name)}`;

/** The attributes of the index that backs a constraint, apart from those of the constraint itself. */
const renamed = (attributes: Attributes | undefined): Attributes =>
  Object.fromEntries(
    Object.entries(attributes ?? {})
      .filter(([name]) => !saidElsewhere.has(name) && name !== 'constraint')
      .map(([name, value]) => [`index ${name}`, value]),
  );
