import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { catalog, column, table } from '../../../test/support/catalog-objects.ts';
import type { Catalog } from '../../engine/catalog/catalog.ts';
import { compareCatalogs } from '../../engine/catalog/compare.ts';
import { groupDifferences } from '../../engine/catalog/group-differences.ts';
import { renameCandidates } from '../../engine/catalog/rename-candidates.ts';
import { diffText } from './diff-text.ts';

const before = catalog({
  tables: [
    table('Odd "one"', { columns: [column('a'), column('b')], comment: 'line 1\nline 2\nline 3' }),
    table('gone'),
  ],
});
const after = catalog({
  tables: [
    table('Odd "one"', {
      columns: [column('a', { type: 'integer' }), column('c')],
      comment: 'line 1\nline two\nline 3',
    }),
    table('come'),
    table('too'),
  ],
});
const textOf = (one: Catalog, other: Catalog, colour: boolean, ignored: readonly 'comments'[] = []) => {
  const differences = compareCatalogs(one, other, { ignore: ignored });
  return diffText(
    {
      differences,
      groups: groupDifferences(differences, one, other),
      candidates: renameCandidates(one, other),
      sides: ['a.sql', 'b.sql'],
      ignored,
    },
    colour,
  );
};

describe('differences for a person', () => {
  it('stand by object, long texts line by line, candidates for renames last', () => {
    expect(textOf(before, after, false)).toBe(
      `From a.sql to b.sql: 3 added, 2 removed, 2 changed

table public."Odd ""one"""
  ~ changed comment:
        line 1
      - line 2
      + line two
        line 3
  ~ changed column a type: text → integer
  - removed column b: text
  + added column c: text

+ added table public.come: table ()
- removed table public.gone: table ()
+ added table public.too: table ()

Perhaps renamed
  Each is listed above as removed and as added, because the databases do not say it.
  ? column public."Odd ""one""".b → public."Odd ""one""".c (53 % alike: the same type, the same place)`,
    );
  });

  it('say the same without colours', () => {
    const coloured = textOf(before, after, true);
    expect(coloured).not.toBe(textOf(before, after, false));
    expect(stripVTControlCharacters(coloured)).toBe(textOf(before, after, false));
  });

  it('say what was left out', () => {
    expect(textOf(before, before, false)).toBe('Equal.');
    expect(textOf(before, before, false, ['comments'])).toBe('Equal (comments left out).');
  });
});
