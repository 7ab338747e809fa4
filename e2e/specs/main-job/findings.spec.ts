import { expect, type Page } from '@playwright/test';
import { test } from '../../fixtures/app.ts';
import { openSample, startMigration } from '../../walks/main-job.ts';

/** The up editor's text. */
const upText = (page: Page) => page.getByRole('textbox', { name: /^Up/ });

/** Writes the up of a new migration of the sample, and turns to its findings. */
async function findingsOf(page: Page, lines: readonly string[]): Promise<void> {
  await openSample(page);
  await startMigration(page, '');
  await upText(page).click();
  await page.keyboard.insertText(`${lines.join('\n')}\n`);
  await page.getByRole('tab', { name: /^Findings/ }).click();
}

test('a finding is explained, accepted with a reason in the SQL, and listed as suppressed', async ({
  launch,
  picture,
}) => {
  const { page } = await launch();
  await findingsOf(page, ['SELECT 1;', 'DROP TABLE billing.invoice_lines CASCADE;']);
  const finding = page.locator('.findings-tab li').filter({ hasText: 'ban-drop-table' }).first();
  await expect(finding).toBeVisible({ timeout: 30_000 });

  await finding.getByRole('button', { name: 'About this rule' }).click();
  const rules = page.getByRole('dialog', { name: 'What the rules look for' });
  await expect(rules.getByRole('article', { name: 'ban-drop-table' })).toBeVisible();
  await rules.getByRole('searchbox', { name: 'Find a rule' }).fill('concurrent index creation');
  await expect(rules.getByRole('article', { name: 'require-concurrent-index-creation' })).toBeVisible();
  await picture(page, 'rules');
  await page.keyboard.press('Escape');
  await expect(rules).toBeHidden();

  await finding.getByRole('button', { name: 'Accept with a reason' }).click();
  const dialog = page.getByRole('dialog', { name: 'Accept with a reason' });
  await dialog.getByRole('textbox', { name: /^Why/ }).fill('copied to the archive');
  await dialog.getByRole('textbox', { name: /^Until/ }).fill('2099-13-40');
  await expect(dialog.getByText('Write a day as')).toBeVisible();
  await dialog.getByRole('textbox', { name: /^Until/ }).fill('2099-12-31');
  await picture(page, 'accept');
  await dialog.getByRole('button', { name: 'Accept with this reason' }).click();
  await expect(upText(page)).toContainText('-- lockstep:ignore ban-drop-table copied to the archive until 2099-12-31');
  await expect(page.locator('.findings-tab').getByText('ban-drop-table')).toHaveCount(0);
  await page.getByRole('tab', { name: /^Not checked/ }).click();
  const notChecked = page.getByRole('tabpanel', { name: /^Not checked/ });
  await expect(notChecked.getByText('suppressed: ban-drop-table at line 3 of the up')).toBeVisible();
});

test('many findings are a line each, which can be counted, ordered, kept by weight and opened', async ({
  launch,
  picture,
}) => {
  const { page } = await launch();
  await findingsOf(page, [
    'CREATE INDEX orders_note_idx ON app.orders (note);',
    'ALTER TABLE app.orders ALTER COLUMN note TYPE varchar(20);',
    'DROP TABLE billing.invoice_lines CASCADE;',
  ]);
  const panel = page.getByRole('tabpanel', { name: /^Findings/ });
  const which = panel.getByRole('radiogroup', { name: 'Which findings' });
  await expect(which).toBeVisible({ timeout: 30_000 });
  const lines = panel.getByRole('listitem');
  const all = await lines.count();
  await expect(which.getByRole('radio', { name: `All ${all}` })).toBeChecked();
  await expect(panel.getByRole('button', { expanded: false })).toHaveCount(all);
  await expect(lines.first()).toContainText('Up line 3');
  await picture(page, 'findings-folded');

  await panel.getByText('By place').click();
  await expect(lines.first()).toContainText('Up line 1');
  await which.getByText(/errors?$/).click();
  await expect(lines.first()).toContainText('Up line 3');
  expect(await lines.count()).toBeLessThan(all);

  const first = lines.first().getByRole('button', { expanded: false });
  await first.focus();
  await page.keyboard.press('Enter');
  await expect(lines.first().getByRole('button', { name: 'About this rule' })).toBeVisible();
  await panel.getByRole('button', { name: 'Open all' }).click();
  await expect(panel.getByRole('button', { name: 'About this rule' })).toHaveCount(await lines.count());
  await panel.getByRole('button', { name: 'Fold all' }).click();
  await expect(panel.getByRole('button', { name: 'About this rule' })).toHaveCount(0);

  // Under a statement the heaviest is open, and the others are a line each.
  const folded = page.locator('.editor-block').getByRole('button', { expanded: false });
  const before = await folded.count();
  expect(before).toBeGreaterThan(0);
  await folded.first().click();
  await expect(folded).toHaveCount(before - 1);
});

test('the strict profile adds the rules of types and conventions', async ({ launch, picture }) => {
  const { page } = await launch();
  await findingsOf(page, ['CREATE TABLE app.notes (id bigint PRIMARY KEY, written timestamp);']);
  await expect(page.getByText('The rules have not looked at this yet.')).toBeHidden({ timeout: 30_000 });
  await expect(page.locator('.findings-tab').getByText('prefer-timestamptz')).toHaveCount(0);
  await page.getByRole('navigation').getByText('Settings').click();
  await page.getByText('Strict', { exact: true }).click();
  await expect(page.getByRole('radio', { name: 'Strict' })).toBeChecked();
  await picture(page, 'settings-validation');
  await page.getByRole('navigation').getByText('Migrations').click();
  await page
    .getByRole('tab', { name: /Untitled|notes/ })
    .first()
    .click();
  await upText(page).click();
  await page.keyboard.press('Control+End');
  await page.keyboard.insertText('-- again\n');
  await page.getByRole('tab', { name: /^Findings/ }).click();
  await expect(page.locator('.findings-tab').getByText('prefer-timestamptz').first()).toBeVisible({ timeout: 30_000 });
});

test('what no single migration does safely is shown as a recipe and made as drafts in order', async ({
  launch,
  picture,
}) => {
  const { page } = await launch();
  await findingsOf(page, ['ALTER TABLE billing.invoices RENAME COLUMN due_on TO payable_on;']);
  const finding = page.locator('.findings-tab li').filter({ hasText: 'renaming-column' }).first();
  await finding.getByRole('button', { name: 'Do it in 4 migrations' }).click({ timeout: 30_000 });
  const dialog = page.getByRole('dialog', { name: /^Rename due_on of billing\.invoices to payable_on/ });
  await expect(dialog.getByText('Deploy code that reads and writes payable_on only')).toBeVisible();
  await dialog.getByText('Up', { exact: true }).nth(2).click();
  await expect(dialog.getByRole('region', { name: 'Up of step 3' })).toContainText(
    'CREATE INDEX CONCURRENTLY invoices_due_idx_new',
  );
  for (const theme of ['light', 'dark']) {
    await page.evaluate((value) => {
      document.documentElement.dataset['theme'] = value;
    }, theme);
    await picture(page, `recipe-${theme}`);
  }
  await dialog.getByRole('button', { name: 'Make 4 migrations' }).click();
  await expect(dialog).toBeHidden();
  await expect(upText(page)).toContainText('ADD COLUMN payable_on date');
  await page.getByRole('navigation').getByText('Migrations').click();
  for (const title of ['1 of 4: Add payable_on', '2 of 4: Fill payable_on', '3 of 4: Give payable_on', '4 of 4: Drop'])
    await expect(page.getByText(title).first()).toBeVisible();
});
