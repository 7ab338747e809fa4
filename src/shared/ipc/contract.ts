import * as z from 'zod';
import { dependencySchema, objectNameSchema } from '../../engine/catalog/catalog.ts';
import { changePictureSchema } from '../../engine/catalog/change-picture.ts';
import { shadowRunReportSchema, shadowStepNameSchema } from '../../engine/shadow/report.ts';
import { directionSchema, migrationReportSchema } from '../../engine/validate/report.ts';
import {
  connectionProfileSchema,
  connectionSettingsSchema,
  environmentSchema,
  serverIdentitySchema,
} from '../connection-profile.ts';
import { connectionIdSchema, migrationIdSchema } from '../ids.ts';
import { historyEventSchema, migrationSchema, migrationSummarySchema, migrationVersionSchema } from '../migration.ts';
import { ruleCardSchema } from '../rule-card.ts';
import { settingsSchema } from '../settings.ts';

/** What a reading of a catalog is known by. */
const catalogKeySchema = z.object({ fingerprint: z.string().max(64), capturedAt: z.string().max(64) });

/** A catalog to compare with: one that was read and kept, or the one of a snapshot or schema file that a person chose. */
const comparedSideSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('reading'), fingerprint: z.string().max(64) }),
  z.object({ kind: z.literal('file'), path: z.string().min(1).max(4096) }),
]);

/** An object in the words of the catalog's dependencies. */
const graphObjectSchema = dependencySchema.shape.dependent;

/** Objects that were reached, each with the way to it. */
const reachedSchema = z
  .array(z.object({ object: graphObjectSchema, path: z.array(graphObjectSchema), isParsed: z.boolean() }))
  .readonly();

const nothing = z.object({});

/** Where a secret goes: the OS keychain, or the memory of this process until it ends. */
const secretStorageSchema = z.enum(['keychain', 'session']);

/** What to do with the password of a profile. Secrets travel from the window to main and never back. */
const passwordChangeSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('keep') }),
  z.object({ kind: z.literal('set'), value: z.string().min(1).max(4096), storage: secretStorageSchema }),
  /** The password that came with a URI, held in main under this id. */
  z.object({ kind: z.literal('from-uri'), id: z.string(), storage: secretStorageSchema }),
  z.object({ kind: z.literal('forget') }),
]);

const connectionListItemSchema = connectionProfileSchema.extend({
  password: z.enum(['keychain', 'session', 'none']),
  /** Set while the connection is open. */
  identity: serverIdentitySchema.nullable(),
  lastUsedAt: z.string().nullable(),
  /** When the catalog that is kept for offline use was read. */
  catalogAt: z.string().nullable(),
});

const newProfileSchema = connectionProfileSchema.omit({ id: true }).extend({ id: connectionIdSchema.nullable() });

/** A name that an object of PostgreSQL can have. */
const objectNamePartSchema = z
  .string()
  .min(1)
  .max(63)
  .refine((name) => !name.includes('\0'));

const exportFileSchema = z.object({ path: z.string(), contents: z.string() });

