import type { SelectStmt } from '@pgsql/types';
import type { ObjectName, View } from '../../catalog/catalog.ts';
import { all, as, strings } from '../nodes.ts';
import { parseScript } from '../parser.ts';
import type { EffectScope } from './effect-scope.ts';

/** A table, or a view that rows are written through, with what the columns that a statement names are called there. */
export type Written = {
  readonly relation: ObjectName;
  /** False where the view reads a table without those that inherit from it. */
  readonly withTree: boolean;
  /** True where a view on the way shows some rows only. */
  readonly isFiltered: boolean;
  /** Null for a column of the view that is none of the table behind it. */
  readonly columnOf: (named: string) => string | null;
};

/** What is done to rows. */
export type Change = 'INSERT' | 'UPDATE' | 'DELETE';

/** True where a trigger does something instead of one of the changes. */
const isReplaced = ({ triggers }: View, changes: readonly Change[]): boolean =>
  triggers.some(({ definition }) => {
    const [, events] = /\bINSTEAD OF\b(.*?)\bON\b/is.exec(definition) ?? [];
    return events !== undefined && changes.some((change) => events.toUpperCase().includes(change));
  });

const queryOf = ({ definition }: View): SelectStmt | undefined => {
  const script = parseScript(definition);
  return script.ok ? as(script.value.statements[0]?.node, 'SelectStmt') : undefined;
};

/** What a view's columns are called in the one relation that it reads, in their order. */
const columnsBehind = ({ columns }: View, { targetList }: SelectStmt): ReadonlyMap<string, string> => {
  const targets = all(targetList, 'ResTarget');
  return new Map(
    columns.flatMap(({ name }, at) => {
      const behind = strings(as(targets[at]?.val, 'ColumnRef')?.fields).at(-1);
      return behind === undefined ? [] : [[name, behind]];
    }),
  );
};

/** More views than this over one another are a circle, which no server has. */
const deepest = 100;

/**
 * The relations that a change of rows is made to: the one it names and, where that is a view that the server writes
 * through, what lies behind it, down to the table. Triggers that do something instead end the way.
 */
export function writtenThrough(
  scope: EffectScope,
  relation: ObjectName,
  changes: readonly Change[],
  withTree: boolean,
): readonly Written[] {
  const written: Written[] = [];
  let next: Written | null = { relation, withTree, isFiltered: false, columnOf: (named) => named };
  while (next !== null && written.length < deepest) {
    written.push(next);
    next = behind(scope, next, changes);
  }
  return written;
}

function behind(
  scope: EffectScope,
  { relation, isFiltered, columnOf }: Written,
  changes: readonly Change[],
): Written | null {
  const view = scope.lookup.view(relation);
  if (view === undefined || view.materialized || isReplaced(view, changes)) return null;
  const query = queryOf(view);
  const [from, another] = query?.fromClause ?? [];
  const read = as(from, 'RangeVar');
  if (query === undefined || read === undefined || another !== undefined) return null;
  const columns = columnsBehind(view, query);
  return {
    relation: scope.relation(read),
    withTree: read.inh === true,
    isFiltered: isFiltered || query.whereClause !== undefined,
    columnOf: (named) => {
      const own = columnOf(named);
      return own === null ? null : (columns.get(own) ?? null);
    },
  };
}
