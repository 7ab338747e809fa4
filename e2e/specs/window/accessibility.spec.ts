import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';
import { test } from '../../fixtures/app.ts';

/** Each place with the way there and a sign that it is complete. */
const places: readonly { readonly name: string; readonly go: (page: Page) => Promise<void> }[] = [
  { name: 'start', go: (page) => expect(page.getByRole('heading', { level: 1 })).toBeVisible() },
  {
    name: 'connections',
    go: async (page) => {
      await page.keyboard.press('Control+1');
      await page.getByRole('button', { name: 'New connection' }).first().click();
      await page.getByRole('button', { name: 'Save' }).click();
      await expect(page.getByText('Enter the name of the database.')).toBeVisible();
    },
  },
  {
    name: 'history',
    go: async (page) => {
      await page.keyboard.press('Control+4');
      await expect(page.getByText('Nothing has happened yet')).toBeVisible();
    },
  },
  {
    name: 'settings',
    go: async (page) => {
      await page.keyboard.press('Control+,');
      await expect(page.getByRole('heading', { name: 'Language model' })).toBeVisible();
    },
  },
  {
    name: 'palette',
    go: async (page) => {
      await page.keyboard.press('Control+k');
      await expect(page.getByRole('option').first()).toBeVisible();
    },
  },
  {
    name: 'shortcuts',
    go: async (page) => {
      await page.keyboard.press('Escape');
      await page.keyboard.press('Shift+?');
      await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
    },
  },
];

test('nothing in the window breaks the rules of WCAG 2.1 AA, light or dark', async ({ running: { page }, picture }) => {
  for (const { name, go } of places) {
    await go(page);
    for (const theme of ['light', 'dark']) {
      await page.evaluate((value) => {
        document.documentElement.dataset['theme'] = value;
        return Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => undefined)));
      }, theme);
      await picture(page, `${name}-${theme}`);
      // The legacy mode needs no second page, which Electron cannot open.
      const { violations } = await new AxeBuilder({ page })
        .setLegacyMode(true)
        .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'])
        .analyze();
      const found = violations.map(
        ({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`,
      );
      expect(found, `${name}, ${theme}`).toEqual([]);
    }
  }
});
