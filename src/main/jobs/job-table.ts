import type { Catalog } from '../../engine/catalog/catalog.ts';
import type { Draft } from '../../engine/generate/draft.ts';
import type { ShadowRunReport } from '../../engine/shadow/report.ts';
import type { Profile } from '../../engine/validate/profile.ts';
import type { MigrationReport } from '../../engine/validate/report.ts';
import type { ConnectionSettings, ServerIdentity } from '../../shared/connection-profile.ts';
import type { LockstepError } from '../../shared/errors.ts';
import type {
  OperationOutput,
  OperationProgress,
  ParsedOperation,
  ParsedRequest,
  RequestOutput,
} from '../../shared/ipc/wire.ts';
import type { Result } from '../../shared/result.ts';
import type { Settings } from '../../shared/settings.ts';

/** The database that a job reads. The password is a plain string here because messages between threads carry only data. */
export type DatabaseSource =
  | { readonly kind: 'sample' }
  | {
      readonly kind: 'postgresql';
      readonly settings: ConnectionSettings;
      readonly password: string | null;
      readonly statementTimeoutSeconds: number;
    };

/** Everything that runs outside the main thread. Catalogs go by fingerprint; a worker asks for one that it does not hold. */
export type JobTable = {
  'connection.test': {
    readonly input: { readonly source: DatabaseSource };
    readonly progress: OperationProgress<'connections.test'>;
    readonly output: { readonly identity: ServerIdentity; readonly milliseconds: number };
  };
  'catalog.read': {
    readonly input: {
      readonly source: DatabaseSource;
      /** The last reading of this database: only what has changed since then is read. */
      readonly earlier: { readonly fingerprint: string; readonly state: string } | null;
    };
    readonly progress: OperationProgress<'catalog.introspect'>;
    /** The packed catalog with what it is known by, the state of the database where it can be known, and who answered. */
    readonly output: {
      readonly identity: ServerIdentity;
      readonly catalog: Pick<Catalog, 'formatVersion' | 'fingerprint' | 'portableFingerprint' | 'capturedAt'>;
      readonly packed: Uint8Array;
      readonly state: string | null;
    };
  };
  'catalog.uses': {
    readonly input: ParsedRequest<'catalog.uses'>;
    readonly progress: never;
    readonly output: RequestOutput<'catalog.uses'>;
  };
  'catalog.compare': {
    readonly input: ParsedOperation<'catalog.compare'>;
    readonly progress: OperationProgress<'catalog.compare'>;
    readonly output: OperationOutput<'catalog.compare'>;
  };
  'catalog.schemas': {
    readonly input: { readonly fingerprint: string };
    readonly progress: never;
    readonly output: readonly string[];
  };
  'draft.plan': {
    readonly input: { readonly request: string; readonly fingerprint: string };
    readonly progress: never;
    readonly output: Draft;
  };
  'draft.preview': {
    readonly input: { readonly request: string; readonly fingerprint: string; readonly settings: Settings };
    readonly progress: never;
    readonly output: RequestOutput<'draft.preview'>;
  };
  'draft.ask': {
    readonly input: {
      readonly request: string;
      readonly fingerprint: string;
      readonly settings: Settings;
      readonly apiKey: string;
      readonly baseUrl: string;
    };
    readonly progress: OperationProgress<'draft.generate'>;
    readonly output: Draft;
  };
  'migration.validate': {
    readonly input: {
      readonly name: string;
      readonly up: string;
      readonly down: string;
      /** Null when no catalog was ever read; the report then says what could not be checked. */
      readonly fingerprint: string | null;
      readonly profile: Profile;
    };
    readonly progress: never;
    readonly output: MigrationReport;
  };
  'migration.picture': {
    readonly input: { readonly up: string; readonly fingerprint: string };
    readonly progress: never;
    readonly output: NonNullable<OperationOutput<'migrations.picture'>>;
  };
  'shadow.run': {
    readonly input: {
      readonly up: string;
      readonly down: string;
      readonly fingerprint: string;
      /** The server that somebody named for shadow runs, or null. */
      readonly server: DatabaseSource | null;
    };
    readonly progress: OperationProgress<'shadow.run'>;
    readonly output: ShadowRunReport;
  };
};

export type JobName = keyof JobTable;
export type JobInput<J extends JobName> = JobTable[J]['input'];
export type JobProgress<J extends JobName> = JobTable[J]['progress'];
export type JobResult<J extends JobName> = Result<JobTable[J]['output'], LockstepError>;

/** Jobs of one lane share a thread, so that a long one never delays those of another lane. */
export type Lane = 'analysis' | 'database' | 'model' | 'shadow';

/** The lane of each job. */
export const laneOf: { readonly [J in JobName]: Lane } = {
  'connection.test': 'database',
  'catalog.read': 'database',
  'catalog.uses': 'analysis',
  'catalog.compare': 'analysis',
  'catalog.schemas': 'analysis',
  'draft.plan': 'analysis',
  'draft.preview': 'analysis',
  'draft.ask': 'model',
  'migration.validate': 'analysis',
  'migration.picture': 'analysis',
  'shadow.run': 'shadow',
};

/** What a worker is told when it starts. */
export type WorkerEnvironment = {
  /** Folder of the sample database's image. */
  readonly sampleFolder: string;
  /** The images that were shipped: of an empty database and of the sample. */
  readonly imagesFolder: string;
  /** The bundled entry of the embedded engine's own thread. */
  readonly pgliteWorkerFile: string;
};

/** Main to worker. */
export type ToWorker =
  | { readonly kind: 'run'; readonly id: number; readonly job: JobName; readonly input: unknown }
  | { readonly kind: 'cancel'; readonly id: number }
  | { readonly kind: 'catalog'; readonly fingerprint: string; readonly packed: Uint8Array | null };

/** Worker to main. */
export type FromWorker =
  | { readonly kind: 'progress'; readonly id: number; readonly progress: unknown }
  | { readonly kind: 'done'; readonly id: number; readonly result: Result<unknown, LockstepError> }
  | { readonly kind: 'bug'; readonly id: number; readonly stack: string }
  | { readonly kind: 'catalog-wanted'; readonly fingerprint: string };
