import * as z from 'zod';
import type { ColumnarQuery, ColumnarRow } from '../columnar-query.ts';
import identities from './identities.sql?raw';
import inventory from './inventory.sql?raw';
import notModelled from './not-modelled.sql?raw';
import notVisible from './not-visible.sql?raw';

const numbered = z.object({ class: z.string(), oid: z.number() });
const named = z.object({ kind: z.string(), name: z.string() });
/** `count` is how many things it stands for, itself included; null for itself alone. */
const counting = named.extend({ count: z.number().nullable() });

/** One thing with its kind, in words for a reader. */
export type NamedThing = Readonly<z.infer<typeof named> & Partial<z.infer<typeof counting>>>;

/**
 * What people made, whether a query of its own reads it or not: what no other query accounts for is not modelled. Of the
 * kinds with thousands of objects only those are in it that lie where their query does not look.
 */
export const inventoryQuery: ColumnarQuery<typeof numbered.shape> = {
  reads: 'everything else',
  text: () => inventory,
  row: numbered,
};
export type InventoryRow = ColumnarRow<typeof inventoryQuery>;

/** What objects are called; its parameter is a list of pairs of system catalog and number. */
export const identitiesQuery: ColumnarQuery<typeof named.shape> = {
  reads: 'names of everything else',
  text: () => identities,
  row: named,
};

/** What is not modelled although it is no object in a schema: settings of the database, what lies in extensions' tables. */
export const notModelledQuery: ColumnarQuery<typeof counting.shape> = {
  reads: 'everything else',
  text: () => notModelled,
  row: counting,
};

/** What the server does not show to this role. */
export const notVisibleQuery: ColumnarQuery<typeof named.shape> = {
  reads: 'what is not visible',
  text: () => notVisible,
  row: named,
};

/** Names that are told of one kind; the others are counted. */
const namesTold = 3;

/** Says it in words, one text for each kind, for example `2 operators (public.<< (integer, integer), public.!)`. */
export function inWords(things: readonly NamedThing[]): string[] {
  const kinds = new Map<string, { readonly names: string[]; count: number }>();
  for (const { kind, name, count } of things) {
    const known = kinds.get(kind) ?? { names: [], count: 0 };
    known.names.push(name);
    known.count += count ?? 1;
    kinds.set(kind, known);
  }
  return [...kinds]
    .map(([kind, { names, count }]) => {
      const told = names.sort().slice(0, namesTold);
      if (count > told.length) told.push('…');
      return `${counted(count, kind)} (${told.join(', ')})`;
    })
    .sort();
}

/** `the options of a user mapping` says by itself that it is about each; other kinds are counted. */
function counted(count: number, kind: string): string {
  const [, each, of] = /^(the .+ of) an? (.+)$/.exec(kind) ?? [];
  if (each !== undefined && of !== undefined) return `${each} ${count} ${count === 1 ? of : plural(of)}`;
  return `${count} ${count === 1 ? kind : plural(kind)}`;
}

function plural(kind: string): string {
  const [noun = '', ...rest] = kind.split(/ (?=on |of |in |to |with |unknown |added |changed )/);
  const many = /(s|x|ch|sh)$/.test(noun)
    ? `${noun}es`
    : /[^aeiou]y$/.test(noun)
      ? `${noun.slice(0, -1)}ies`
      : `${noun}s`;
  return [many, ...rest].join(' ');
}
