import * as z from 'zod';
import type { DeepReadonly } from '../../shared/deep-readonly.ts';
import { factsSchema } from './facts.ts';

/**
 * Marks a part of the catalog that only PostgreSQL has. The catalog's `engine` is the one discriminant: a catalog of
 * another engine is another member of a union by it, made of the parts that are not marked and of its own. Whoever reads
 * a marked part asks for the engine first; `z.globalRegistry.get(part)` and the JSON schema show the mark.
 */
const postgresqlOnly = { engine: 'postgresql' } as const;

/** Identity of a database object: always both parts, because two schemas may hold one name. */
export const objectNameSchema = z.object({ schema: z.string(), name: z.string() });

/** A column; `type` is what `format_type` says. `default` holds the expression of a generated column too. */
export const columnSchema = z.object({
  name: z.string(),
  type: z.string(),
  notNull: z.boolean(),
  /** Name of the `NOT NULL` where it is not the `table_column_not_null` that a new table gets. PostgreSQL 18 only. */
  notNullName: z.string().optional(),
  /**
   * True when a column of the table's own is `NOT NULL` only because a parent's is, and when it is so as the parent's is:
   * not validated. PostgreSQL 18 only.
   */
  notNullInherited: z.literal(true).optional(),
  default: z.string().nullable(),
  identity: z.enum(['always', 'by default']).nullable(),
  generated: z.enum(['stored', 'virtual']).nullable(),
  collation: z.string().nullable(),
  storage: z.string().nullable().meta(postgresqlOnly),
  compression: z.string().nullable().meta(postgresqlOnly),
  statisticsTarget: z.number().nullable().meta(postgresqlOnly),
  /** False when the column only comes from an inheritance or partition parent. */
  local: z.boolean().meta(postgresqlOnly),
  /** Options as `name=value`, such as `n_distinct`; options of the foreign data wrapper for a foreign table. */
  options: z.array(z.string()).optional().meta(postgresqlOnly),
  comment: z.string().nullable(),
});

export const referentialActionSchema = z.enum(['no action', 'restrict', 'cascade', 'set null', 'set default']);

/**
 * A constraint; `definition` is what `pg_get_constraintdef` says. A `not null` constraint is listed only where it says
 * more than the column's `notNull`: a name that people chose, `NOT VALID` or `NO INHERIT`, or being validated where the
 * parent's is not (PostgreSQL 18).
 */
export const constraintSchema = z.object({
  name: z.string(),
  kind: z.enum(['primary key', 'unique', 'check', 'exclusion', 'foreign key', 'not null', 'trigger']),
  columns: z.array(z.string()),
  definition: z.string(),
  validated: z.boolean(),
  deferrable: z.boolean(),
  initiallyDeferred: z.boolean(),
  noInherit: z.boolean().meta(postgresqlOnly),
  /** False when it only comes from a parent table. */
  local: z.boolean().meta(postgresqlOnly),
  references: z
    .object({
      table: objectNameSchema,
      columns: z.array(z.string()),
      onUpdate: referentialActionSchema,
      onDelete: referentialActionSchema,
      match: z.enum(['simple', 'full', 'partial']),
    })
    .nullable(),
  comment: z.string().nullable(),
});

/** Where it is kept; absent when that is the tablespace of the database. */
const tablespaceSchema = z.string().optional().meta(postgresqlOnly);

/** An index; `definition` is what `pg_get_indexdef` says. */
export const indexSchema = z.object({
  name: z.string(),
  method: z.string(),
  unique: z.boolean(),
  nullsNotDistinct: z.boolean().meta(postgresqlOnly),
  valid: z.boolean().meta(postgresqlOnly),
  keys: z.array(
    z.object({
      /** The column, or null for an expression. */
      column: z.string().nullable(),
      expression: z.string().nullable(),
      descending: z.boolean(),
      nullsFirst: z.boolean(),
    }),
  ),
  include: z.array(z.string()).meta(postgresqlOnly),
  predicate: z.string().nullable(),
  definition: z.string(),
  /** Name of the constraint that this index backs. */
  constraint: z.string().nullable(),
  /** The partitioned index that this one is attached to. */
  parent: objectNameSchema.nullable().meta(postgresqlOnly),
  replicaIdentity: z.boolean().meta(postgresqlOnly),
  clustered: z.boolean().meta(postgresqlOnly),
  /** Storage options as `name=value`. */
  options: z.array(z.string()).optional().meta(postgresqlOnly),
  /** Statistics targets that people set for its columns, which have numbers from 1 and matter where one is an expression. */
  columnStatistics: z
    .array(z.object({ number: z.number(), target: z.number() }))
    .optional()
    .meta(postgresqlOnly),
  tablespace: tablespaceSchema,
  comment: z.string().nullable(),
});

