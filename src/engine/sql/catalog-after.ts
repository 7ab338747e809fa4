import type { Catalog, ObjectName } from '../catalog/catalog.ts';
import { lastingPart } from './lasting-part.ts';
import { parseScript } from './parser.ts';
import { qualifiedName } from './qualified-name.ts';
import { simulate } from './simulate.ts';
import { batchesOf, rollbackTargets } from './transactions.ts';

/** What a script leaves behind, as far as it can be foreseen. */
export type ScriptOutcome = {
  readonly catalog: Catalog;
  /** Objects of which it is not known how they stand afterwards; each once. */
  readonly uncertain: readonly ObjectName[];
  /** True where code runs that may do anything, such as a `DO` block. */
  readonly unknown: boolean;
  /** New names of relations and columns with those of before, as the statements that rename say. */
  readonly renamed: ReadonlyMap<string, string>;
};

/** Works through a script on a catalog, without what is temporary; null when the script does not parse. */
export function outcomeOf(catalog: Catalog, sql: string): ScriptOutcome | null {
  const script = parseScript(sql);
  if (!script.ok) return null;
  const uncertain = new Map<string, ObjectName>();
  const renamed = new Map<string, string>();
  let [current, unknown] = [catalog, false];
  const { statements } = script.value;
  const targets = rollbackTargets(statements, batchesOf(statements, 'auto'));
  const ends: Catalog[] = [];
  for (const [index, statement] of statements.entries()) {
    const result = simulate(current, statement);
    const target = targets[index] ?? null;
    current = target === null ? result.catalog : (ends[target] ?? catalog);
    ends.push(current);
    unknown ||= result.unknown;
    for (const name of result.uncertain) uncertain.set(qualifiedName(name), name);
    if ('RenameStmt' in statement.node) {
      const { newname = '', subname, relation } = statement.node.RenameStmt;
      const old = subname || relation?.relname || '';
      renamed.set(newname, renamed.get(old) ?? old);
    }
  }
  return { catalog: lastingPart(current), uncertain: [...uncertain.values()], unknown, renamed };
}

/**
 * The catalog as a script would leave it, without what is temporary; the catalog itself when the script does not parse.
 * Facts stay those given.
 */
export function catalogAfter(catalog: Catalog, sql: string): Catalog {
  return outcomeOf(catalog, sql)?.catalog ?? catalog;
}
