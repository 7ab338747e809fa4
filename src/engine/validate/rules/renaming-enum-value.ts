import { as, nameOfParts, strings } from '../../sql/nodes.ts';
import { defineRule } from '../rule.ts';
import { tablesOfType } from '../tables-of-type.ts';
import { shown } from '../wording.ts';

export const renamingEnumValue = defineRule({
  id: 'renaming-enum-value',
  title: 'Renamed enum value breaks the running application',
  category: 'compatibility',
  severity: 'error',
  servers: { from: 10 },
  on: ['AlterEnumStmt'],
  docs: {
    what: 'ALTER TYPE … RENAME VALUE on a type that exists before the migration.',
    why: 'Code that writes or compares the old label fails with 22P02, and readers get a label that they do not know.',
    instead: 'Add the new value, let code read both, move the rows, and leave the old value alone.',
    ignoreWhen: 'no running code uses the label.',
    manual: 'https://www.postgresql.org/docs/current/sql-altertype.html',
  },
  examples: [
    {
      name: 'an existing type',
      setup: "create type mood as enum ('ok'); create table users (id bigint primary key, moods mood[]);",
      up: "ALTER TYPE mood RENAME VALUE 'ok' TO 'fine';",
      finds: [{ text: "RENAME VALUE 'ok' TO 'fine'", severity: 'error' }],
    },
    {
      name: 'without a catalog',
      up: `alter type sales."Mood" rename value 'ok' to 'fine';`,
      finds: [{ text: "rename value 'ok' to 'fine'" }],
    },
    {
      name: 'a type created in the same migration',
      up: "create type fresh as enum ('a'); alter type fresh rename value 'a' to 'b';",
      finds: [],
    },
    {
      name: 'a type that no column has',
      setup: "create type mood as enum ('ok'); create table t (id int);",
      up: "alter type mood rename value 'ok' to 'fine';",
      finds: [{ text: "rename value 'ok' to 'fine'", severity: 'info' }],
    },
    { name: 'a new value', up: "alter type mood add value 'great';", finds: [] },
  ],
  check: (context) => {
    const change = as(context.statement.node, 'AlterEnumStmt');
    if (change?.oldVal === undefined || context.direction === 'down') return [];
    const written = nameOfParts(strings(change.typeName));
    if (context.created.has('type', context.database.resolve(written))) return [];
    const type = context.database.type(written);
    const isUsed = type === null || tablesOfType(context.database, type).length > 0;
    const start = context.source.words('RENAME')?.start ?? context.statement.start;
    return [
      {
        range: { start, end: context.statement.end },
        severity: isUsed ? 'error' : 'info',
        message: `Code that still says '${change.oldVal}' for ${shown(written)} fails as soon as the value is called '${change.newVal ?? ''}'`,
        evidence: { type: shown(written), value: change.oldVal, newValue: change.newVal },
      },
    ];
  },
});