/** Request and answer, quick. */
const requests = {
  'app.info': {
    input: nothing,
    output: z.object({ version: z.string(), electron: z.string(), platform: z.string(), historyPath: z.string() }),
  },
  'app.openExternal': { input: z.object({ url: z.url() }), output: nothing },
  'connections.list': { input: nothing, output: z.array(connectionListItemSchema) },
  'connections.parseUri': {
    input: z.object({ uri: z.string().max(4096) }),
    output: z.object({ settings: connectionSettingsSchema, passwordId: z.string().nullable() }),
  },
  'connections.save': {
    input: z.object({ profile: newProfileSchema, password: passwordChangeSchema }),
    output: connectionListItemSchema,
  },
  'connections.delete': { input: z.object({ id: connectionIdSchema }), output: nothing },
  /** The statements that make a role for Lockstep, with a placeholder for its password; nothing is run. */
  'connections.roleScript': {
    input: z.object({
      role: objectNamePartSchema,
      database: objectNamePartSchema,
      /** The connection whose kept catalog tells the schemas. */
      connectionId: connectionIdSchema.nullable(),
    }),
    output: z.object({ script: z.string() }),
  },
  'connections.close': { input: z.object({ id: connectionIdSchema }), output: nothing },
  'secrets.status': {
    input: nothing,
    output: z.object({
      keychain: z.enum(['available', 'locked', 'unavailable']),
      /** Why the keychain cannot be used, or null. */
      reason: z.string().nullable(),
      apiKey: z.enum(['keychain', 'session', 'none']),
    }),
  },
  'secrets.setApiKey': {
    input: z.object({ value: z.string().min(1).max(4096), storage: secretStorageSchema }),
    output: nothing,
  },
  'secrets.forgetApiKey': { input: nothing, output: nothing },
  'settings.get': { input: nothing, output: settingsSchema },
  'rules.list': { input: nothing, output: z.array(ruleCardSchema) },
  'settings.save': { input: settingsSchema, output: settingsSchema },
  /** The catalog kept from the last time it was read, for offline use. */
  'catalog.kept': {
    /** `known` is the reading that the page has already, which is not sent again. */
    input: z.object({ connectionId: connectionIdSchema, known: catalogKeySchema.nullable().default(null) }),
    output: z.discriminatedUnion('kind', [
      z.object({ kind: z.enum(['none', 'same']) }),
      /** JSON text, compressed as raw deflate: to take a large one apart in main would hold up the window. */
      z.object({ kind: z.literal('catalog'), packed: z.instanceof(Uint8Array) }),
    ]),
  },
  /** The readings of a connection that are kept, the newest first, and up to which one the changes were seen. */
  'catalog.readings': {
    input: z.object({ connectionId: connectionIdSchema }),
    output: z.array(catalogKeySchema.extend({ isSeen: z.boolean() })),
  },
  'catalog.markSeen': {
    input: z.object({ connectionId: connectionIdSchema, fingerprint: z.string().max(64) }),
    output: nothing,
  },
  /** Lets a person choose a snapshot or a schema file to compare with; null when they close the dialog. */
  'catalog.chooseFile': { input: nothing, output: z.object({ path: z.string().nullable() }) },
  /** Who uses an object and what it uses, the bodies of routines included, and routines whose text names it. */
  'catalog.uses': {
    input: z.object({ fingerprint: z.string().max(64), object: graphObjectSchema }),
    output: z.object({
      by: reachedSchema,
      on: reachedSchema,
      naming: z.array(graphObjectSchema).readonly(),
    }),
  },
  'migrations.list': { input: nothing, output: z.array(migrationSummarySchema) },
  'migrations.get': { input: z.object({ id: migrationIdSchema }), output: migrationSchema },
  'migrations.create': {
    input: z.object({ connectionId: connectionIdSchema, request: z.string().max(10_000) }),
    output: migrationSchema,
  },
  'migrations.saveText': {
    input: z.object({
      id: migrationIdSchema,
      title: z.string().min(1).max(200),
      up: z.string().max(4_000_000),
      down: z.string().max(4_000_000),
    }),
    output: migrationSchema,
  },
  'migrations.versions': { input: z.object({ id: migrationIdSchema }), output: z.array(migrationVersionSchema) },
  'migrations.review': {
    input: z.object({ id: migrationIdSchema, version: z.number().int() }),
    output: migrationSchema,
  },
  'history.events': {
    input: z.object({
      text: z.string().max(500).default(''),
      connectionId: connectionIdSchema.nullable().default(null),
    }),
    output: z.array(historyEventSchema),
  },
  /** What the model would be sent, before anything is sent. */
  'draft.preview': {
    input: z.object({ connectionId: connectionIdSchema, request: z.string().max(10_000) }),
    output: z.object({
      promptVersion: z.string(),
      planningModel: z.string(),
      writingModel: z.string(),
      /** Tables most likely to be sent; the cheap model may choose others from the list of all names. */
      tables: z.array(objectNameSchema),
      estimatedInputTokens: z.number().int(),
      estimatedCostDollars: z.number().nullable(),
      prompt: z.string(),
    }),
  },
  /** Writes a picture or text of the diagram where the person wants it; null when they close the dialog. */
  'diagram.save': {
    input: z.object({
      /** Proposed name of the file, without its ending. */
      name: z.string().min(1).max(200),
      format: z.enum(['svg', 'png', 'mmd', 'dbml']),
      /** Text, or the bytes of a PNG in base64. */
      contents: z.string().max(100_000_000),
    }),
    output: z.object({ path: z.string().nullable() }),
  },
  'export.preview': {
    input: z.object({ id: migrationIdSchema }),
    output: z.object({ files: z.array(exportFileSchema) }),
  },
  'export.chooseDirectory': { input: nothing, output: z.object({ directory: z.string().nullable() }) },
  'export.write': {
    input: z.object({ id: migrationIdSchema, directory: z.string().min(1) }),
    output: z.object({ files: z.array(z.string()) }),
  },
  'export.reveal': { input: z.object({ path: z.string() }), output: nothing },
} as const;

