import { describe, expect, it } from 'vitest';
import { catalog, column, table } from '../../../../test/support/catalog-objects.ts';
import { changeCatalog } from './change-catalog.ts';
import { scriptText } from './change-script.ts';

const ids = table('T "x"', { columns: [column('id', { type: 'integer' })] });
const more = table('T "x"', { columns: [column('id', { type: 'integer' }), column('note', { type: 'text' })] });
const [small, large] = [catalog({ tables: [ids] }), catalog({ tables: [more] })];

describe('the change from one catalog to another', () => {
  it('is nothing when they are equal, also when both are empty', () => {
    expect(changeCatalog(small, small)).toEqual({ statements: [], remaining: [] });
    expect(changeCatalog(catalog({}), catalog({}))).toEqual({ statements: [], remaining: [] });
  });

  it('says what a dropped column loses, as data and as a comment', () => {
    const script = changeCatalog(large, small);
    expect(script.statements).toEqual([
      {
        sql: 'ALTER TABLE public."T ""x""" DROP COLUMN note',
        object: 'public."T ""x""".note',
        loses: { certainty: 'certain', what: 'the values of public."T ""x""".note' },
        note: null,
        inTransaction: true,
      },
    ]);
    expect(scriptText(script)).toMatch(/^-- Loses the values of .*\.note\.\nALTER TABLE /);
  });

  it('says of a way back that a column comes back empty, and of another change nothing', () => {
    expect(changeCatalog(small, large, { back: true }).statements[0]?.loses?.what).toMatch(/comes back empty/);
    expect(changeCatalog(small, large).statements[0]?.loses).toBeNull();
  });

  it('sets an end to waiting only where it is asked not to block', () => {
    expect(changeCatalog(small, large, { form: 'online' }).statements.map(({ sql }) => sql)).toEqual([
      "SET lock_timeout = '2s'",
      'ALTER TABLE public."T ""x""" ADD COLUMN note text',
      'RESET lock_timeout',
    ]);
  });
});
