import type { Catalog } from '../catalog/catalog.ts';
import { temporarySchema } from './catalog-lookup.ts';
import { parseScript } from './parser.ts';
import { simulate } from './simulate.ts';

const outlasts = ({ schema }: { readonly schema: string }): boolean => schema !== temporarySchema;

/**
 * The catalog as a script would leave it, without what is temporary; the catalog itself when the script does not parse.
 * Facts stay those given.
 */
export function catalogAfter(catalog: Catalog, sql: string): Catalog {
  const script = parseScript(sql);
  if (!script.ok) return catalog;
  const after = script.value.statements.reduce((current, statement) => simulate(current, statement).catalog, catalog);
  return {
    ...after,
    tables: after.tables.filter(outlasts),
    views: after.views.filter(outlasts),
    sequences: after.sequences.filter(outlasts),
  };
}
