import type { MigrationFiles, SourceText } from '../../adapters/files/read-migrations.ts';
import type { Direction } from '../../engine/validate/report.ts';

/** The file that a finding is shown in: its own, or the other half where the finding is that its own is missing. */
export const sourceOf = (direction: Direction, files: MigrationFiles | undefined): SourceText | null =>
  files?.[direction] ?? files?.up ?? files?.down ?? null;
