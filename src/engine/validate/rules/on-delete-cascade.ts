import { writtenForeignKeys } from '../foreign-keys.ts';
import { defineRule } from '../rule.ts';
import { shown } from '../wording.ts';

export const onDeleteCascade = defineRule({
  id: 'on-delete-cascade',
  title: 'One delete takes rows of other tables along',
  category: 'data loss',
  severity: 'info',
  servers: {},
  on: ['AlterTableStmt', 'CreateStmt'],
  optIn: true,
  docs: {
    what: 'A foreign key with ON DELETE CASCADE.',
    why: 'Deleting one row deletes all that refer to it, through as many tables as the cascades go on, in one transaction and without a word.',
    instead: 'ON DELETE RESTRICT or NO ACTION, and deletes that the application says out loud.',
    ignoreWhen: 'the rows are parts of what they refer to.',
    manual: 'https://www.postgresql.org/docs/current/ddl-constraints.html#DDL-CONSTRAINTS-FK',
  },
  examples: [
    {
      name: 'a cascade',
      up: 'CREATE TABLE posts (id bigint primary key, user_id bigint REFERENCES users ON DELETE CASCADE);',
      finds: [{ text: 'REFERENCES', severity: 'info' }],
    },
    {
      name: 'on an existing table',
      up: 'alter table posts add foreign key (user_id) references users on delete cascade not valid;',
      finds: [{ text: 'foreign key (user_id)' }],
    },
    { name: 'restricted', up: 'create table posts (user_id bigint references users on delete restrict);', finds: [] },
    {
      name: 'only updates cascade',
      up: 'create table posts (user_id bigint references users on update cascade);',
      finds: [],
    },
  ],
  check: (context) =>
    context.direction === 'down'
      ? []
      : writtenForeignKeys(context).flatMap(({ constraint, range, table, references }) =>
          constraint.fk_del_action !== 'c'
            ? []
            : [
                {
                  range,
                  message: `Deleting a row of ${shown(references)} deletes all rows of ${shown(table)} that refer to it`,
                  evidence: { table: shown(table), references: shown(references) },
                },
              ],
        ),
});
