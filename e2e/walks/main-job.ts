import { type ElectronApplication, expect, type Page } from '@playwright/test';

/** Keeps a picture of the page under a name. */
export type Picture = (page: Page, name: string) => Promise<void>;

/** Answers the next folder dialogs with this folder: a native dialog cannot be driven from the page. */
export async function answerFolderDialog(app: ElectronApplication, folder: string): Promise<void> {
  await app.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] });
  }, folder);
}

/** Opens the sample database from the start page and waits until its diagram is drawn. */
export async function openSample(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Open sample database' }).click();
  await expect(page.getByText('Read-only session, enforced by the server')).toBeVisible({ timeout: 60_000 });
  await expect(page.locator('.react-flow__node').first()).toBeVisible({ timeout: 60_000 });
}

/** Starts a migration from a sentence on the connection in front; without an API key its draft begins by itself. */
export async function startMigration(page: Page, request: string): Promise<void> {
  await page.getByRole('navigation').getByText('Migrations').click();
  await page.getByRole('button', { name: 'New migration' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'New migration' });
  await dialog.getByRole('textbox', { name: 'What should change?' }).fill(request);
  await dialog.getByRole('button', { name: 'Create migration' }).click();
}

/** Waits for the shadow run that follows a draft by itself. */
export async function waitForProof(page: Page): Promise<void> {
  const proof = page.getByRole('complementary', { name: 'Proof' });
  await expect(proof.getByText('Passed')).toBeVisible({ timeout: 60_000 });
}

/** Accepts every open point of the version in front and marks it as reviewed. */
export async function review(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Review version/ }).click();
  const dialog = page.getByRole('dialog', { name: /^Review version/ });
  for (const point of await dialog.getByRole('checkbox').all()) await point.check({ force: true });
  await dialog.getByRole('button', { name: /^Mark version/ }).click();
  await expect(dialog).toBeHidden();
}

/** Writes the files of the migration in front into a folder that the folder dialog answers. */
export async function exportFiles(page: Page): Promise<void> {
  await page.getByRole('tab', { name: /^Export/ }).click();
  await page.getByRole('button', { name: 'Choose folder…' }).click();
  await page.getByRole('button', { name: /^Write 3 files/ }).click();
  await expect(page.getByText('Written: 3 files.')).toBeVisible();
}

/** The main job as a new user does it: from the start page to three files in a folder, with a picture of every stage. */
export async function walkMainJob(
  { app, page }: { readonly app: ElectronApplication; readonly page: Page },
  { request, folder, picture }: { readonly request: string; readonly folder: string; readonly picture: Picture },
): Promise<void> {
  await answerFolderDialog(app, folder);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await picture(page, '01-start');
  await openSample(page);
  await picture(page, '02-schema');
  await startMigration(page, request);
  await expect(page.locator('.cm-content').first()).toContainText('ADD COLUMN', { timeout: 30_000 });
  await expect(page.getByText(/Rules: /)).not.toContainText('not yet');
  await picture(page, '03-draft');
  await page.getByRole('tab', { name: /^Findings/ }).click();
  await picture(page, '04-findings');
  await waitForProof(page);
  await page.getByRole('tab', { name: /^Timeline/ }).click();
  await picture(page, '05-timeline');
  await page.getByRole('tab', { name: /^Proof/ }).click();
  await picture(page, '06-proof');
  await page.getByRole('tab', { name: /^Risk/ }).click();
  await picture(page, '07-risk');
  await review(page);
  await exportFiles(page);
  await picture(page, '08-export');
  await page.getByRole('navigation').getByText('History').click();
  await expect(page.getByText(/3 files to/).first()).toBeVisible();
  await picture(page, '09-history');
}
