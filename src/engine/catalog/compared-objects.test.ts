import { describe, expect, test } from 'vitest';
import { catalog, column, table } from '../../../test/support/catalog-objects.ts';
import type { Column } from './catalog.ts';
import { comparedObjects } from './compared-objects.ts';

const columns: readonly Column[] = [
  column('id', { type: 'bigint', notNull: true }),
  column('note'),
  column('at', { type: 'timestamp with time zone' }),
];
const before = catalog({
  tables: [table('kept', { columns }), table('Old "one"', { columns }), table('gone', { columns: [column('x')] })],
});

describe('comparedObjects', () => {
  test('finds nothing in equal catalogs', () => expect(comparedObjects(before, before)).toEqual([]));

  test('tells of each object once, with what makes it before and after', () => {
    const after = catalog({
      tables: [
        table('kept', { columns: [column('id', { type: 'bigint' }), column('remark'), ...columns.slice(2)] }),
        table('New "one"', { columns }),
        table('come', { columns: [column('y', { type: 'uuid' })] }),
      ],
    });
    const found = comparedObjects(before, after);
    expect(found.map(({ object, change, id }) => [object, change, id])).toEqual([
      ['public."New ""one"""', 'renamed', 'public."New ""one"""'],
      ['public.come', 'added', 'public.come'],
      ['public.gone', 'removed', null],
      ['public.kept', 'changed', 'public.kept'],
    ]);
    const [renamed, come, gone, kept] = found;
    expect(renamed?.renames).toMatchObject([{ from: 'public."Old ""one"""', to: 'public."New ""one"""' }]);
    expect(renamed?.before).toContain('CREATE TABLE public."Old ""one"""');
    expect([come?.before, gone?.after]).toEqual([null, null]);
    expect(kept?.renames).toMatchObject([{ kind: 'column', from: 'public.kept.note', to: 'public.kept.remark' }]);
    expect(kept?.differences.map(({ difference }) => [difference.object, difference.change])).toContainEqual([
      'public.kept.id',
      'changed',
    ]);
  });
});
