import type { Node } from '@pgsql/types';
import { createQueryVisitor } from './references/query-visitor.ts';
import type { TypedColumn } from './references/scope.ts';
import type { QueryFault, Reference, ReferenceContext } from './references/surroundings.ts';

/** A name in a query that stands for nothing: a relation, or a column where those of every relation are known. */
export type MissingName = Pick<QueryFault, 'schema' | 'name' | 'relation' | 'location'> & {
  readonly kind: 'relation' | 'column';
};

/** What was found in a query. */
export type QueryReading = {
  /** Each use once, in the order of the text where the parse tree keeps it. */
  readonly references: readonly Reference[];
  readonly faults: readonly QueryFault[];
  /** The columns of its result; null where it has none or they are not known. */
  readonly columns: readonly TypedColumn[] | null;
};

/**
 * What a statement uses of a catalog, what the server has against it there, and what it gives. Null when it is nested too
 * deeply to be followed.
 */
export function readQuery(statement: Node, context: ReferenceContext): QueryReading | null {
  const references = new Map<string, Reference>();
  const faults: QueryFault[] = [];
  const query = createQueryVisitor(
    context,
    (reference) => {
      const { relation, column, location } = reference;
      const key = JSON.stringify([relation.schema, relation.name, column, location]);
      if (!references.has(key)) references.set(key, reference);
    },
    (fault) => faults.push(fault),
  );
  try {
    const columns = query(statement, null);
    return { references: [...references.values()], faults, columns };
  } catch (cause) {
    if (cause instanceof RangeError) return null;
    throw cause;
  }
}

/**
 * The relations and columns that a statement reads and the catalog does not hold, in the order of the text. Columns are
 * only missing where those of all relations in reach are known. Empty for a statement nested too deeply to be followed.
 */
export const missingNamesIn = (statement: Node, context: ReferenceContext): readonly MissingName[] =>
  (readQuery(statement, context)?.faults ?? []).flatMap(({ kind, ...fault }) =>
    kind === 'relation' || kind === 'column' ? [{ kind, ...fault }] : [],
  );

/**
 * The tables, views and columns of a catalog that a statement reads or writes, each use once, in the order of the text
 * where the parse tree keeps it. Columns of what the catalog does not know are left out. Null when the statement is
 * nested too deeply to be followed.
 */
export const referencesIn = (statement: Node, context: ReferenceContext): readonly Reference[] | null =>
  readQuery(statement, context)?.references ?? null;
