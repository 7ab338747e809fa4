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

  // With more tabs than there is room for, each keeps room for its name, none covers another, and the front one shows.
  for (const key of ['Control+4', 'Control+,', 'Control+1', 'Control+3']) await page.keyboard.press(key);
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(800, 800));
  const tabs = page.getByRole('tablist', { name: 'Open tabs' }).getByRole('tab');
  await expect(tabs).toHaveCount(6);
  await expect(page.getByRole('tab', { name: 'Migrations' })).toBeInViewport({ ratio: 0.9 });
  const boxes = await Promise.all((await tabs.all()).map((tab) => tab.boundingBox()));
  for (const [at, box] of boxes.entries()) {
    expect(box?.width).toBeGreaterThan(80);
    expect((boxes[at + 1]?.x ?? Number.POSITIVE_INFINITY) - (box?.x ?? 0)).toBeGreaterThanOrEqual(box?.width ?? 0);
  }
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(1200, 800));
  await page.getByRole('tab', { name: /^Add email_verified/ }).click();
  await line.click();
  await expect(page.getByRole('tab', { name: /^Proof/ })).toHaveAttribute('aria-selected', 'true');
  await expect(page.getByRole('tabpanel').getByText('Up again', { exact: true })).toBeVisible();
});
