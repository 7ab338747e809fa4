import { expect, test } from 'vitest';
import type { MigrationId } from '../../../shared/ids.ts';
import { draftOnceShown, takeWaitingDraft } from './waiting-drafts.ts';

const [first, second] = ['first' as MigrationId, 'second' as MigrationId];

test('a draft begins by itself once, and only where it was asked for', () => {
  draftOnceShown(first);
  expect(takeWaitingDraft(second)).toBe(false);
  expect(takeWaitingDraft(first)).toBe(true);
  expect(takeWaitingDraft(first)).toBe(false);
});
