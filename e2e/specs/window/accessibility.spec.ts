import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';
import { test } from '../../fixtures/app.ts';
import { openSample, waitForProof } from '../../walks/main-job.ts';

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
  {
    name: 'rules',
    go: async (page) => {
      await page.keyboard.press('Escape');
      await page.keyboard.press('Control+k');
      await page.keyboard.insertText('rules look');
      await page.keyboard.press('Enter');
      const dialog = page.getByRole('dialog', { name: 'What the rules look for' });
      await expect(dialog.getByRole('article')).toBeVisible();
    },
  },
];

/** The places of the main job, one after the other, on the sample database. */
const stages: typeof places = [
  { name: 'schema', go: openSample },
  {
    name: 'new-migration',
    go: async (page) => {
      await page.getByRole('navigation').getByText('Migrations').click();
      await page.getByRole('button', { name: 'New migration' }).first().click();
      await expect(page.getByRole('dialog', { name: 'New migration' })).toBeVisible();
    },
  },
  {
    name: 'migration',
    go: async (page) => {
      const dialog = page.getByRole('dialog', { name: 'New migration' });
      await dialog.getByRole('textbox', { name: 'What should change?' }).fill('rename email to mail in users');
      await dialog.getByRole('button', { name: 'Create migration' }).click();
      await waitForProof(page);
      await expect(page.locator('.editor-block').first()).toBeVisible();
    },
  },
  ...['Findings', 'Proof', 'Diagram', 'Risk', 'Export', 'Not checked'].map((tab) => ({
    name: tab.toLowerCase().replace(' ', '-'),
    go: (page: Page) => page.getByRole('tab', { name: new RegExp(`^${tab}`) }).click(),
  })),
  {
    name: 'review',
    go: async (page) => {
      await page.getByRole('button', { name: /^Review version/ }).click();
      await expect(page.getByRole('dialog', { name: /^Review version/ })).toBeVisible();
    },
  },
];

/** Goes from place to place and lets axe look at each of them in both themes. */
async function expectNoViolation(
  page: Page,
  where: typeof places,
  picture: (page: Page, name: string) => Promise<void>,
): Promise<void> {
  for (const { name, go } of where) {
    await go(page);
    for (const theme of ['light', 'dark']) {
      await page.evaluate((value) => {
        document.documentElement.dataset['theme'] = value;
        const finite = document.getAnimations().filter(({ effect }) => effect?.getTiming().iterations !== Infinity);
        return Promise.all(finite.map((animation) => animation.finished.catch(() => undefined)));
      }, theme);
      await picture(page, `${name}-${theme}`);
      // The legacy mode needs no second page, which Electron cannot open. The announcer of the components keeps what it
      // has said for some seconds, with references to what may be gone by then.
      const axe = new AxeBuilder({ page }).setLegacyMode(true).exclude('[data-live-announcer]');
      // Another theme changes nothing but colours, and two rules look at those.
      const { violations } = await (theme === 'light'
        ? axe.withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'])
        : axe.withRules(['color-contrast', 'link-in-text-block'])
      ).analyze();
      const found = violations.map(
        ({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`,
      );
      expect(found, `${name}, ${theme}`).toEqual([]);
    }
  }
}

test('nothing in the window breaks the rules of WCAG 2.1 AA, light or dark', ({ running: { page }, picture }) =>
  expectNoViolation(page, places, picture));

test('nor does anything on the way from the schema to a reviewed migration', ({ running: { page }, picture }) =>
  expectNoViolation(page, stages, picture));