/** A trigger that is not internal; `definition` is what `pg_get_triggerdef` says. */
export const triggerSchema = z.object({
  name: z.string(),
  definition: z.string(),
  enabled: z.enum(['origin', 'disabled', 'replica', 'always']).meta(postgresqlOnly),
  function: objectNameSchema,
  /** True when it was cloned from the partitioned parent's trigger. */
  inherited: z.boolean().meta(postgresqlOnly),
  comment: z.string().nullable(),
});

/** A row security policy. */
export const policySchema = z.object({
  name: z.string(),
  permissive: z.boolean(),
  command: z.enum(['all', 'select', 'insert', 'update', 'delete']),
  roles: z.array(z.string()),
  using: z.string().nullable(),
  check: z.string().nullable(),
  comment: z.string().nullable(),
});

/** A table of any kind. */
export const tableSchema = z.object({
  schema: z.string(),
  name: z.string(),
  kind: z.enum(['table', 'partitioned table', 'foreign table']),
  persistence: z.enum(['permanent', 'unlogged']).meta(postgresqlOnly),
  columns: z.array(columnSchema),
  constraints: z.array(constraintSchema),
  indexes: z.array(indexSchema),
  triggers: z.array(triggerSchema),
  policies: z.array(policySchema).meta(postgresqlOnly),
  rowSecurity: z.boolean().meta(postgresqlOnly),
  forceRowSecurity: z.boolean().meta(postgresqlOnly),
  /** What `pg_get_partkeydef` says, for a partitioned table. */
  partitionKey: z.string().nullable().meta(postgresqlOnly),
  partitionOf: z.object({ parent: objectNameSchema, bound: z.string() }).nullable().meta(postgresqlOnly),
  inherits: z.array(objectNameSchema).meta(postgresqlOnly),
  replicaIdentity: z.enum(['default', 'nothing', 'full', 'index']).meta(postgresqlOnly),
  options: z.array(z.string()).meta(postgresqlOnly),
  /** The table access method when it is not `heap`. */
  accessMethod: z.string().nullable().optional().meta(postgresqlOnly),
  tablespace: tablespaceSchema,
  /** The server and the options of a foreign table. */
  foreign: z
    .object({ server: z.string(), options: z.array(z.string()) })
    .nullable()
    .optional()
    .meta(postgresqlOnly),
  owner: z.string(),
  comment: z.string().nullable(),
});

/** A view or materialized view; `definition` is what `pg_get_viewdef` says. */
export const viewSchema = z.object({
  schema: z.string(),
  name: z.string(),
  materialized: z.boolean().meta(postgresqlOnly),
  definition: z.string(),
  columns: z.array(
    z.object({
      name: z.string(),
      type: z.string(),
      /** Absent when it is that of the type. */
      collation: z.string().optional(),
      default: z.string().nullable().optional(),
      comment: z.string().nullable(),
    }),
  ),
  indexes: z.array(indexSchema),
  triggers: z.array(triggerSchema),
  options: z.array(z.string()).meta(postgresqlOnly),
  populated: z.boolean().meta(postgresqlOnly),
  tablespace: tablespaceSchema,
  owner: z.string(),
  comment: z.string().nullable(),
});

