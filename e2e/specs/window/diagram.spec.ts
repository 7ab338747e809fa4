import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect } from '@playwright/test';
import { test } from '../../fixtures/app.ts';
import { openSample, startMigration } from '../../walks/main-job.ts';

test('the diagram leaves the window as picture and text, and shows in a migration what changes', async ({
  running: { app, page },
  userData,
  picture,
}) => {
  await openSample(page);
  await app.evaluate(({ dialog }, folder) => {
    dialog.showSaveDialog = ((options: { defaultPath: string }) =>
      Promise.resolve({ canceled: false, filePath: `${folder}/${options.defaultPath}` })) as never;
  }, userData);
  const written = async (label: string, file: string): Promise<Buffer> => {
    await page.getByRole('button', { name: 'Export…' }).click();
    await page.getByRole('menuitem', { name: label }).click();
    await expect(page.getByText(path.join(userData, file))).toBeVisible();
    return readFile(path.join(userData, file));
  };
  expect((await written('Picture, SVG', 'shop.svg')).toString()).toMatch(
    /^<svg [\s\S]*>app\.orders<\/text>[\s\S]*<\/svg>\n$/,
  );
  expect((await written('Picture, PNG', 'shop.png')).subarray(1, 4).toString()).toBe('PNG');
  expect((await written('Text for Mermaid', 'shop.mmd')).toString()).toContain('"app.users" ||--o{ "app.orders"');
  expect((await written('Text in DBML', 'shop.dbml')).toString()).toContain('Table "app"."orders" {');

  await startMigration(page, '');
  await page.getByRole('textbox', { name: /^Up/ }).click();
  await page.keyboard.insertText(
    'ALTER TABLE app.orders RENAME COLUMN note TO remark;\nALTER TABLE app.orders DROP COLUMN currency;\n' +
      'CREATE TABLE app.gifts (id bigint PRIMARY KEY, order_id bigint REFERENCES app.orders);\n',
  );
  await page.getByRole('tab', { name: 'Diagram' }).click();
  const tab = page.getByRole('tabpanel', { name: 'Diagram' });
  const orders = tab.locator('.react-flow__node').filter({ hasText: 'app.orders' });
  await expect(orders.getByText('renamed from note')).toBeVisible();
  await expect(orders.getByRole('listitem').filter({ hasText: 'currency' })).toContainText('removed');
  await expect(tab.locator('.react-flow__node').filter({ hasText: 'app.gifts' })).toContainText('+ added');
  await expect(tab.locator('.relationship-added')).toHaveCount(1);
  await picture(page, 'migration-diagram');
});
