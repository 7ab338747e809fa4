import type { Catalog, Column, Table } from '../../catalog/catalog.ts';
import { renderOwnedBy, renderSequence } from '../../catalog/render/render-sequence.ts';
import { parseExpression } from '../../sql/expressions.ts';
import { findNodes } from '../../sql/nodes.ts';
import { placeholderFor } from '../../sql/placeholder-value.ts';
import { identifier, literal, qualified, rendered, sql } from '../../sql/sql.ts';
import type { Intent } from '../intent.ts';
import { mentioning } from './column-steps.ts';
import { columnSettings, oldColumnText } from './column-text.ts';
import { foreignKeysOn, restoreConstraint } from './constraint-steps.ts';
import { dependantsOfColumn, inWords } from './dependants.ts';
import { columnOf, descendantsOf, tableOf, withTable } from './edit-catalog.ts';
import { rebuildIndex } from './index-steps.ts';
import { impossible, type PlannedStatement, planned, restored, type StepResult, stepOf } from './step.ts';

const names = (expression: string | null, column: string): boolean => {
  const node = expression === null ? null : parseExpression(expression);
  return (
    node !== null &&
    findNodes(node, 'ColumnRef').some((reference) => {
      const last = reference.fields?.at(-1);
      return last !== undefined && 'String' in last && last.String.sval === column;
    })
  );
};

/** The statements that bring a column back as it was, without its values. */
function restoreColumn(
  catalog: Catalog,
  table: Table,
  column: Column,
): { readonly down: readonly PlannedStatement[]; readonly risks: readonly string[] } {
  const own = qualified(table);
  const quoted = identifier(column.name);
  const down: PlannedStatement[] = [];
  const risks: string[] = [];
  const owned = catalog.sequences.find(
    (sequence) =>
      sequence.ownedBy?.table.schema === table.schema &&
      sequence.ownedBy.table.name === table.name &&
      sequence.ownedBy.column === column.name,
  );
  const serial = owned !== undefined && owned.ownedBy?.identity === false ? owned : undefined;
  if (serial !== undefined) down.push(...restored('The sequence went with the column.', [renderSequence(serial)]));
  const hasValue = column.default !== null || column.identity !== null || column.generated !== null;
  const needsFiller = column.notNull && !hasValue;
  const isUnique =
    table.constraints.some(
      (each) =>
        (each.kind === 'primary key' || each.kind === 'unique') &&
        each.columns.length === 1 &&
        each.columns[0] === column.name,
    ) ||
    table.indexes.some((index) => index.unique && index.keys.length === 1 && index.keys[0]?.column === column.name);
  // Rows that must differ are numbered by an identity that is there for a moment, or get random texts.
  const numbered = needsFiller && isUnique && /^(?:smallint|integer|bigint)$/.test(column.type);
  const filler = !needsFiller || numbered ? null : placeholderFor(column.type, isUnique);
  const oldDefault = column.default === null || column.generated !== null ? null : rendered(column.default);
  down.push(
    planned(
      filler === null
        ? `Brings the column back${column.generated === null && !hasValue ? ', empty' : ''}.`
        : 'Brings the column back; rows need some value, since it is required.',
      sql`ALTER TABLE ${own} ADD COLUMN ${oldColumnText(numbered ? { ...column, identity: 'by default' } : column, owned, { default: filler ?? oldDefault, notNull: column.notNull })}`,
    ),
  );
  if (numbered) {
    down.push(
      planned(
        'The numbers were only for rows that are there.',
        sql`ALTER TABLE ${own} ALTER COLUMN ${quoted} DROP IDENTITY`,
      ),
    );
    risks.push(
      `After the down the rows have new numbers as ${column.name}, because it is required and unique and its values are gone.`,
    );
  } else if (filler !== null) {
    down.push(
      planned(
        'The value was only for rows that are there.',
        sql`ALTER TABLE ${own} ALTER COLUMN ${quoted} DROP DEFAULT`,
      ),
    );
    risks.push(
      `After the down every row has a made-up ${column.name} (${filler.text}), because the column is required and its values are gone.`,
    );
  } else if (column.notNull && !hasValue)
    risks.push(`The down fails on a table with rows: ${column.name} is required and there is no value to give them.`);
  if (serial !== undefined) {
    const link = renderOwnedBy(serial);
    if (link !== null) down.push(...restored(null, [link]));
    if (serial.comment !== null)
      down.push(planned(null, sql`COMMENT ON SEQUENCE ${qualified(serial)} IS ${literal(serial.comment)}`));
  }
  for (const setting of columnSettings(table, column)) down.push(planned(null, setting));
  if (column.comment !== null)
    down.push(planned(null, sql`COMMENT ON COLUMN ${own}.${quoted} IS ${literal(column.comment)}`));
  return { down, risks };
}