/** A sequence; the numbers are decimal strings because they may exceed 2^53. */
export const sequenceSchema = z.object({
  schema: z.string(),
  name: z.string(),
  type: z.string(),
  start: z.string(),
  increment: z.string(),
  minimum: z.string(),
  maximum: z.string(),
  cache: z.string(),
  cycle: z.boolean(),
  /** The column that owns it, and whether it is that column's identity. */
  ownedBy: z.object({ table: objectNameSchema, column: z.string(), identity: z.boolean() }).nullable(),
  owner: z.string(),
  comment: z.string().nullable(),
});

/** A type that people create: enum, domain, composite, range. */
export const typeSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('enum'),
    schema: z.string(),
    name: z.string(),
    labels: z.array(z.string()),
    owner: z.string(),
    comment: z.string().nullable(),
  }),
  z.object({
    kind: z.literal('domain'),
    schema: z.string(),
    name: z.string(),
    baseType: z.string(),
    notNull: z.boolean(),
    /** Name of the `NOT NULL` where it is not the `domain_not_null` that a new domain gets. PostgreSQL 18 only. */
    notNullName: z.string().optional(),
    default: z.string().nullable(),
    collation: z.string().nullable(),
    constraints: z.array(
      z.object({
        name: z.string(),
        definition: z.string(),
        validated: z.boolean(),
        comment: z.string().optional(),
      }),
    ),
    owner: z.string(),
    comment: z.string().nullable(),
  }),
  z.object({
    kind: z.literal('composite'),
    schema: z.string(),
    name: z.string(),
    attributes: z.array(
      z.object({
        name: z.string(),
        type: z.string(),
        collation: z.string().nullable(),
        comment: z.string().nullable().optional(),
      }),
    ),
    owner: z.string(),
    comment: z.string().nullable(),
  }),
  z.object({
    kind: z.literal('range'),
    schema: z.string(),
    name: z.string(),
    subtype: z.string(),
    options: z.array(z.string()),
    owner: z.string(),
    comment: z.string().nullable(),
  }),
]);

/** A function, procedure or aggregate; `definition` is a complete `CREATE` statement. */
export const routineSchema = z.object({
  schema: z.string(),
  name: z.string(),
  kind: z.enum(['function', 'procedure', 'aggregate', 'window function']),
  /** What `pg_get_function_identity_arguments` says. */
  arguments: z.string(),
  result: z.string().nullable(),
  language: z.string(),
  volatility: z.enum(['immutable', 'stable', 'volatile']),
  strict: z.boolean(),
  securityDefiner: z.boolean(),
  definition: z.string(),
  owner: z.string(),
  comment: z.string().nullable(),
});

/**
 * A privilege that differs from what the owner's defaults give: granted beyond them, or revoked from them. `name` is the
 * object's own name, of a routine with its arguments. An empty `grantee` is PUBLIC.
 */
export const grantSchema = z.object({
  kind: z.enum([
    'schema',
    'table',
    'view',
    'materialized view',
    'sequence',
    'type',
    'routine',
    'column',
    'language',
    'foreign data wrapper',
    'server',
  ]),
  /** Empty for an object that belongs to no schema. */
  schema: z.string(),
  name: z.string(),
  column: z.string().nullable(),
  grantee: z.string(),
  /** The role that handed on what it was given; absent when the owner granted. */
  grantor: z.string().optional(),
  privilege: z.string(),
  grantable: z.boolean(),
  revoked: z.boolean(),
});

/**
 * An object that is known by the statements that make it: every kind that nothing here reasons about, from operator
 * classes to subscriptions, and `setting`, what a statement of its own says of a relation. PostgreSQL only. Values that
 * may be secrets are `****`.
 */
export const definedObjectSchema = z.object({
  kind: z.string(),
  /** Empty for an object that belongs to no schema. */
  schema: z.string(),
  name: z.string(),
  /** The table that it belongs to. */
  table: objectNameSchema.nullable(),
  /** A complete statement without a semicolon. */
  definition: z.string(),
  /** Statements that complete it, in their order. */
  further: z.array(z.string()).optional(),
  /** Roles that the statements name. */
  roles: z.array(z.string()).optional(),
  owner: z.string(),
  comment: z.string().nullable(),
});

