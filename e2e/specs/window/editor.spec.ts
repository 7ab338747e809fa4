import { expect } from '@playwright/test';
import { test } from '../../fixtures/app.ts';
import { openSample, startMigration, waitForProof } from '../../walks/main-job.ts';

test('numbers and locks stand beside their lines, below findings of any height too', async ({ running: { page } }) => {
  await openSample(page);
  await startMigration(page, 'add email_verified boolean to users and index orders by status');
  await waitForProof(page);
  const down = page.getByRole('region', { name: 'Down', exact: true });
  await expect(down.locator('.editor-block').first()).toBeVisible();
  const number = down.locator('.cm-lineNumbers .cm-gutterElement').filter({ hasText: /^2$/ });
  const line = down.locator('.cm-line').filter({ hasText: 'ALTER TABLE' });
  await expect(async () => {
    const tops = await Promise.all([number, line].map(async (one) => (await one.boundingBox())?.y ?? Number.NaN));
    expect(Math.abs((tops[0] ?? 0) - (tops[1] ?? 0))).toBeLessThan(6);
  }).toPass({ timeout: 5_000 });
});
