import type { Catalog, Column, Table } from '../../catalog/catalog.ts';
import { parseCheck, provesNotNull } from '../../sql/expressions.ts';
import { identifier, literal, qualified, rendered, type Sql, sql } from '../../sql/sql.ts';
import type { Intent } from '../intent.ts';
import { columnOf, descendantsOf, isNewTable, newOwner, tableOf, withColumn, withTable } from './edit-catalog.ts';
import { freeConstraintName } from './free-name.ts';
import { impossible, type PlannedStatement, planned, type StepResult, stepOf } from './step.ts';

type Of<Kind extends Intent['kind']> = Extract<Intent, { kind: Kind }>;

const change = (table: Table, column: string, what: Sql): Sql =>
  sql`ALTER TABLE ${qualified(table)} ALTER COLUMN ${identifier(column)} ${what}`;

/** The catalog with a column changed in the table and in everything that has the column from it. */
export const changedColumn = (
  catalog: Catalog,
  table: Table,
  name: string,
  edit: (column: Column) => Column,
): Catalog =>
  [table, ...descendantsOf(catalog, table)].reduce(
    (current, each) => withTable(current, each, (found) => withColumn(found, name, edit)),
    catalog,
  );

const inherited = (table: Table, column: Column): string | null =>
  column.local ? null : `${column.name} of ${table.schema}.${table.name} comes from its parent; change it there`;

/** Functions and procedures whose text mentions a name: they may break, and only their authors can tell. */
export function mentioning(catalog: Catalog, name: string): readonly string[] {
  const escaped = name.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const word = new RegExp(`(?<![\\w$])${escaped}(?![\\w$])`, 'i');
  return catalog.routines
    .filter((routine) => word.test(routine.definition.replace(/^.*?\bAS\b/is, '')))
    .map((routine) => `${routine.schema}.${routine.name}`);
}

const mentionRisk = (catalog: Catalog, name: string): readonly string[] => {
  const found = mentioning(catalog, name);
  const listed = found.length > 5 ? `${found.slice(0, 5).join(', ')} and ${found.length - 5} more` : found.join(', ');
  return found.length === 0 ? [] : [`The text of ${listed} mentions ${name} and is not changed by PostgreSQL.`];
};

/** Renames a column; what PostgreSQL follows by itself (views, indexes, constraints) is left to it. */
export function renameColumn(catalog: Catalog, intent: Of<'rename column'>): StepResult {
  const table = tableOf(catalog, intent.table);
  const column = columnOf(table, intent.column);
  const stop = inherited(table, column);
  if (stop !== null) return impossible(stop);
  if (intent.newName === column.name) return impossible(`the column is called ${column.name} already`);
  if (table.columns.some((each) => each.name === intent.newName))
    return impossible(`${table.schema}.${table.name} already has a column "${intent.newName}"`);
  const rename = (from: string, to: string): PlannedStatement =>
    planned(null, sql`ALTER TABLE ${qualified(table)} RENAME COLUMN ${identifier(from)} TO ${identifier(to)}`);
  const renamed = (name: string): string => (name === column.name ? intent.newName : name);
  const after = changedColumn(catalog, table, column.name, (each) => ({ ...each, name: intent.newName }));
  return stepOf(
    withTable(after, table, (each) => ({
      ...each,
      constraints: each.constraints.map((constraint) => ({ ...constraint, columns: constraint.columns.map(renamed) })),
      indexes: each.indexes.map((index) => ({
        ...index,
        keys: index.keys.map((key) => ({ ...key, column: key.column && renamed(key.column) })),
      })),
    })),
    {
      up: [rename(column.name, intent.newName)],
      down: [rename(intent.newName, column.name)],
      risks: [
        `Programs that say ${column.name} fail from the moment of the rename until they say ${intent.newName}.`,
        ...mentionRisk(catalog, column.name),
      ],
    },
  );
}