/** Long work: progress while it runs, can be cancelled, ends with one output. */
const operations = {
  'connections.test': {
    input: z.object({ profile: newProfileSchema, password: passwordChangeSchema }),
    progress: z.object({ phase: z.string() }),
    output: z.object({ identity: serverIdentitySchema, milliseconds: z.number() }),
  },
  'connections.open': {
    input: z.object({ id: connectionIdSchema }),
    progress: z.object({ phase: z.string() }),
    output: z.object({ identity: serverIdentitySchema, environment: environmentSchema, milliseconds: z.number() }),
  },
  'catalog.introspect': {
    input: z.object({ connectionId: connectionIdSchema }),
    progress: z.object({ phase: z.string(), done: z.number().int(), total: z.number().int() }),
    output: catalogKeySchema,
  },
  /** What differs from `before` to `after`. */
  'catalog.compare': {
    input: z.object({
      before: comparedSideSchema,
      after: comparedSideSchema,
      /** Leaves out what faithful copies differ in: owners, tablespaces, the order of columns, the layout of bodies. */
      asCopies: z.boolean(),
    }),
    progress: z.object({ phase: z.string() }),
    /** A `CatalogComparison`, packed like a kept catalog: of large databases it is large too. */
    output: z.object({ packed: z.instanceof(Uint8Array) }),
  },
  'draft.generate': {
    input: z.object({
      id: migrationIdSchema,
      request: z.string().min(1).max(10_000),
      planner: z.enum(['auto', 'built-in', 'anthropic']),
    }),
    progress: z.object({
      phase: z.string(),
      /** New text of the reply, and all of it so far. */
      delta: z.string(),
      snapshot: z.string(),
      /** The SQL in the reply as far as it has come. */
      up: z.string(),
      down: z.string(),
    }),
    output: migrationSchema,
  },
  'validate.run': {
    input: z.object({ id: migrationIdSchema, up: z.string().max(4_000_000), down: z.string().max(4_000_000) }),
    progress: nothing,
    /** Saved with the version when the text is the one that is saved. */
    output: migrationReportSchema,
  },
  /** What an up makes of the kept catalog, drawn without running it; null when no catalog was ever read. */
  'migrations.picture': {
    input: z.object({ id: migrationIdSchema, up: z.string().max(4_000_000) }),
    progress: nothing,
    output: z
      .object({
        /** Null when the text is not SQL. */
        picture: changePictureSchema.nullable(),
        /** Objects of which it is not known how they stand afterwards, by dotted path. */
        uncertain: z.array(z.string()),
        /** True where code runs that may do anything, such as a `DO` block. */
        unknown: z.boolean(),
      })
      .nullable(),
  },
  'shadow.run': {
    input: z.object({ id: migrationIdSchema }),
    progress: z.object({
      step: z.enum(['start', 'clone', 'rows', ...shadowStepNameSchema.options]),
      statement: z.object({ direction: directionSchema, index: z.number().int(), count: z.number().int() }).nullable(),
    }),
    output: shadowRunReportSchema,
  },
} as const;

/** Main tells every window. */
const events = {
  'connections.changed': nothing,
  'migrations.changed': z.object({ id: migrationIdSchema }),
  'settings.changed': settingsSchema,
} as const;

/** Every channel between a window and main, declared once; handlers and client are derived from it. */
export const contract = { requests, operations, events } as const;

export type Requests = typeof requests;
export type Operations = typeof operations;
export type Events = typeof events;
export type ConnectionListItem = Readonly<z.infer<typeof connectionListItemSchema>>;
export type ComparedSide = Readonly<z.infer<typeof comparedSideSchema>>;
export type PasswordChange = Readonly<z.infer<typeof passwordChangeSchema>>;
export type NewProfile = Readonly<z.infer<typeof newProfileSchema>>;
