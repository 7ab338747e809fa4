import { as } from '../../sql/nodes.ts';
import { quoteIdentifier } from '../../sql/quote-identifier.ts';
import { eachAction } from '../each-action.ts';
import { replaceRange } from '../fixes.ts';
import { typeBaseName } from '../node-questions.ts';
import { defineRule } from '../rule.ts';
import { shown } from '../wording.ts';

export const addingJsonColumn = defineRule({
  id: 'adding-json-column',
  title: 'New json column breaks SELECT DISTINCT',
  category: 'compatibility',
  severity: 'warning',
  servers: {},
  on: ['AT_AddColumn'],
  docs: {
    what: 'ADD COLUMN of type json on an existing table.',
    why: 'json has no equality operator: SELECT DISTINCT *, GROUP BY over all columns and UNION of such rows, which worked before the column came, fail with 42883.',
    instead: 'jsonb, which can be compared and indexed.',
    ignoreWhen: 'the text must be kept letter by letter and no query compares whole rows.',
    manual: 'https://www.postgresql.org/docs/current/datatype-json.html',
  },
  examples: [
    {
      name: 'a json column',
      setup: 'create table users (id bigint primary key);',
      up: "ALTER TABLE users ADD COLUMN profile json DEFAULT '{}';",
      finds: [{ text: 'json', severity: 'warning' }],
      fixed: "ALTER TABLE users ADD COLUMN profile jsonb DEFAULT '{}';",
    },
    {
      name: 'without a catalog, beside another column',
      up: 'alter table users add a int, add "Json" pg_catalog.json;',
      finds: [{ text: 'json' }],
    },
    { name: 'jsonb', up: 'alter table users add column profile jsonb;', finds: [] },
    {
      name: 'a table created in the same migration',
      up: 'create table t (a json); alter table t add column b json;',
      finds: [],
    },
    {
      name: 'an array of json is no json',
      setup: 'create table users (id bigint primary key);',
      up: 'alter table users add column a int;',
      finds: [],
    },
  ],
  check: (context) =>
    eachAction(context, ['AT_AddColumn'], 'warning', ({ cmd, range }, altered, severity) => {
      const column = as(cmd.def, 'ColumnDef');
      if (typeBaseName(column?.typeName) !== 'json') return null;
      const from = { start: context.offset(column?.typeName?.location), end: range.end };
      const word = context.source.identifier('json', from) ?? range;
      return {
        range: word,
        severity,
        message: `With ${quoteIdentifier(column?.colname ?? '')} in it, SELECT DISTINCT and GROUP BY over all columns of ${shown(altered.written)} fail: json has no equality`,
        evidence: { table: shown(altered.written), column: column?.colname ?? '' },
        fix: { title: 'Use jsonb', edits: [replaceRange(word, 'jsonb')] },
      };
    }),
});
