import { ok } from '../../shared/result.ts';
import type { Catalog, Column, Table } from '../catalog/catalog.ts';
import { fitName } from '../plan/write/free-name.ts';
import { identifier, qualified, type Sql, sql } from '../sql/sql.ts';
import {
  copyReferences,
  dropReferenceCopies,
  dropReferences,
  type Exchange,
  exchangeColumns,
  exchangeOf,
} from './column-exchange.ts';
import { keepInStep, stopKeeping } from './kept-in-step.ts';
import { type Offer, type RecipeStatement, type RecipeStep, scriptOf } from './recipe.ts';
import {
  addBare,
  audienceNotes,
  dropSecond,
  fillEverywhere,
  fillFrom,
  freeColumn,
  secondColumn,
  secondColumnSteps,
  together,
} from './second-column.ts';
import { copyMembers, dropCopies, requireColumn } from './table-members.ts';

/** Gives another column copies of all that stands on the column, under names of their own. */
const constrain = (exchange: Exchange, target: string): readonly RecipeStatement[] => {
  const { second, members } = exchange;
  const { table, column } = second;
  return [
    ...copyMembers(table, members, column, { name: target, type: second.fresh.type }),
    ...requireColumn(table, { name: target, notNull: column.notNull }),
    ...copyReferences(exchange, target),
  ];
};

const release = (exchange: Exchange, target: string): readonly RecipeStatement[] => {
  const { second, members } = exchange;
  const { table, column } = second;
  return [
    ...dropReferenceCopies(exchange),
    ...(column.notNull
      ? [{ sql: sql`ALTER TABLE ${qualified(table)} ALTER COLUMN ${identifier(target)} DROP NOT NULL` }]
      : []),
    ...dropCopies(table, members),
  ];
};

function switchColumns(exchange: Exchange, kept: string): RecipeStep {
  const { second } = exchange;
  const { catalog, table, column, fresh, pair, names } = second;
  const back = { old: { ...pair.old, name: kept }, fresh: { ...pair.fresh, name: column.name } };
  const backNames = { ...names, trigger: fitName(names.trigger, '_back') };
  const held = sql`(filled.${identifier(kept)}${pair.fresh.cast})`;
  const now = sql`filled.${identifier(column.name)}`;
  return {
    slug: 'switch_columns',
    title: `Let ${fresh.name} take the place of ${column.name}`,
    before: `Make sure that the code reads and writes ${column.name} as ${fresh.type} too.`,
    up: scriptOf(
      together([
        ...dropReferences(exchange),
        ...stopKeeping(table, names),
        ...exchangeColumns(exchange, fresh, { name: kept, type: column.type }),
      ]),
    ),
    down: scriptOf([
      ...keepInStep(table, back, backNames),
      ...fillEverywhere(catalog, table, {
        column: kept,
        value: sql`${now}${pair.old.cast}`,
        where: sql`${held}::text IS DISTINCT FROM ${now}::text`,
      }),
      ...constrain(exchange, kept),
      ...together([
        ...dropReferences(exchange),
        ...stopKeeping(table, backNames),
        ...exchangeColumns(exchange, { name: kept, type: column.type }, fresh),
        ...keepInStep(table, pair, names),
      ]),
      ...constrain(exchange, fresh.name),
    ]),
  };
}

/** What a person should know who widens a column that others refer to. */
const referenceNotes = ({ second, references }: Exchange): readonly string[] =>
  references.length === 0
    ? []
    : [
        `These columns refer to ${second.column.name} and keep their type: ${references
          .map(({ table, constraint }) => `${table.schema}.${table.name} (${constraint.columns.join(', ')})`)
          .join(', ')}. Change them in the same way, before values come that they do not hold.`,
      ];

/**
 * Gives a column another type or collation by a second column that takes its place, with all that stands on it: keys,
 * indexes, foreign keys from both sides, sequence or identity, views, triggers, policies. The old column stays, under another
 * name, until the last step.
 */
export function changeColumnTypeRecipe(
  catalog: Catalog,
  table: Table,
  column: Column,
  to: { readonly type: string; readonly collation: string | null },
  casts: { readonly old: Sql; readonly fresh: Sql },
): Offer {
  const name = freeColumn(table, column.name, '_new');
  const kept = freeColumn(table, column.name, '_old');
  const prepared = secondColumn(catalog, table, column, { name, ...to }, casts);
  if (!prepared.ok) return prepared;
  const exchanged = exchangeOf(prepared.value);
  if (!exchanged.ok) return exchanged;
  const exchange = exchanged.value;
  const { second } = exchange;
  const constrained = constrain(exchange, name);
  const steps: readonly RecipeStep[] = [
    ...secondColumnSteps(second),
    ...(constrained.length === 0
      ? []
      : [
          {
            slug: 'constrain_second_column',
            title: `Give ${name} the indexes and constraints of ${column.name}`,
            before: null,
            up: scriptOf(constrained),
            down: scriptOf(release(exchange, name)),
          },
        ]),
    switchColumns(exchange, kept),
    {
      slug: 'drop_old_column',
      title: `Drop ${kept}`,
      before: `Wait until nobody wants to go back: the values of ${kept} go.`,
      up: scriptOf([dropSecond(table, kept, column.name)]),
      down: scriptOf([
        ...addBare(
          catalog,
          table,
          { ...second.fresh, type: column.type, collation: column.collation, name: kept },
          column.name,
        ),
        ...fillFrom(catalog, table, kept, { name: column.name, cast: casts.old }),
      ]),
    },
  ];
  const words = to.type === column.type ? `collation ${to.collation ?? 'default'}` : to.type;
  return ok({
    title: `Change ${column.name} of ${table.schema}.${table.name} from ${column.type} to ${words} without a rewrite under a lock`,
    notes: [
      `From the switch on ${kept} is not written any more; its down brings it up to date, and fails on a value that is none of ${column.type}.`,
      ...referenceNotes(exchange),
      ...audienceNotes(catalog, table),
    ],
    steps,
  });
}
