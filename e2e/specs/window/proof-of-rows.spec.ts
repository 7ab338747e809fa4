import { expect } from '@playwright/test';
import { test } from '../../fixtures/app.ts';
import { openSample, startMigration } from '../../walks/main-job.ts';

test('the proof says which values do not come back, and is not green then', async ({ running: { page }, picture }) => {
  await openSample(page);
  await startMigration(page, 'drop column legacy_code from products');
  const proof = page.getByRole('complementary', { name: 'Proof' });
  await expect(proof.getByText('Passed, structure only')).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText('Shadow run: down does not bring all values back').first()).toBeVisible();
  await page.getByRole('tab', { name: /^Proof/ }).click();
  const lost = page.getByRole('table', { name: 'Not as before, after up and down' });
  await expect(lost.getByRole('row').nth(1)).toContainText('legacy_code');
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.evaluate((theme) => {
      document.documentElement.dataset['theme'] = theme;
    }, colorScheme);
    await picture(page, `proof-of-rows-${colorScheme}`);
  }
});
