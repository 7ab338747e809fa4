import { qualifiedName } from '../sql/qualified-name.ts';
import { quoteIdentifier } from '../sql/quote-identifier.ts';
import { tokensOf } from '../sql/tokens.ts';
import type { Catalog, Dependency, ObjectName, Routine } from './catalog.ts';
import { memberName, objectKey } from './object-key.ts';
import { isNamedInSql } from './other-object-path.ts';
import { splitSignature } from './routine-signature.ts';

/** An object in the words of `Catalog.dependencies`; a column is one of kind `column`, named as `memberName` says. */
export type GraphObject = Dependency['dependent'];

/** An object that was reached, and the way to it: from what was asked for (left out) to the object itself. */
export type Reached = {
  readonly object: GraphObject;
  readonly path: readonly GraphObject[];
  /** True when a step of the way was found by parsing a body: the server does not know of it, and will not hold it. */
  readonly isParsed: boolean;
};

/** Whether to follow what was found further; without it only direct neighbours are given. */
type Reach = { readonly transitive?: boolean };

/**
 * Who uses whom, as the server recorded it. Text in the bodies of routines is not recorded by the server (only a body
 * written as `BEGIN ATOMIC` is): what such routines use is given beside, where their bodies were parsed; those that may
 * use something are found by the words in their bodies, with `routinesNaming`.
 */
export type DependencyGraph = {
  /**
   * What uses the object, nearest first; of a relation also what uses any of its columns. Each object once, with a
   * shortest path; circles end where they close.
   */
  readonly dependentsOf: (object: GraphObject, reach?: Reach) => readonly Reached[];
  /** What the object uses, in the same way. A column of a relation is given as the column, then its relation. */
  readonly dependenciesOf: (object: GraphObject, reach?: Reach) => readonly Reached[];
  /**
   * Routines with a body in which the word occurs as a name, whatever it means there: they may use it, and nothing but
   * running them would tell.
   */
  readonly routinesNaming: (name: string) => readonly GraphObject[];
};

/** A column as an object of the graph. */
export const columnObject = (relation: ObjectName, column: string): GraphObject => ({
  kind: 'column',
  schema: relation.schema,
  name: memberName(relation.name, column),
});

/** Kinds whose name has parts that are quoted already, beside those that are kept as their statements. */
const sqlNamed: ReadonlySet<string> = new Set(['column', 'constraint', 'trigger', 'policy', 'routine']);

/** The dotted path of an object, as differences and reports write it. */
export function pathOf({ kind, schema, name }: GraphObject): string {
  if (!sqlNamed.has(kind) && !isNamedInSql({ kind }))
    return schema === '' ? quoteIdentifier(name) : qualifiedName({ schema, name });
  // A member's name is quoted already; a routine's has its arguments, and only what stands before them is a name.
  const signature = splitSignature(name);
  const own = kind === 'routine' ? `${quoteIdentifier(signature.name)}(${signature.arguments})` : name;
  return schema === '' ? own : `${quoteIdentifier(schema)}.${own}`;
}

type Edge = { readonly object: GraphObject; readonly isParsed: boolean };

/**
 * The graph of a catalog's dependencies, and of those that were found in the bodies of its routines (`bodyDependencies`).
 * Building it takes time in proportion to their number.
 */
export function dependencyGraph(catalog: Catalog, bodies: readonly Dependency[] = []): DependencyGraph {
  const users = new Map<string, Edge[]>();
  const used = new Map<string, Edge[]>();
  const link = (user: GraphObject, target: GraphObject, isParsed: boolean) => {
    put(users, keyOf(target), { object: user, isParsed });
    put(used, keyOf(user), { object: target, isParsed });
  };
  const add = ({ dependent, on }: Dependency, isParsed: boolean) => {
    const relation: GraphObject = { kind: on.kind, schema: on.schema, name: on.name };
    if (on.column !== null) link(dependent, columnObject(relation, on.column), isParsed);
    // Whoever uses a column uses its relation.
    link(dependent, relation, isParsed);
  };
  for (const dependency of catalog.dependencies) add(dependency, false);
  // After the others: where the server knows a way as well, that one is told.
  for (const dependency of bodies) add(dependency, true);
  let words: ReadonlyMap<string, readonly GraphObject[]> | null = null;
  return {
    dependentsOf: (object, reach) => walk(object, users, reach),
    dependenciesOf: (object, reach) => walk(object, used, reach),
    routinesNaming: (name) => {
      words ??= wordsOfBodies(catalog.routines);
      return words.get(name) ?? [];
    },
  };
}

const keyOf = ({ kind, schema, name }: GraphObject): string => objectKey(kind, schema, name);

function put<Value>(map: Map<string, Value[]>, key: string, value: Value): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, [value]);
  else known.push(value);
}

function walk(
  from: GraphObject,
  edges: ReadonlyMap<string, readonly Edge[]>,
  { transitive = false }: Reach = {},
): readonly Reached[] {
  const seen = new Set([keyOf(from)]);
  const found: Reached[] = [];
  const visit = (object: GraphObject, path: readonly GraphObject[], isParsed: boolean) => {
    for (const next of edges.get(keyOf(object)) ?? []) {
      if (seen.has(keyOf(next.object))) continue;
      seen.add(keyOf(next.object));
      found.push({ object: next.object, path: [...path, next.object], isParsed: isParsed || next.isParsed });
    }
  };
  visit(from, [], false);
  // `found` grows while it is walked: level by level.
  if (transitive) for (const { object, path, isParsed } of found) visit(object, path, isParsed);
  return found;
}

/** Names in the bodies of routines that the server keeps as text. */
function wordsOfBodies(routines: readonly Routine[]): ReadonlyMap<string, readonly GraphObject[]> {
  const words = new Map<string, GraphObject[]>();
  for (const routine of routines) {
    const object = { kind: 'routine', schema: routine.schema, name: `${routine.name}(${routine.arguments})` };
    const named = new Set(bodiesOf(routine.definition).flatMap(namesIn));
    for (const name of named) put(words, name, object);
  }
  return words;
}

const bodyQuote = /^\$[^$]*\$/;

const bodiesOf = (definition: string): readonly string[] =>
  tokensOf(definition).flatMap(({ kind, start, end }) => {
    const text = definition.slice(start, end);
    const [quote] = kind === 'string' ? (bodyQuote.exec(text) ?? []) : [];
    return quote === undefined ? [] : [text.slice(quote.length, -quote.length)];
  });

/** Every name in a text of SQL or PL/pgSQL, also inside its strings, which may be run as SQL. */
function namesIn(text: string): readonly string[] {
  return tokensOf(text).flatMap(({ kind, start, end }) => {
    const piece = text.slice(start, end);
    if (kind === 'word') return [piece.toLowerCase()];
    if (kind === 'quoted identifier') return [piece.slice(1, -1).replaceAll('""', '"')];
    if (kind !== 'string') return [];
    const inner = piece.startsWith('$') ? bodiesOf(piece) : [piece.replace(/^[^']*'/, '').slice(0, -1)];
    return inner.flatMap((each) => (each === piece ? [] : namesIn(each)));
  });
}