/** Sets the default of new rows; rows that are there keep their values. */
export function setDefault(catalog: Catalog, intent: Of<'set default'>): StepResult {
  const table = tableOf(catalog, intent.table);
  const column = columnOf(table, intent.column);
  if (column.generated !== null)
    return impossible(`${column.name} of ${table.schema}.${table.name} is generated; it has no default`);
  if (column.identity !== null)
    return impossible(`${column.name} of ${table.schema}.${table.name} is an identity column; it has no default`);
  if (column.default === intent.value.text)
    return impossible(`${intent.value.text} is the default of ${column.name} already`);
  return stepOf(
    changedColumn(catalog, table, column.name, (each) => ({ ...each, default: intent.value.text })),
    {
      up: [planned(null, change(table, column.name, sql`SET DEFAULT ${rendered(intent.value.text)}`))],
      down: [
        planned(
          null,
          column.default === null
            ? change(table, column.name, sql`DROP DEFAULT`)
            : change(table, column.name, sql`SET DEFAULT ${rendered(column.default)}`),
        ),
      ],
      assumptions: [`Rows that are there keep their ${column.name}; the default is for new rows.`],
    },
  );
}

/** Takes the default away. */
export function dropDefault(catalog: Catalog, intent: Of<'drop default'>): StepResult {
  const table = tableOf(catalog, intent.table);
  const column = columnOf(table, intent.column);
  if (column.generated !== null || column.identity !== null)
    return impossible(`${column.name} of ${table.schema}.${table.name} has no default: its values are generated`);
  if (column.default === null) return impossible(`${column.name} of ${table.schema}.${table.name} has no default`);
  return stepOf(
    changedColumn(catalog, table, column.name, (each) => ({ ...each, default: null })),
    {
      up: [planned(null, change(table, column.name, sql`DROP DEFAULT`))],
      down: [planned(null, change(table, column.name, sql`SET DEFAULT ${rendered(column.default)}`))],
      risks: column.notNull ? [`${column.name} is required: inserts that leave it out fail from now on.`] : [],
    },
  );
}

/** True when a validated check of the table already says that the column is never null. */
const isProved = (table: Table, column: string): boolean =>
  table.constraints.some((constraint) => {
    const node =
      constraint.kind === 'check' && constraint.validated
        ? parseCheck(constraint.definition.replace(/ NO INHERIT$/, ''))
        : null;
    return node !== null && provesNotNull(node, column);
  });

/** Makes a column required: the rows are proved by a check that does not stop writes, which then is dropped again. */
export function setNotNull(catalog: Catalog, intent: Of<'set not null'>): StepResult {
  const table = tableOf(catalog, intent.table);
  const column = columnOf(table, intent.column);
  if (column.notNull) return impossible(`${column.name} of ${table.schema}.${table.name} is required already`);
  const name = `${table.schema}.${table.name}`;
  const own = qualified(table);
  const quoted = identifier(column.name);
  const up: PlannedStatement[] = [];
  const risks: string[] = [];
  if (intent.fill !== null) {
    up.push(
      planned(
        `Fills the rows that have no ${column.name}.`,
        sql`UPDATE ${own} SET ${quoted} = ${rendered(intent.fill.text)} WHERE ${quoted} IS NULL`,
      ),
    );
    risks.push(
      `The fill of ${name} is one UPDATE: on a large table run it in parts before. The down does not take the filled values back.`,
    );
  }
  if (isNewTable(catalog, table) || isProved(table, column.name)) {
    up.push(
      planned(
        isNewTable(catalog, table) ? null : 'A check that is there proves it; nothing is scanned.',
        change(table, column.name, sql`SET NOT NULL`),
      ),
    );
  } else {
    const check = identifier(freeConstraintName(table, [table.name, column.name], 'is_set'));
    up.push(
      planned(
        'New rows must have a value from now on; old rows are not looked at yet.',
        sql`ALTER TABLE ${own} ADD CONSTRAINT ${check} CHECK (${quoted} IS NOT NULL) NOT VALID`,
      ),
      planned(
        `Proves the old rows while ${table.name} is read and written.`,
        sql`ALTER TABLE ${own} VALIDATE CONSTRAINT ${check}`,
      ),
      planned('Needs no scan: the check proves it.', change(table, column.name, sql`SET NOT NULL`)),
      planned('The check has done its work.', sql`ALTER TABLE ${own} DROP CONSTRAINT ${check}`),
    );
    if (intent.fill === null)
      risks.push(
        `If a row of ${name} has no ${column.name}, the validation fails and nothing is required yet; fill such rows first.`,
      );
  }
  return stepOf(
    changedColumn(catalog, table, column.name, (each) => ({ ...each, notNull: true })),
    {
      up,
      down: [planned(null, change(table, column.name, sql`DROP NOT NULL`))],
      assumptions:
        intent.fill === null && table.owner !== newOwner
          ? [`Every row of ${name} has a ${column.name} already, or is given one before.`]
          : [],
      risks,
    },
  );
}