/** Drops a column with everything of the table that needs it, and says what cannot come back. */
export function dropColumn(catalog: Catalog, intent: Extract<Intent, { kind: 'drop column' }>): StepResult {
  const table = tableOf(catalog, intent.table);
  const column = columnOf(table, intent.column);
  const name = `${table.schema}.${table.name}`;
  if (!column.local) return impossible(`${column.name} of ${name} comes from its parent; drop it there`);
  if (table.columns.length === 1)
    return impossible(`${column.name} is the only column of ${name}; drop the table instead`);
  if (names(table.partitionKey?.replace(/^\w+\s*/, 'f') ?? null, column.name))
    return impossible(`${column.name} is part of the partition key of ${name}`);
  const users = dependantsOfColumn(catalog, table, column.name);
  if (users.length > 0)
    return impossible(`${inWords(users)} uses ${column.name} of ${name} and would be lost with it; change that first`);
  const triggers = table.triggers.filter((trigger) =>
    new RegExp(`UPDATE OF[^;]*?\\b${column.name.replaceAll(/\W/g, '\\$&')}\\b`, 'i').test(
      trigger.definition.split(/ ON /)[0] ?? '',
    ),
  );
  if (triggers.length > 0)
    return impossible(
      `the trigger ${triggers.map((trigger) => trigger.name).join(', ')} fires on ${column.name}; change it first`,
    );

  const goneConstraints = table.constraints.filter(
    (each) =>
      each.local &&
      (each.columns.includes(column.name) ||
        (each.kind === 'check' &&
          names(each.definition.replace(/^CHECK /, '').replace(/ (?:NO INHERIT|NOT VALID)/g, ''), column.name))) &&
      each.kind !== 'not null' &&
      each.kind !== 'trigger',
  );
  const namedNotNull = table.constraints.filter((each) => each.kind === 'not null' && each.columns[0] === column.name);
  const goneIndexes = table.indexes.filter(
    (index) =>
      index.constraint === null &&
      index.parent === null &&
      (index.keys.some((key) => key.column === column.name || names(key.expression, column.name)) ||
        index.include.includes(column.name) ||
        names(index.predicate, column.name)),
  );
  const stands = goneConstraints
    .filter((each) => each.kind === 'primary key' || each.kind === 'unique')
    .flatMap((each) => foreignKeysOn(catalog, table, each.columns))
    .filter((each) => !(each.table === table && goneConstraints.includes(each.constraint)));
  const back = restoreColumn(catalog, table, column);
  const keepsOldNames = namedNotNull.flatMap((each) => [
    planned(
      'The constraint has a name of its own.',
      sql`ALTER TABLE ${qualified(table)} ALTER COLUMN ${identifier(column.name)} DROP NOT NULL`,
    ),
    planned(
      null,
      sql`ALTER TABLE ${qualified(table)} ADD CONSTRAINT ${identifier(each.name)} ${rendered(each.definition)}`,
    ),
  ]);
  const order = (kind: string): number => ['primary key', 'unique', 'exclusion', 'check', 'foreign key'].indexOf(kind);
  const down = [
    ...back.down,
    ...keepsOldNames,
    ...[...goneConstraints]
      .sort((a, b) => order(a.kind) - order(b.kind))
      .flatMap((each) => restoreConstraint(catalog, table, each)),
    ...goneIndexes.flatMap((index) => rebuildIndex(catalog, table, index)),
    ...stands.flatMap((each) => restoreConstraint(catalog, each.table, each.constraint)),
  ];
  const goneNames = [...goneConstraints.map((each) => each.name), ...goneIndexes.map((each) => each.name)];
  const affected = new Set([table, ...descendantsOf(catalog, table)].map((each) => `${each.schema}\0${each.name}`));
  const gone = new Set([...goneConstraints, ...stands.map((each) => each.constraint)]);
  const after: Catalog = {
    ...withTable(catalog, table, (each) => each),
    tables: catalog.tables.map((each) => ({
      ...each,
      columns: affected.has(`${each.schema}\0${each.name}`)
        ? each.columns.filter((other) => other.name !== column.name)
        : each.columns,
      constraints: each.constraints.filter(
        (other) => !gone.has(other) && !(each === table && namedNotNull.includes(other)),
      ),
      indexes:
        each === table
          ? each.indexes.filter(
              (index) =>
                !goneIndexes.includes(index) &&
                !goneConstraints.some((constraint) => constraint.name === index.constraint),
            )
          : each.indexes,
    })),
    sequences: catalog.sequences.filter(
      (each) =>
        !(
          each.ownedBy?.table.schema === table.schema &&
          each.ownedBy.table.name === table.name &&
          each.ownedBy.column === column.name
        ),
    ),
  };
  const routines = mentioning(catalog, column.name);
  return stepOf(after, {
    up: [
      ...stands.map((each) =>
        planned(
          `It references ${column.name}.`,
          sql`ALTER TABLE ${qualified(each.table)} DROP CONSTRAINT ${identifier(each.constraint.name)}`,
        ),
      ),
      planned(null, sql`ALTER TABLE ${qualified(table)} DROP COLUMN ${identifier(column.name)}`),
    ],
    down,
    assumptions:
      goneNames.length === 0 ? [] : [`With the column go ${goneNames.join(', ')}; the down makes them again.`],
    risks: [
      column.generated === null
        ? `The values of ${name}.${column.name} are lost: the down brings the column back, not what was in it.`
        : `The down computes ${column.name} again, which rewrites ${name}.`,
      ...back.risks,
      ...(routines.length > 0 ? [`The text of ${routines.slice(0, 5).join(', ')} mentions ${column.name}.`] : []),
      `Programs that name ${column.name} fail from the moment it is gone.`,
    ],
  });
}
