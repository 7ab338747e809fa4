import { expect, test } from 'vitest';
import { recipeFiles } from './recipe-files.ts';

const step = { slug: 'a', title: 'Add a', before: null, up: 'SELECT 1;\n', down: 'SELECT 2;\n' };

test('names sort in the order of the steps, also over midnight, and the words stand above the up', () => {
  const recipe = {
    title: 'r',
    notes: [],
    steps: [step, { ...step, slug: 'b', title: 'Drop a', before: 'Deploy\ncode; drop table t' }],
  };
  const files = recipeFiles([recipe, recipe], '2026-12-31T23:59:58Z');
  expect(files.map(({ path }) => path)).toEqual([
    '20261231235958_a.up.sql',
    '20261231235958_a.down.sql',
    '20261231235959_b.up.sql',
    '20261231235959_b.down.sql',
    '20270101000000_a.up.sql',
    '20270101000000_a.down.sql',
    '20270101000001_b.up.sql',
    '20270101000001_b.down.sql',
  ]);
  expect(files[2]?.contents).toBe('-- Drop a.\n-- Before this migration: Deploy code; drop table t\n\nSELECT 1;\n');
  expect(files[3]?.contents).toBe('SELECT 2;\n');
});
