import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Catalog } from '../catalog/catalog.ts';
import { catalogLookup, resolveName } from './catalog-lookup.ts';
import { emptyCatalog } from './empty-catalog.ts';
import { loadParser, parseScript } from './parser.ts';
import { simulate } from './simulate.ts';

await loadParser();

function run(text: string): Catalog {
  const script = parseScript(text);
  if (!script.ok) throw new Error(script.error.message);
  return script.value.statements.reduce((catalog, statement) => simulate(catalog, statement).catalog, emptyCatalog);
}

/** The same catalog in new lists, of which nothing is indexed yet. */
const copyOf = (catalog: Catalog): Catalog => ({ ...catalog, tables: [...catalog.tables], views: [...catalog.views] });

const names = ['a', 'b', 'c', 'p', 'i', 'j'].map((name) => ({ schema: 'public', name }));

/** Everything that can be asked, in an order of its own. */
const answers = (catalog: Catalog) => {
  const lookup = catalogLookup(catalog);
  return names.map((name) => ({
    table: lookup.table(name),
    kind: lookup.relationKind(name),
    children: lookup
      .childrenOf(name)
      .map((table) => table.name)
      .sort(),
    descendants: lookup
      .descendantsOf(name)
      .map((table) => table.name)
      .sort(),
    references: lookup
      .referencesTo(name)
      .map(({ table, constraint }) => `${table.name}.${constraint.name}`)
      .sort(),
    index: lookup.index(name)?.index.name,
  }));
};

describe('catalogLookup', () => {
  it('answers after any statements as if the catalog were new', () => {
    const pieces = [
      'create table a (id int primary key)',
      'create table b (id int references a, x int)',
      'create table c (id int references b) inherits (a)',
      'create table p (k int) partition by range (k)',
      'create table b partition of p for values from (1) to (2)',
      'create index i on a (id)',
      'create index i on b (id)',
      'alter index i rename to j',
      'alter table a rename to c',
      'alter table c rename to a',
      'alter table b add column y int',
      'alter table b drop column x',
      'alter table b add foreign key (id) references c',
      'drop table a cascade',
      'drop table b',
      'drop table p',
      'alter table p detach partition b',
      'drop index i',
    ];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 20 }), (statements) => {
        const catalog = run(statements.join(';'));
        expect(answers(catalog)).toEqual(answers(copyOf(catalog)));
      }),
      { numRuns: 200 },
    );
  });

  it('answers right after more changes than it keeps apart', () => {
    const many = Array.from({ length: 200 }, (_, i) => `create table t${i} (id int primary key)`);
    const catalog = run([...many, 'create table a (id int references t7)', 'drop table t5'].join(';'));
    expect(answers(catalog)).toEqual(answers(copyOf(catalog)));
    expect(catalogLookup(catalog).referencesTo({ schema: 'public', name: 't7' })).toHaveLength(1);
    expect(catalogLookup(catalog).table({ schema: 'public', name: 't5' })).toBeUndefined();
  });
});

describe('resolveName', () => {
  const exists = ({ schema, name }: { schema: string; name: string }) => schema === 'b' && name === 't';

  it('takes the first schema of the path that has the name, else the first of the path', () => {
    expect(resolveName({ schema: null, name: 't' }, ['a', 'b'], exists)).toEqual({ schema: 'b', name: 't' });
    expect(resolveName({ schema: null, name: 'u' }, ['a', 'b'], exists)).toEqual({ schema: 'a', name: 'u' });
    expect(resolveName({ schema: 'c', name: 't' }, ['a', 'b'], exists)).toEqual({ schema: 'c', name: 't' });
    expect(resolveName({ schema: null, name: 't' }, [], exists)).toEqual({ schema: 'public', name: 't' });
  });
});
