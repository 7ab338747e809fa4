import type { Catalog, ObjectName } from '../catalog/catalog.ts';
import type { Facts } from '../catalog/facts.ts';
import { byObject } from '../sql/by-object.ts';
import { sameName } from '../sql/catalog-lookup.ts';
import { parseScript, type Script, type Statement } from '../sql/parser.ts';
import type { QueryFault } from '../sql/references/surroundings.ts';
import { type QueryReading, readQuery } from '../sql/references.ts';
import { type Token, tokensOf } from '../sql/tokens.ts';
import { unquoteIdentifier } from '../sql/unquote-identifier.ts';
import { type CatalogView, catalogView } from './catalog-view.ts';
import { holdsOneOf, wordsIn } from './changed-names.ts';
import { refusesIn } from './refuses-value.ts';
import type { SourceRange } from './statement-source.ts';

/** A query that an application is known to run; `calls` is null when nobody has counted. */
export type KnownQuery = { readonly text: string; readonly source: string; readonly calls: number | null };

const ofFacts = new WeakMap<Facts, readonly KnownQuery[]>();

/** The queries that the server has counted, the most frequent first. */
export const queriesOfFacts = (facts: Facts | null): readonly KnownQuery[] => {
  if (facts === null) return [];
  const known = ofFacts.get(facts);
  if (known !== undefined) return known;
  const queries = (facts.statements ?? []).map(({ text, calls }) => ({ text, calls, source: 'pg_stat_statements' }));
  ofFacts.set(facts, queries);
  return queries;
};

const parsed = new WeakMap<KnownQuery, Script | null>();

const scriptOf = (query: KnownQuery): Script | null => {
  const known = parsed.get(query);
  if (known !== undefined) return known;
  const script = parseScript(query.text);
  const read = script.ok ? script.value : null;
  parsed.set(query, read);
  return read;
};

/** The statements of a known query; none when it cannot be parsed, which is remembered. */
export const statementsOfQuery = (query: KnownQuery): readonly Statement[] => scriptOf(query)?.statements ?? [];

const wordsOf = byObject(10_000, ({ text }: KnownQuery) => wordsIn(text));

/** The queries whose text holds one of the names: few of thousands do, and only they are parsed. */
export const queriesNaming = (queries: readonly KnownQuery[], names: Iterable<string>): readonly KnownQuery[] => {
  const isNaming = holdsOneOf(names);
  return queries.filter((query) => isNaming(wordsOf(query)));
};

const readings = byObject(50, (_catalog: Catalog) => new WeakMap<KnownQuery, readonly QueryReading[]>());

/** How the statements of a known query read on a catalog, under the search path of the database; null when they cannot be read. */
export const readingsOf = (query: KnownQuery, catalog: Catalog): readonly QueryReading[] | null => {
  const known = readings(catalog).get(query);
  if (known !== undefined) return known;
  const { searchPath } = catalogView(catalog);
  const context = { catalog, searchPath, refuses: refusesIn(catalog) };
  const read = statementsOfQuery(query).map(({ node }) => readQuery(node, context));
  const complete = read.filter((one) => one !== null);
  if (complete.length < read.length || read.length === 0) return null;
  readings(catalog).set(query, complete);
  return complete;
};

/** Where a fault's word stands in the text of a query, in UTF-16 offsets; null when it has no place. */
export const placeIn = (query: KnownQuery, { name, location }: QueryFault): SourceRange | null => {
  const script = scriptOf(query);
  if (script === null || location === null) return null;
  const from = script.offsets.fromByte(location);
  const isWord = ({ kind, start, end }: Token): boolean => {
    const written = query.text.slice(start, end);
    if (kind === 'word') return written.toLowerCase() === name;
    return kind === 'quoted identifier' ? unquoteIdentifier(written) === name : written === name;
  };
  const tokens = tokensOf(query.text).filter(({ end }) => end > from);
  const { start, end } = tokens.find((token) => name !== '' && isWord(token)) ??
    tokens[0] ?? { start: from, end: from };
  return { start, end };
};

/** The queries that name a relation, or one of its columns, under the search path of the database. */
export const queriesUsing = (
  queries: readonly KnownQuery[],
  { catalog }: CatalogView,
  relation: ObjectName,
  column: string | null,
): readonly KnownQuery[] =>
  queriesNaming(queries, [column === null || column === '*' ? relation.name : column]).filter((query) =>
    readingsOf(query, catalog)?.some(({ references }) =>
      references.some((reference) => sameName(reference.relation, relation) && reference.column === column),
    ),
  );
