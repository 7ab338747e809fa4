import { as, nameOfParts, strings } from '../../sql/nodes.ts';
import { defineRule } from '../rule.ts';
import { shown } from '../wording.ts';

export const creatingEnum = defineRule({
  id: 'creating-enum',
  title: 'New enum type',
  category: 'types and conventions',
  severity: 'info',
  servers: {},
  on: ['CreateEnumStmt'],
  optIn: true,
  docs: {
    what: 'CREATE TYPE … AS ENUM.',
    why: 'A label can be added and renamed, but never removed or reordered; and a new one cannot be used in the transaction that adds it.',
    instead: 'A lookup table with a foreign key, or text with a CHECK.',
    ignoreWhen: 'the labels are fixed by nature.',
    manual: 'https://www.postgresql.org/docs/current/datatype-enum.html',
  },
  examples: [
    {
      name: 'a new type',
      up: "CREATE TYPE mood AS ENUM ('ok', 'great');",
      finds: [{ text: 'CREATE TYPE', severity: 'info' }],
    },
    { name: 'a composite type', up: 'create type pair as (a int, b int);', finds: [] },
    {
      name: 'a type that is there is used',
      setup: "create type mood as enum ('ok');",
      up: 'create table t (m mood);',
      finds: [],
    },
  ],
  check: (context) => {
    const statement = as(context.statement.node, 'CreateEnumStmt');
    if (statement === undefined || context.direction === 'down') return [];
    const name = shown(nameOfParts(strings(statement.typeName)));
    return [{ range: context.source.head(2), message: `No label of ${name} can be removed later` }];
  },
});
