import { describe, expect, it } from 'vitest';
import { catalog, column, foreignKey, table, uniqueIndex } from '../../../test/support/catalog-objects.ts';
import type { Catalog, Constraint, DatabaseType, Index, Routine, Table } from './catalog.ts';
import { compareCatalogs } from './compare.ts';

const changes = (before: Partial<Catalog>, after: Partial<Catalog>) =>
  compareCatalogs(catalog(before), catalog(after)).map(({ attribute, before: was, after: is }) => [attribute, was, is]);
const ofTable = (one: Partial<Table>, other: Partial<Table>) =>
  changes({ tables: [table('t', one)] }, { tables: [table('t', other)] });
const enumOf = (...labels: string[]): Partial<Catalog> => ({
  types: [{ kind: 'enum', schema: 'public', name: 'mood', labels, owner: 'postgres', comment: null }],
});

describe('what changed in an object', () => {
  it('is each label of an enum, with its place', () => {
    expect(changes(enumOf('sad', 'ok'), enumOf('sad', 'meh', 'ok', "it's"))).toEqual([
      ["label 'it''s'", null, "after 'ok'"],
      ["label 'meh'", null, "after 'sad'"],
    ]);
    expect(changes(enumOf('sad', 'ok'), enumOf('glad', 'sad', 'ok'))).toEqual([["label 'glad'", null, 'first']]);
    expect(changes(enumOf('sad', 'ok'), enumOf('ok', 'sad'))).toEqual([['labels', "'sad', 'ok'", "'ok', 'sad'"]]);
    expect(changes(enumOf('a, b'), enumOf('a', ' b'))).toHaveLength(3);
  });

  it('is each attribute of a composite type and each constraint of a domain', () => {
    const composite = (...attributes: [string, string][]): Partial<Catalog> => ({
      types: [
        {
          kind: 'composite',
          schema: 'public',
          name: 'pair',
          attributes: attributes.map(([name, type]) => ({ name, type, collation: null })),
          owner: 'postgres',
          comment: null,
        },
      ],
    });
    expect(
      changes(composite(['a', 'text'], ['b', 'text']), composite(['a', 'integer'], ['b', 'text'], ['c', 'date'])),
    ).toEqual([
      ['attribute a', 'text', 'integer'],
      ['attribute c', null, 'date, after b'],
    ]);
    const domain = (definition: string): Partial<Catalog> => ({
      types: [
        {
          ...{ kind: 'domain', schema: 'public', name: 'zip', baseType: 'text', notNull: false, default: null },
          ...{ collation: null, owner: 'postgres', comment: null },
          constraints: [{ name: 'zip_check', definition, validated: true }],
        } satisfies DatabaseType,
      ],
    });
    expect(changes(domain('CHECK ((VALUE > 1))'), domain('CHECK ((VALUE > 2))'))).toEqual([
      ['constraint zip_check', 'CHECK ((VALUE > 1))', 'CHECK ((VALUE > 2))'],
    ]);
  });

  it('is the action of a foreign key, the predicate of an index and its keys', () => {
    const key = (text: string): Constraint => ({
      ...foreignKey('fk', ['a'], 'u', ['id']),
      definition: `FOREIGN KEY (a) REFERENCES public.u(id)${text}`,
    });
    expect(
      ofTable({ constraints: [key(' ON DELETE CASCADE')] }, { constraints: [key(' ON UPDATE CASCADE NOT VALID')] }),
    ).toEqual([
      ['on delete', 'ON DELETE CASCADE', null],
      ['on update', null, 'ON UPDATE CASCADE'],
      ['validated', null, 'NOT VALID'],
    ]);
    const index = (text: string): Index =>
      uniqueIndex('i', ['a'], { definition: `CREATE INDEX i ON public.t USING ${text}` });
    expect(
      ofTable(
        { indexes: [index("btree (a) WITH (fillfactor='70') WHERE (a > 1)")] },
        { indexes: [index('hash (b) WHERE (a > 2)')] },
      ),
    ).toEqual([
      ['keys', '(a)', '(b)'],
      ['method', 'USING btree', 'USING hash'],
      ['predicate', 'WHERE (a > 1)', 'WHERE (a > 2)'],
      ['storage options', "WITH (fillfactor='70')", null],
    ]);
  });

  it('is each option of a table, whatever its value holds', () => {
    expect(
      ofTable(
        { options: ['fillfactor=70', 'user_catalog_table=true'] },
        { options: ['fillfactor=90', 'toast.autovacuum_enabled=false'] },
      ),
    ).toEqual([
      ['option fillfactor', '70', '90'],
      ['option toast.autovacuum_enabled', null, 'false'],
      ['option user_catalog_table', 'true', null],
    ]);
  });

  it('is the volatility of a function apart from its body', () => {
    const routine = (volatility: string, body: string): Routine => ({
      ...{ schema: 'public', name: 'f', kind: 'function', arguments: '', result: 'integer', language: 'plpgsql' },
      ...{ volatility: 'stable', strict: false, securityDefiner: false, owner: 'postgres', comment: null },
      definition: `CREATE OR REPLACE FUNCTION public.f()\n RETURNS integer\n LANGUAGE plpgsql\n ${volatility}\nAS $function$${body}$function$\n`,
    });
    const [one, other] = [{ routines: [routine('STABLE', 'a')] }, { routines: [routine('IMMUTABLE', 'b')] }];
    expect(changes(one, other)).toEqual([
      ['body', 'AS $function$a$function$', 'AS $function$b$function$'],
      ['volatility', 'STABLE', 'IMMUTABLE'],
    ]);
    const spaced = { routines: [routine('STABLE', ' a  ')] };
    expect(changes(one, spaced)).toHaveLength(1);
    expect(compareCatalogs(catalog(one), catalog(spaced), { ignore: ['body-layout'] })).toEqual([]);
    const layout = compareCatalogs(catalog(one), catalog({ routines: [routine('STABLE', ' begin  B ')] }), {
      ignore: ['body-layout'],
    });
    expect(layout).toEqual([
      expect.objectContaining({ attribute: 'body', after: 'AS $function$ begin  B $function$' }),
    ]);
  });

  it('is the place of a column only where columns that stayed changed places', () => {
    const [a, b, c] = [column('a'), column('b'), column('c')];
    expect(ofTable({ columns: [a, b] }, { columns: [a, c, b] })).toEqual([[undefined, null, 'text']]);
    expect(ofTable({ columns: [a, b] }, { columns: [b, a] })).toEqual([['column order', 'a, b', 'b, a']]);
  });
});
