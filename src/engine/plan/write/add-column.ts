import type { Catalog } from '../../catalog/catalog.ts';
import { identifier, literal, qualified, rendered, sql } from '../../sql/sql.ts';
import type { Intent, NewColumn } from '../intent.ts';
import { setNotNull } from './column-steps.ts';
import { catalogColumn, newColumnText } from './column-text.ts';
import { addCheck, addForeignKey, addUnique } from './constraint-steps.ts';
import { descendantsOf, isNewTable, tableOf, withTable } from './edit-catalog.ts';
import { addIndex } from './index-steps.ts';
import { impossible, inOrder, type PlannedStatement, planned, type StepResult, stepOf } from './step.ts';

type AddColumn = Extract<Intent, { kind: 'add column' }>;

/** What a column gets when the request does not say: stated as an assumption, never silent. */
function decide(column: NewColumn): { readonly column: NewColumn; readonly notes: readonly string[] } {
  if (column.notNull !== null || column.generated !== null || column.identity || column.primaryKey)
    return { column, notes: [] };
  if (column.default !== null) {
    return {
      column: { ...column, notNull: true },
      notes: [
        `${column.name} is NOT NULL: every row has a value, because there is a default (${column.default.text}).`,
      ],
    };
  }
  if (column.type === 'boolean' && column.references === null) {
    return {
      column: { ...column, notNull: true, default: { text: 'false', volatile: false } },
      notes: [
        `${column.name} is NOT NULL DEFAULT false: the rows that are there count as false. Say “nullable” if it may also be unknown.`,
      ],
    };
  }
  return {
    column,
    notes: [
      `${column.name} may be null and has no default, because the request does not say otherwise; the rows that are there get null.`,
    ],
  };
}

/** What follows the bare column: each part on its own, in the form that does not stop writes. */
function followUps(table: AddColumn['table'], column: NewColumn): readonly ((catalog: Catalog) => StepResult)[] {
  const keys = [{ column: column.name, expression: null, descending: false }];
  const { references } = column;
  return [
    ...(column.unique
      ? [(catalog: Catalog) => addUnique(catalog, { kind: 'add unique', table, name: null, columns: [column.name] })]
      : []),
    ...(references === null
      ? []
      : [
          (catalog: Catalog) =>
            addForeignKey(catalog, { kind: 'add foreign key', table, name: null, columns: [column.name], references }),
        ]),
    ...column.checks.map(
      (condition) => (catalog: Catalog) => addCheck(catalog, { kind: 'add check', table, name: null, condition }),
    ),
    ...(column.indexed && references === null && !column.unique
      ? [
          (catalog: Catalog) =>
            addIndex(catalog, {
              kind: 'add index',
              table,
              name: null,
              method: null,
              unique: false,
              keys,
              include: [],
              where: null,
            }),
        ]
      : []),
  ];
}

/** Adds a column without a rewrite where PostgreSQL can, then fills it, requires it and constrains it step by step. */
export function addColumn(catalog: Catalog, intent: AddColumn): StepResult {
  const table = tableOf(catalog, intent.table);
  const name = `${table.schema}.${table.name}`;
  const decided = decide(intent.column);
  const { column } = decided;
  if (table.columns.some((each) => each.name === column.name))
    return impossible(`${name} already has a column "${column.name}"`);
  if (table.partitionOf !== null)
    return impossible(
      `${name} is a partition; add the column to ${table.partitionOf.parent.schema}.${table.partitionOf.parent.name}`,
    );
  if (column.primaryKey && table.constraints.some((each) => each.kind === 'primary key'))
    return impossible(`${name} already has a primary key`);
  if (column.primaryKey && !column.identity && column.default?.volatile !== true)
    return impossible(`a new primary key column needs a value for every row: make it an identity column`);
  // Facts that say "no rows" may come from a schema file or from before the first ANALYZE: they are not believed.
  const isEmpty = isNewTable(catalog, table);
  const valueIsThere = column.default !== null || column.identity || column.generated !== null;
  if (column.notNull === true && !valueIsThere && !isEmpty) {
    return impossible(
      `the rows that ${name} has would have no ${column.name}, and it is to be required: name a default, or make it optional first`,
    );
  }
  const own = qualified(table);
  const fillLater = column.default?.volatile === true && !isNewTable(catalog, table);
  const notNull = column.notNull === true && !fillLater;
  const add = planned(
    null,
    sql`ALTER TABLE ${own} ADD COLUMN ${newColumnText(column, { notNull, withDefault: !fillLater })}`,
  );
  const up: PlannedStatement[] = [add];
  const risks: string[] = [];
  if (column.identity || column.generated !== null) {
    if (!isEmpty)
      risks.push(
        `${name} is rewritten while nobody can read or write it: ${column.identity ? 'an identity column' : 'a stored generated column'} gets its values at once.`,
      );
  }
  if (fillLater && column.default !== null) {
    const text = rendered(column.default.text);
    const quoted = identifier(column.name);
    up.push(
      planned(
        'A default that differs from row to row would rewrite the table; set afterwards it is for new rows only.',
        sql`ALTER TABLE ${own} ALTER COLUMN ${quoted} SET DEFAULT ${text}`,
      ),
      planned('Fills the rows that are there.', sql`UPDATE ${own} SET ${quoted} = ${text} WHERE ${quoted} IS NULL`),
    );
    risks.push(`The fill of ${name} is one UPDATE of every row: on a large table run it in parts.`);
  }
  if (column.comment !== null)
    up.push(planned(null, sql`COMMENT ON COLUMN ${own}.${identifier(column.name)} IS ${literal(column.comment)}`));
  const made = catalogColumn(column, notNull);
  const after = [table, ...descendantsOf(catalog, table)].reduce(
    (current, each) =>
      withTable(current, each, (found) => ({
        ...found,
        columns: [...found.columns, found === table ? made : { ...made, local: false }],
      })),
    catalog,
  );
  const more = inOrder(after, [
    ...(column.notNull === true && !notNull
      ? [
          (current: Catalog) =>
            setNotNull(current, { kind: 'set not null', table: intent.table, column: column.name, fill: null }),
        ]
      : []),
    ...(column.primaryKey
      ? [
          (current: Catalog) =>
            addUnique(current, { kind: 'add primary key', table: intent.table, name: null, columns: [column.name] }),
        ]
      : []),
    ...followUps(intent.table, column),
  ]);
  if ('reason' in more) return more;
  const uniqueDefault = column.unique && column.default !== null && !column.default.volatile;
  if (uniqueDefault && !isEmpty)
    return impossible(`${column.name} cannot be unique when every row gets the same default ${column.default?.text}`);
  return stepOf(more.step.catalog, {
    up: [...up, ...more.step.up],
    // Indexes and constraints of the column go with it.
    down: [planned(null, sql`ALTER TABLE ${own} DROP COLUMN ${identifier(column.name)}`)],
    assumptions: [...decided.notes, ...more.step.assumptions.filter((text) => !text.startsWith('Every row of'))],
    risks: [
      ...risks,
      ...more.step.risks.filter((text) => !fillLater || !text.includes('has no')),
      `The down deletes what was written to ${column.name} in the meantime.`,
    ],
  });
}
