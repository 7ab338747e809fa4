import { beforeAll, describe, expect, it } from 'vitest';
import { loadParser } from '../sql/parser.ts';
import { exampleCatalog, exampleFacts } from './example-catalog.ts';
import { standingOf, thresholdsSchema } from './standing.ts';

beforeAll(loadParser);

const setup =
  'create table p (a int) partition by range (a); create table p1 partition of p for values from (0) to (5) partition by range (a); create table p11 partition of p1 for values from (0) to (2); create table p2 partition of p for values from (5) to (9); create table l (a int); create table k () inherits (l);';

const counted = (name: string, facts: Readonly<Record<string, number>>) => {
  const example = {
    name: 'counted',
    setup,
    up: '',
    finds: [],
    facts: Object.entries(facts).map(([table, rows]) => ({ table, rows, bytes: rows * 100 })),
  };
  const tables = exampleCatalog(example)?.tables ?? [];
  const below = tables.filter((table) => (name === 'l' ? table.name === 'k' : /^p\d/.test(table.name)));
  return standingOf({ schema: 'public', name }, exampleFacts(example), below, thresholdsSchema.parse({})).rows;
};

describe('standingOf', () => {
  it('counts the rows of partitions once, though the server says their sum of what they are partitions of', () => {
    expect(counted('p', { p: 30, p1: 20, p11: 20, p2: 10 })).toBe(30);
  });

  it('takes what is said of the whole where nothing is known of the partitions', () => {
    expect(counted('p', { p: 30 })).toBe(30);
  });

  it('adds what inherits to the rows of a table that has its own', () => {
    expect(counted('l', { l: 5, k: 7 })).toBe(12);
  });
});
