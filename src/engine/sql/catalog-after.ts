import type { Catalog } from '../catalog/catalog.ts';
import { lastingPart } from './lasting-part.ts';
import { parseScript } from './parser.ts';
import { simulate } from './simulate.ts';

/**
 * The catalog as a script would leave it, without what is temporary; the catalog itself when the script does not parse.
 * Facts stay those given.
 */
export function catalogAfter(catalog: Catalog, sql: string): Catalog {
  const script = parseScript(sql);
  if (!script.ok) return catalog;
  return lastingPart(
    script.value.statements.reduce((current, statement) => simulate(current, statement).catalog, catalog),
  );
}
