import { err, ok } from '../../shared/result.ts';
import type { Catalog, Column, Index, Table } from '../catalog/catalog.ts';
import { dependencyGraph } from '../catalog/dependency-graph.ts';
import { mentioning } from '../plan/write/column-steps.ts';
import { fitName } from '../plan/write/free-name.ts';
import { quoteLiteral } from '../sql/quote-literal.ts';
import { identifier, qualified, sql } from '../sql/sql.ts';
import { usersOfColumn } from './column-users.ts';
import { keepInStep, stopKeeping } from './kept-in-step.ts';
import { type Offer, type RecipeStatement, type RecipeStep, scriptOf } from './recipe.ts';
import {
  addBare,
  audienceNotes,
  dropSecond,
  fillFrom,
  freeColumn,
  type SecondColumn,
  secondColumn,
  secondColumnSteps,
  together,
} from './second-column.ts';
import { createIndex, dropIndexCopy, indexesOver } from './table-members.ts';

const none = sql``;

const rename = (table: Table, from: string, to: string): RecipeStatement => ({
  sql: sql`ALTER TABLE ${qualified(table)} RENAME COLUMN ${identifier(from)} TO ${identifier(to)}`,
  ignores: { 'renaming-column': 'a column of that name held the same values until this transaction' },
});

/** A trigger that would see, or fire for, only one of two columns that hold the same. */
function blindTrigger(catalog: Catalog, table: Table, column: Column): string | null {
  const narrow = usersOfColumn(catalog, table, column.name).triggers[0];
  if (narrow !== undefined)
    return `the trigger ${narrow.name} names ${column.name}, and would not fire where code writes the new name`;
  const early = table.triggers.filter(({ definition }) =>
    /^CREATE TRIGGER .*? BEFORE .*? FOR EACH ROW/s.test(definition),
  );
  if (early.length === 0) return null;
  const naming = new Set(
    dependencyGraph(catalog)
      .routinesNaming(column.name)
      .map(({ schema, name }) => `${schema}\0${name}`),
  );
  const reader = early.find(
    ({ definition, function: called }) =>
      naming.has(`${called.schema}\0${called.name}()`) || definition.includes(quoteLiteral(column.name)),
  );
  return reader === undefined
    ? null
    : `the trigger ${reader.name} reads or changes ${column.name} before a row is written, and would miss what code writes under the new name`;
}

type IndexCopies = { readonly make: readonly RecipeStatement[]; readonly drop: readonly RecipeStatement[] };

/** Indexes for code that asks by the other name; constraints need no copies, since both columns hold the same. */
function indexCopies({ catalog, table, column }: SecondColumn, target: string): IndexCopies {
  const isStrict = ({ unique, constraint }: Index): boolean =>
    unique &&
    !table.constraints.some(
      ({ name, deferrable, kind }) => name === constraint && (deferrable || kind === 'exclusion'),
    );
  const shapeOf = ({ definition }: Index): string => definition.slice(definition.search(/\sUSING\s/i));
  const all = indexesOver(catalog, table, column.name).filter(({ index }) => index.valid);
  const isSpare = (one: Index, at: number): boolean =>
    all.some(
      ({ index }, other) =>
        shapeOf(index) === shapeOf(one) && (isStrict(index) === isStrict(one) ? other < at : isStrict(index)),
    );
  // Without what a constraint asks of them two indexes may be the same.
  const copies = all.filter(({ index }, at) => !isSpare(index, at));
  return {
    make: copies.flatMap(({ index, name }) =>
      createIndex(table, index, column.name, {
        name,
        column: target,
        unique: isStrict(index),
      }),
    ),
    drop: copies.toReversed().map(({ name }) => dropIndexCopy({ schema: table.schema, name })),
  };
}

/** The second column goes and the first gets its name: whatever stands on the first column follows by itself. */
function lastStep(second: SecondColumn): RecipeStep {
  const { catalog, table, column, fresh, pair, names } = second;
  const aside = freeColumn(table, column.name, '_aside');
  const users = mentioning(catalog, column.name);
  const back = { old: { name: fresh.name, cast: none }, fresh: { name: column.name, cast: none } };
  const backNames = { ...names, trigger: fitName(names.trigger, '_back') };
  return {
    slug: 'rename_column',
    title: `Drop the second column and rename ${column.name} to ${fresh.name}`,
    before: `Deploy code that reads and writes ${fresh.name} only, and wait until no code with ${column.name} runs.${users.length === 0 ? '' : ` These routines may name ${column.name}: ${users.join(', ')}.`}`,
    up: scriptOf(
      together([
        ...stopKeeping(table, names),
        dropSecond(table, fresh.name, column.name),
        rename(table, column.name, fresh.name),
      ]),
    ),
    down: scriptOf([
      ...addBare(catalog, table, { ...fresh, name: column.name }),
      ...keepInStep(table, back, backNames),
      ...fillFrom(catalog, table, column.name, { name: fresh.name, cast: none }),
      ...indexCopies(second, column.name).make,
      ...together([
        ...stopKeeping(table, backNames),
        rename(table, column.name, aside),
        rename(table, fresh.name, column.name),
        rename(table, aside, fresh.name),
        ...keepInStep(table, pair, names),
      ]),
    ]),
  };
}

/** Renames a column while code with the old name and code with the new one both run, or why that cannot be done. */
export function renameColumnRecipe(catalog: Catalog, table: Table, column: Column, name: string): Offer {
  const { type, collation } = column;
  const prepared = secondColumn(catalog, table, column, { name, type, collation }, { old: none, fresh: none });
  if (!prepared.ok) return prepared;
  const second = prepared.value;
  const blind = blindTrigger(catalog, table, column);
  if (blind !== null) return err(blind);
  const copies = indexCopies(second, name);
  if (table.kind === 'partitioned table' && copies.make.length > 0)
    return err(`${table.schema}.${table.name} is partitioned, and no index over ${column.name} can be built beside it`);
  const indexes: RecipeStep = {
    slug: 'index_second_column',
    title: `Give ${name} the indexes of ${column.name}`,
    before: null,
    up: scriptOf(copies.make),
    down: scriptOf(copies.drop),
  };
  return ok({
    title: `Rename ${column.name} of ${table.schema}.${table.name} to ${name} while both names work`,
    notes: [
      ...(column.default === null
        ? []
        : [`Until the last step, an INSERT that writes NULL into ${name} gets the default of ${column.name}.`]),
      ...audienceNotes(catalog, table),
    ],
    steps: [...secondColumnSteps(second), ...(copies.make.length === 0 ? [] : [indexes]), lastStep(second)],
  });
}
