import { quoteIdentifier } from '../../sql/quote-identifier.ts';
import { namingStatements, newNames } from '../new-names.ts';
import { defineRule } from '../rule.ts';

export const namingConvention = defineRule({
  id: 'naming-convention',
  title: 'Name that the team has agreed against',
  category: 'naming and conflicts',
  severity: 'warning',
  servers: {},
  on: namingStatements,
  docs: {
    what: 'A new name that does not match the pattern which the settings give for its kind (`conventions: names:` in .lockstep.yml). Without patterns nothing is reported.',
    why: 'Names are forever: what breaks the pattern is not found by those who rely on it, and renaming it later breaks code that runs.',
    instead: 'Choose a name that matches, while nothing uses it yet.',
    ignoreWhen: 'the name has to match something outside, such as a framework.',
    manual: 'https://www.postgresql.org/docs/current/sql-syntax-lexical.html#SQL-SYNTAX-IDENTIFIERS',
  },
  examples: [
    {
      name: 'an index without the suffix',
      conventions: { names: { index: '.*_idx' } },
      up: 'CREATE INDEX CONCURRENTLY orders_total ON orders (total);',
      finds: [{ text: 'orders_total', severity: 'warning' }],
    },
    {
      name: 'a column and a constraint of a new table',
      conventions: { names: { column: '[a-z_]+', 'foreign key': 'fk_.*' } },
      up: 'create table orders (id bigint primary key, line2 text, shop bigint constraint shop_ref references shops);',
      finds: [{ text: 'line2' }, { text: 'shop_ref' }],
    },
    {
      name: 'the new name of a rename',
      conventions: { names: { table: '[a-z_]+s' } },
      up: 'alter table orders rename to "order";',
      finds: [{ text: '"order"' }],
    },
    {
      name: 'names that match',
      conventions: { names: { index: '.*_idx', table: '[a-z_]+' } },
      up: 'create table orders (id bigint); create index orders_id_idx on orders (id);',
      finds: [],
    },
    { name: 'nothing is agreed', up: 'create index concurrently "Any" on orders (total);', finds: [] },
    {
      name: 'what PostgreSQL names itself',
      conventions: { names: { index: '.*_idx', 'primary key': 'pk_.*' } },
      up: 'create index concurrently on orders (total); create table t (id bigint primary key);',
      finds: [],
    },
  ],
  check: (context) => {
    const { names } = context.conventions;
    if (Object.keys(names).length === 0) return [];
    return newNames(context).flatMap(({ kind, name, range }) => {
      const pattern = names[kind];
      if (pattern === undefined || new RegExp(`^(?:${pattern})$`, 'u').test(name)) return [];
      return [
        {
          range: range(),
          message: `The name of ${/^[aeiou]/.test(kind) && kind !== 'unique' ? 'an' : 'a'} ${kind} matches ${pattern} here; ${quoteIdentifier(name)} does not`,
          evidence: { kind, name, pattern },
        },
      ];
    });
  },
});
