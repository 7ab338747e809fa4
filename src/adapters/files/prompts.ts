import chooseTables from '../../../resources/prompts/choose-tables.v1.md?raw';
import repairMigration from '../../../resources/prompts/repair-migration.v1.md?raw';
import writeMigration from '../../../resources/prompts/write-migration.v1.md?raw';
import type { Prompts } from '../../engine/generate/prompt/prompts.ts';

/** The prompts of this version, read from `resources/prompts/` when Lockstep is built. */
export const prompts: Prompts = {
  chooseTables: { version: 'choose-tables.v1', text: chooseTables },
  writeMigration: { version: 'write-migration.v1', text: writeMigration },
  repairMigration: { version: 'repair-migration.v1', text: repairMigration },
};