/** Lets a column be null. */
export function dropNotNull(catalog: Catalog, intent: Of<'drop not null'>): StepResult {
  const table = tableOf(catalog, intent.table);
  const column = columnOf(table, intent.column);
  if (!column.notNull) return impossible(`${column.name} of ${table.schema}.${table.name} may be null already`);
  const key = table.constraints.find(
    (constraint) => constraint.kind === 'primary key' && constraint.columns.includes(column.name),
  );
  if (key !== undefined) return impossible(`${column.name} is part of the primary key ${key.name}; it cannot be null`);
  if (column.identity !== null) return impossible(`${column.name} is an identity column; it cannot be null`);
  const named = table.constraints.find(
    (constraint) => constraint.kind === 'not null' && constraint.columns[0] === column.name,
  );
  const back = setNotNull(
    changedColumn(catalog, table, column.name, (each) => ({ ...each, notNull: false })),
    { kind: 'set not null', table: intent.table, column: column.name, fill: null },
  );
  if ('reason' in back) return back;
  const after = changedColumn(catalog, table, column.name, (each) => ({ ...each, notNull: false }));
  return stepOf(
    withTable(after, table, (each) => ({
      ...each,
      constraints: each.constraints.filter((constraint) => constraint !== named),
    })),
    {
      up: [planned(null, change(table, column.name, sql`DROP NOT NULL`))],
      down:
        named === undefined
          ? back.step.up
          : [
              planned(
                'The constraint has a name of its own.',
                sql`ALTER TABLE ${qualified(table)} ADD CONSTRAINT ${identifier(named.name)} ${rendered(named.definition)}`,
              ),
            ],
      risks: [`Once a row has no ${column.name}, the down fails until it is filled.`],
    },
  );
}

/** Sets or removes the comment of a table or a column. */
export function setComment(catalog: Catalog, intent: Of<'comment'>): StepResult {
  const table = tableOf(catalog, intent.table);
  const column = intent.column === null ? null : columnOf(table, intent.column);
  const before = column === null ? table.comment : column.comment;
  if (before === intent.text) return impossible('the comment is that already');
  const kind = table.kind === 'foreign table' ? sql`FOREIGN TABLE` : sql`TABLE`;
  const what =
    column === null ? sql`${kind} ${qualified(table)}` : sql`COLUMN ${qualified(table)}.${identifier(column.name)}`;
  const say = (text: string | null): PlannedStatement => planned(null, sql`COMMENT ON ${what} IS ${literal(text)}`);
  return stepOf(
    withTable(catalog, table, (each) =>
      column === null
        ? { ...each, comment: intent.text }
        : withColumn(each, column.name, (found) => ({ ...found, comment: intent.text })),
    ),
    { up: [say(intent.text)], down: [say(before)] },
  );
}
