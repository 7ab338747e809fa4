import { expect, type Page } from '@playwright/test';
import { test } from '../../fixtures/app.ts';
import { openSample, startMigration } from '../../walks/main-job.ts';

const editor = (page: Page, name: RegExp) => page.getByRole('textbox', { name });

test('a down that forgets something is replaced by the computed one, which restores', async ({ launch, picture }) => {
  const { page } = await launch();
  await page.setViewportSize({ width: 1440, height: 900 });
  await openSample(page);
  await startMigration(page, '');
  await editor(page, /^Up/).click();
  await page.keyboard.insertText(
    'ALTER TABLE app.users ADD COLUMN note text;\nCREATE INDEX users_note ON app.users (note);\n',
  );
  await editor(page, /^Down/).click();
  await page.keyboard.insertText('DROP INDEX app.users_note;\n');
  const proof = page.getByRole('complementary', { name: 'Proof' });
  await proof.getByRole('button', { name: 'Run on a shadow database' }).click();

  const offer = proof.getByRole('region', { name: 'Computed down' });
  await expect(offer.getByText('it restores')).toBeVisible({ timeout: 60_000 });
  await expect(offer.getByText('Loses the values of app.users.note', { exact: true })).toBeVisible();
  await picture(page, 'computed-down');
  await offer.getByRole('button', { name: 'Use this down' }).click();
  await expect(editor(page, /^Down/)).toContainText('ALTER TABLE app.users DROP COLUMN note;');
  await expect(editor(page, /^Down/)).not.toContainText('DROP INDEX');

  await proof.getByRole('button', { name: 'Run again' }).click();
  await expect(offer).toBeHidden({ timeout: 60_000 });
  await expect(proof.getByText(/^Passed/)).toBeVisible({ timeout: 60_000 });
});
