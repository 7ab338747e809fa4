import type { DeepReadonly } from '../../shared/deep-readonly.ts';
import type { Draft } from '../generate/draft.ts';
import type { ShadowRunReport } from '../shadow/report.ts';
import type { MigrationReport } from '../validate/report.ts';

/** A file to write: `path` is relative to the chosen folder, with `/` between its parts. */
export type ExportFile = { readonly path: string; readonly contents: string };

/** Everything that an export may need of one migration; nothing is read from a clock or a disk. */
export type ExportInput = DeepReadonly<{
  /** The user's words; empty when the SQL was typed by hand. */
  request: string;
  draft: Draft;
  /** Fingerprint of the catalog that the migration was written for. */
  baseFingerprint: string | null;
  /** The one that it shares with its copies. */
  portableBaseFingerprint: string | null;
  validation: MigrationReport | null;
  shadowRun: ShadowRunReport | null;
  /** ISO 8601 time that becomes the version in the file names; it is written in UTC. */
  at: string;
}>;

/** The file format of one migration tool. */
export interface ExportTarget {
  /** What `--format` and `--to` call it. */
  readonly id: string;
  /** What a person calls it. */
  readonly title: string;
  /** The exact files, in the order in which they are to be written; the same input always gives the same bytes. */
  files(input: ExportInput): readonly ExportFile[];
}
