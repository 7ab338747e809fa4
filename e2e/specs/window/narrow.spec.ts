import { expect } from '@playwright/test';
import { test } from '../../fixtures/app.ts';
import { openSample, startMigration, waitForProof } from '../../walks/main-job.ts';

test('a narrow window keeps the proof in one line, which opens all of it', async ({
  running: { app, page },
  picture,
}) => {
  await openSample(page);
  await startMigration(page, 'add email_verified boolean to users');
  await waitForProof(page);
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(1200, 800));
  await expect(page.getByRole('complementary', { name: 'Proof' })).toBeHidden();
  const line = page.getByRole('button', { name: /^Proof Passed baseline .* equal/ });
  await expect(line).toBeVisible();
  await picture(page, 'narrow');
  await line.click();
  await expect(page.getByRole('tab', { name: /^Proof/ })).toHaveAttribute('aria-selected', 'true');
  await expect(page.getByRole('tabpanel').getByText('Up again', { exact: true })).toBeVisible();
});
