import type { ObjectName } from '../catalog/catalog.ts';
import type { Facts } from '../catalog/facts.ts';
import { parseScript, type Script, type Statement } from '../sql/parser.ts';
import { referencesIn } from '../sql/references.ts';
import type { CatalogView } from './catalog-view.ts';

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

/** The queries that name a relation, or one of its columns, under the search path of the database. */
export const queriesUsing = (
  queries: readonly KnownQuery[],
  database: CatalogView,
  relation: ObjectName,
  column: string | null,
): readonly KnownQuery[] => {
  const wanted = (column ?? relation.name).toLowerCase();
  const context = { catalog: database.catalog, searchPath: database.searchPath };
  return queries.filter((query) => {
    // Parsing thousands of texts takes seconds; most of them do not even hold the word.
    if (!query.text.toLowerCase().includes(wanted)) return false;
    return scriptOf(query)?.statements.some(({ node }) =>
      referencesIn(node, context)?.some(
        (reference) =>
          reference.relation.schema === relation.schema &&
          reference.relation.name === relation.name &&
          reference.column === column,
      ),
    );
  });
};