/** An installed extension. What belongs to it is not in the catalog, but what people make may depend on it. */
export const extensionSchema = z.object({
  name: z.string(),
  version: z.string(),
  schema: z.string(),
  /** Absent when it is the one that the extension brings. */
  comment: z.string().optional(),
  /** How many objects of each kind belong to it. */
  members: z.array(z.object({ kind: z.string(), count: z.number().int() })).optional(),
});

/**
 * One edge of the dependency graph: `dependent` uses `on`. `name` is the object's own name as it is; of a routine with
 * its arguments in parentheses; of what belongs to a relation (column, constraint, trigger, policy, rule) the relation and
 * the object, each quoted where needed, with a dot between them.
 */
export const dependencySchema = z.object({
  dependent: z.object({ kind: z.string(), schema: z.string(), name: z.string() }),
  on: z.object({ kind: z.string(), schema: z.string(), name: z.string(), column: z.string().nullable() }),
});

/**
 * Everything introspected from one database at one moment. Arrays are sorted by schema and name (columns by position),
 * so that equal databases give equal catalogs.
 */
export const catalogSchema = z.object({
  formatVersion: z.literal(1),
  engine: z.literal('postgresql'),
  server: z.object({
    /** `server_version_num`, for example 180006. */
    version: z.number().int(),
    /** The default search path of the session, without `pg_catalog`. */
    searchPath: z.array(z.string()),
    database: z.string(),
    timeZone: z.string(),
    /** How the database writes and sorts texts, as `CREATE DATABASE` says it; absent in snapshots of before it was read. */
    encoding: z.string().optional(),
    collate: z.string().optional(),
    ctype: z.string().optional(),
  }),
  capturedAt: z.iso.datetime({ offset: true }),
  schemas: z.array(z.object({ name: z.string(), owner: z.string(), comment: z.string().nullable() })),
  extensions: z.array(extensionSchema).meta(postgresqlOnly),
  tables: z.array(tableSchema),
  views: z.array(viewSchema),
  sequences: z.array(sequenceSchema).meta(postgresqlOnly),
  types: z.array(typeSchema).meta(postgresqlOnly),
  routines: z.array(routineSchema),
  grants: z.array(grantSchema).optional().meta(postgresqlOnly),
  otherObjects: z.array(definedObjectSchema).optional().meta(postgresqlOnly),
  dependencies: z.array(dependencySchema),
  /** Objects that exist in the database and are not in this catalog, in words. Never silent. */
  notModelled: z.array(z.string()),
  /** What is in the database and was not shown to the role that read it, in words. Absent when nothing was hidden. */
  notVisible: z.array(z.string()).optional(),
  /** SHA-256 of the canonical form, as hex. */
  fingerprint: z.string(),
  /** The same without what a faithful copy may differ in: what the steps of a shadow run are known by. */
  portableFingerprint: z.string().optional(),
  facts: factsSchema.nullable(),
});

export type ObjectName = DeepReadonly<z.infer<typeof objectNameSchema>>;
export type Column = DeepReadonly<z.infer<typeof columnSchema>>;
export type Constraint = DeepReadonly<z.infer<typeof constraintSchema>>;
export type Index = DeepReadonly<z.infer<typeof indexSchema>>;
export type Trigger = DeepReadonly<z.infer<typeof triggerSchema>>;
export type Policy = DeepReadonly<z.infer<typeof policySchema>>;
export type Table = DeepReadonly<z.infer<typeof tableSchema>>;
export type View = DeepReadonly<z.infer<typeof viewSchema>>;
export type Sequence = DeepReadonly<z.infer<typeof sequenceSchema>>;
export type DatabaseType = DeepReadonly<z.infer<typeof typeSchema>>;
export type Routine = DeepReadonly<z.infer<typeof routineSchema>>;
export type Extension = DeepReadonly<z.infer<typeof extensionSchema>>;
export type Grant = DeepReadonly<z.infer<typeof grantSchema>>;
export type DefinedObject = DeepReadonly<z.infer<typeof definedObjectSchema>>;
export type Dependency = DeepReadonly<z.infer<typeof dependencySchema>>;
export type Catalog = DeepReadonly<z.infer<typeof catalogSchema>>;
