import { describe, expect, it } from 'vitest';
import { nearNames } from './near-names.ts';

describe('names that were perhaps meant', () => {
  it.each([
    ['pubic', ['public', 'sales'], ['public']],
    ['SALES', ['public', 'sales', 'sale'], ['sales', 'sale']],
    ['art', ['cover_art_archive', 'public'], ['cover_art_archive']],
    ['x', ['public', 'sales'], []],
    ['', ['public'], []],
  ])('%s', (wrong, known, near) => expect(nearNames(wrong, known)).toEqual(near));
});
