import type { Node } from '@pgsql/types';
import type { ObjectName, Routine, Table } from '../catalog/catalog.ts';
import { byObject } from '../sql/by-object.ts';
import { all, as, findNodes, nameOf, strings } from '../sql/nodes.ts';
import { parsePlpgsql, parseScript } from '../sql/parser.ts';
import { plpgsqlQueries } from '../sql/plpgsql-queries.ts';
import { keyOf } from '../sql/table-index.ts';
import type { CatalogView } from './catalog-view.ts';
import { type KnownQuery, statementsOfQuery } from './known-queries.ts';
import { shownObject } from './wording.ts';

/** Code that puts all columns of a table, as they are, where another list of columns is fixed. */
export type StarUse = {
  /** The code in words, for example `function log_change()`. */
  readonly by: string;
  /** The table that takes the columns; null for a UNION, whose other side fixes them. */
  readonly into: Table | null;
};

const starOf = (targets: readonly Node[] | undefined): string | null | undefined => {
  for (const { val } of all(targets, 'ResTarget')) {
    const fields = as(val, 'ColumnRef')?.fields ?? [];
    if (fields.some((field) => as(field, 'A_Star') !== undefined)) return strings(fields).at(-1) ?? null;
  }
  return undefined;
};

/** True when the target list of a query holds all columns of the table, by `*`, `alias.*` or, in a trigger, `NEW.*`. */
const takesAll = (node: Node | undefined, database: CatalogView, table: ObjectName, isTrigger: boolean): boolean => {
  const select = as(node, 'SelectStmt');
  const values = all(select?.valuesLists, 'List')[0]?.items?.map((val): Node => ({ ResTarget: { val } }));
  const star = starOf(values ?? select?.targetList);
  if (select === undefined || star === undefined) return false;
  if (star !== null && isTrigger && /^(?:new|old)$/i.test(star)) return true;
  return findNodes(select.fromClause, 'RangeVar').some((range) => {
    const isTable = keyOf(database.resolve(nameOf(range))) === keyOf(table);
    return isTable && (star === null || star === (range.alias?.aliasname ?? range.relname));
  });
};

const usesIn = (
  statement: Node,
  by: string,
  database: CatalogView,
  table: ObjectName,
  isTrigger: boolean,
): readonly StarUse[] => [
  ...findNodes([statement], 'InsertStmt').flatMap((insert): readonly StarUse[] => {
    if (!takesAll(insert.selectStmt, database, table, isTrigger)) return [];
    const into = database.table(nameOf(insert.relation));
    return into === null || keyOf(into) === keyOf(table) ? [] : [{ by, into }];
  }),
  ...findNodes([statement], 'SelectStmt').flatMap((select): readonly StarUse[] => {
    if (select.op === undefined || select.op === 'SETOP_NONE') return [];
    const sides = [select.larg, select.rarg].map(
      (side) => side !== undefined && takesAll({ SelectStmt: side }, database, table, isTrigger),
    );
    return sides[0] === sides[1] ? [] : [{ by, into: null }];
  }),
];

/** The queries in a routine's body, as texts. */
const queriesOf = (routine: Routine): readonly string[] => {
  if (routine.language === 'plpgsql') return plpgsqlQueries(parsePlpgsql(routine.definition)).queries;
  const script = routine.language === 'sql' ? parseScript(routine.definition) : null;
  const create = script?.ok === true ? as(script.value.statements[0]?.node, 'CreateFunctionStmt') : undefined;
  const body = all(create?.options, 'DefElem').find(({ defname }) => defname === 'as')?.arg;
  return strings(as(body, 'List')?.items).slice(0, 1);
};

const mayTake = (text: string): boolean => text.includes('*') && /\b(?:insert|union|intersect|except)\b/i.test(text);

/** The routines that may take whole rows at all: few, and asked for by each ADD COLUMN of a file. */
const routinesThatMayTake = byObject(10, (routines: readonly Routine[]): readonly Routine[] =>
  routines.filter(({ definition }) => mayTake(definition)),
);

/** The known queries and routines that an additional column of a table reaches by `*`; texts that cannot be read have none. */
export const starUsesOf = (database: CatalogView, table: Table, queries: readonly KnownQuery[]): readonly StarUse[] => {
  const ofQueries = queries
    .filter(({ text }) => mayTake(text) && text.toLowerCase().includes(table.name.toLowerCase()))
    .flatMap((query) =>
      statementsOfQuery(query).flatMap(({ node }) => usesIn(node, 'a known query', database, table, false)),
    );
  const called = new Set(table.triggers.map((trigger) => keyOf(trigger.function)));
  const ofRoutines = routinesThatMayTake(database.catalog.routines).flatMap((routine) => {
    const isTrigger = called.has(keyOf(routine));
    if (!isTrigger && !routine.definition.includes(table.name)) return [];
    return queriesOf(routine).flatMap((text) => {
      const script = parseScript(text);
      if (!script.ok) return [];
      const by = `${routine.kind} ${shownObject(routine)}`;
      return script.value.statements.flatMap(({ node }) => usesIn(node, by, database, table, isTrigger));
    });
  });
  return [...ofQueries, ...ofRoutines];
};
