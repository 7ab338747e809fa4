import { keyOf } from '../../sql/table-index.ts';
import { writtenForeignKeys } from '../foreign-keys.ts';
import { type CheckContext, defineRule } from '../rule.ts';
import { listInWords, shown } from '../wording.ts';

const constraintsOf = (context: CheckContext) => {
  const altered = context.alter();
  return altered === null || altered.standing.size === 'new'
    ? []
    : writtenForeignKeys(context).filter(({ place }) => place !== 'created table');
};

export const multipleForeignKeysOneMigration = defineRule({
  id: 'multiple-foreign-keys-one-migration',
  title: 'Several foreign keys in one statement lock all their tables at once',
  category: 'locking',
  severity: 'info',
  servers: {},
  on: ['AlterTableStmt'],
  foldsUnder: ['adding-foreign-key-constraint'],
  docs: {
    what: 'One ALTER TABLE that adds foreign keys to two or more different tables.',
    why: 'Writes to the altered table and to all referenced ones wait together, as long as the statement waits for any of them.',
    instead: 'One foreign key per transaction, each with a short lock_timeout.',
    ignoreWhen: 'no transaction on those tables lasts long.',
    manual: 'https://www.postgresql.org/docs/current/sql-altertable.html',
  },
  examples: [
    {
      name: 'two referenced tables',
      setup:
        'create table users (id bigint primary key); create table shops (id bigint primary key); create table visits (u bigint, s bigint);',
      up: 'ALTER TABLE visits ADD FOREIGN KEY (u) REFERENCES users NOT VALID, ADD FOREIGN KEY (s) REFERENCES shops NOT VALID;',
      finds: [{ text: 'ALTER TABLE', severity: 'info' }],
    },
    {
      name: 'two keys to one table',
      up: 'alter table visits add foreign key (a) references users not valid, add foreign key (b) references users not valid;',
      finds: [],
    },
    {
      name: 'one statement each',
      up: 'alter table visits add foreign key (a) references users not valid; alter table visits add foreign key (b) references shops not valid;',
      finds: [],
    },
  ],
  check: (context) => {
    const keys = constraintsOf(context);
    const tables = new Map(keys.map(({ references }) => [keyOf(context.database.resolve(references)), references]));
    if (tables.size < 2) return [];
    const names = [...tables.values()].map(shown);
    return [
      {
        range: context.source.head(2),
        message: `Writes to ${listInWords(names)} wait together with those to ${shown(keys[0]?.table ?? { schema: null, name: '' })}`,
        evidence: { tables: names, lock: 'SHARE ROW EXCLUSIVE' },
      },
    ];
  },
});
