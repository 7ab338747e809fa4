import type { MigrationId } from '../../../shared/ids.ts';

const waiting = new Set<MigrationId>();

/** Lets the screen of a migration that was just made begin its draft by itself. */
export const draftOnceShown = (id: MigrationId): void => void waiting.add(id);

/** True once for a migration whose draft is to begin by itself. */
export const takeWaitingDraft = (id: MigrationId): boolean => waiting.delete(id);
