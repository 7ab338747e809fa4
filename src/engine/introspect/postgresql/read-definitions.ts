import * as z from 'zod';
import { SqlFailure } from '../../ports/sql-client.ts';
import type { CatalogReader } from './catalog-reader.ts';
import type { ColumnarQuery } from './columnar-query.ts';
import { type DefinitionKind, type DefinitionQuery, definitionQueries } from './objects/definitions.ts';
import type { DependencyRow } from './objects/dependencies.ts';
import lockedText from './objects/locked-relations.sql?raw';

/** An object with a text that only the server can say, and the relation that it belongs to. */
export type DefinedThing = { readonly oid: number; readonly relation: number };

/** The texts of an object; undefined when none were asked for. */
export type Texts = (oid: number) => readonly (string | null)[] | undefined;

/** How many steps of a reader `readDefinitions` takes when nothing is locked. */
export const definitionSteps = Object.keys(definitionQueries).length;

const lockedQuery: ColumnarQuery<{ readonly oid: z.ZodNumber }> = {
  reads: 'locked tables',
  text: () => lockedText,
  row: z.object({ oid: z.number() }),
};

/** How often is asked again without those that turned out to be locked. */
const attempts = 5;

const savepoint = 'savepoint lockstep_definitions';
const back = 'rollback to savepoint lockstep_definitions';
// Long enough for a short DDL statement of somebody else to end, too short for anybody to notice that we waited.
const waitLittle = "select pg_catalog.set_config('lock_timeout', '300', true)";

/**
 * Asks the server for definitions. Its deparsing functions wait for whoever holds an ACCESS EXCLUSIVE lock on a relation
 * that a text mentions, so what is locked is left for the end: one locked table holds up nothing but its own texts. Those
 * are waited for as long as the session waits for locks; throws `SqlFailure` 55P03 after that.
 */
export async function readDefinitions(
  reader: CatalogReader,
  things: Readonly<Record<DefinitionKind, readonly DefinedThing[]>>,
  dependencies: readonly DependencyRow[],
): Promise<Readonly<Record<DefinitionKind, Texts>>> {
  const found = new Map<DefinitionKind, Map<number, readonly (string | null)[]>>(
    definitionKinds.map(([kind]) => [kind, new Map()]),
  );
  const read = async (kind: DefinitionKind, query: DefinitionQuery, wanted: readonly DefinedThing[]) => {
    if (wanted.length === 0) return;
    const reads = `${wanted.length.toLocaleString('en')} ${query.reads}`;
    const rows = await reader.columnar({ ...query, reads }, [wanted.map(({ oid }) => oid)]);
    for (const row of rows) found.get(kind)?.set(row.oid, row.texts);
  };
  let wanted = things;
  const later: (readonly [DefinitionKind, DefinitionQuery, readonly DefinedThing[]])[] = [];
  let begin = savepoint;
  for (let attempt = 1; ; attempt += 1) {
    const answers = await Promise.allSettled([
      reader.run(begin),
      reader.run(waitLittle),
      ...definitionKinds.map(([kind, query]) => read(kind, query, wanted[kind])),
    ]);
    const failures = answers.flatMap((answer): unknown[] => (answer.status === 'rejected' ? [answer.reason] : []));
    if (failures.length === 0) break;
    const other = failures.find((cause) => !isLocked(cause));
    if (other !== undefined) throw other;
    begin = back;
    await reader.run(back);
    const locked = new Set((await reader.columnar(lockedQuery, [])).map(({ oid }) => oid));
    const left = { ...wanted };
    for (const [kind, query] of definitionKinds) {
      const missing = wanted[kind].filter(({ oid }) => found.get(kind)?.has(oid) !== true);
      const held = new Set(attempt === attempts ? missing : missing.filter(mentionsOf(kind, dependencies, locked)));
      if (held.size > 0) later.push([kind, query, [...held]]);
      left[kind] = missing.filter((thing) => !held.has(thing));
    }
    wanted = left;
  }
  // With the patience that the session had before.
  await reader.run(back);
  for (const [kind, query, held] of later) await read(kind, query, held);

  const textsOf = (kind: DefinitionKind): Texts => {
    const asked = new Set(things[kind].map(({ oid }) => oid));
    const texts = found.get(kind);
    return (oid) => {
      const own = texts?.get(oid);
      if (asked.has(oid) && (own === undefined || own.every((text) => text === null))) {
        throw new SqlFailure({ sqlstate: 'XX000', message: `the definition of object ${oid} (${kind}) is gone` });
      }
      return own;
    };
  };
  return {
    indexes: textsOf('indexes'),
    predicates: textsOf('predicates'),
    constraints: textsOf('constraints'),
    views: textsOf('views'),
    triggers: textsOf('triggers'),
    // A policy may have neither expression.
    policies: (oid) => found.get('policies')?.get(oid),
    generations: textsOf('generations'),
    partitionKeys: textsOf('partitionKeys'),
  };
}

const definitionKinds = Object.entries(definitionQueries) as [DefinitionKind, DefinitionQuery][];

const isLocked = (cause: unknown): boolean => cause instanceof SqlFailure && cause.refusal.sqlstate === '55P03';

/** The system catalog that a kind of definition belongs to in the dependency graph. */
const catalogOf: Readonly<Record<DefinitionKind, string>> = {
  indexes: 'pg_class',
  predicates: 'pg_class',
  constraints: 'pg_constraint',
  views: 'pg_class',
  triggers: 'pg_trigger',
  policies: 'pg_policy',
  generations: 'pg_attrdef',
  partitionKeys: 'pg_class',
};

/** Whether the text of a thing mentions one of these relations. */
function mentionsOf(
  kind: DefinitionKind,
  dependencies: readonly DependencyRow[],
  relations: ReadonlySet<number>,
): (thing: DefinedThing) => boolean {
  const dependents = new Set(
    dependencies.flatMap((row) =>
      row.class === catalogOf[kind] && row.onClass === 'pg_class' && relations.has(row.onObject) ? [row.object] : [],
    ),
  );
  return ({ oid, relation }) => relations.has(relation) || dependents.has(oid);
}
