import { expect, type Page } from '@playwright/test';
import { test } from '../../fixtures/app.ts';

/** Keys count from the moment the window is drawn. */
const drawn = (page: Page) => expect(page.getByRole('tablist', { name: 'Open tabs' })).toBeVisible();

test('every place opens by its key, and tabs close and come back', async ({ running: { page } }) => {
  await drawn(page);
  const tab = (name: string) => page.getByRole('tab', { name });
  for (const [key, name] of [
    ['1', 'Connections'],
    ['3', 'Migrations'],
    ['4', 'History'],
    [',', 'Settings'],
  ] as const) {
    await page.keyboard.press(`Control+${key}`);
    await expect(tab(name)).toHaveAttribute('aria-selected', 'true');
    await expect(page.getByRole('button', { name, exact: true })).toHaveAttribute('aria-current', 'page');
  }
  await page.keyboard.press('Control+w');
  await expect(tab('Settings')).toHaveCount(0);
  await expect(tab('History')).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Control+Shift+T');
  await expect(tab('Settings')).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Control+Alt+ArrowLeft');
  await expect(tab('History')).toHaveAttribute('aria-selected', 'true');
});

test('the palette finds a command by a part of its name and runs it', async ({ running: { page } }) => {
  await drawn(page);
  await page.keyboard.press('Control+k');
  const field = page.getByRole('combobox', { name: 'Find object or run command' });
  await expect(field).toBeFocused();
  await field.fill('sett');
  await expect(page.getByRole('option').first()).toContainText('Go to settings');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('tab', { name: 'Settings' })).toHaveAttribute('aria-selected', 'true');
  await expect(field).toHaveCount(0);
});

test('the palette narrows by prefix and says when there is nothing', async ({ running: { page } }) => {
  await drawn(page);
  await page.keyboard.press('Control+p');
  const field = page.getByRole('combobox', { name: 'Find object or run command' });
  await expect(field).toHaveValue('@');
  await expect(page.getByText('once the schema of a connection has been read')).toBeVisible();
  await page.keyboard.press('Shift+Tab');
  await expect(field).toHaveValue('>');
  await expect(page.getByRole('option', { name: 'Go to history' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(field).toHaveCount(0);
});

test('a question mark shows the shortcuts, but stays a character inside a field', async ({ running: { page } }) => {
  await drawn(page);
  await page.keyboard.press('Shift+?');
  const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await expect(sheet).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(sheet).toHaveCount(0);
  await page.keyboard.press('Control+4');
  const search = page.getByRole('searchbox', { name: 'Search the history' });
  await search.click();
  await page.keyboard.press('Shift+?');
  await expect(search).toHaveValue('?');
  await expect(sheet).toHaveCount(0);
});

test('the chosen theme is there again after a restart', async ({ launch }) => {
  const first = await launch();
  await drawn(first.page);
  await first.page.keyboard.press('Control+,');
  await first.page.getByText('Dark', { exact: true }).click();
  await expect(first.page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await first.close();
  const second = await launch();
  await expect(second.page.locator('html')).toHaveAttribute('data-theme', 'dark');
});
