import { writtenForeignKeys } from '../foreign-keys.ts';
import { defineRule } from '../rule.ts';
import { columnList, shown } from '../wording.ts';

export const fkOptions = defineRule({
  id: 'fk-options',
  title: 'Foreign key that does not say what a delete does',
  category: 'index and constraint',
  severity: 'info',
  servers: {},
  on: ['AlterTableStmt', 'CreateStmt'],
  optIn: true,
  docs: {
    what: 'A foreign key without ON DELETE.',
    why: 'NO ACTION is meant then: deleting a row that is referred to fails with 23503. Whether that was decided or forgotten nobody can tell later, and another action needs a new constraint.',
    instead: 'ON DELETE RESTRICT, CASCADE, SET NULL or NO ACTION, as it is meant.',
    ignoreWhen: 'the team has agreed that NO ACTION goes without saying.',
    manual: 'https://www.postgresql.org/docs/current/ddl-constraints.html#DDL-CONSTRAINTS-FK',
  },
  examples: [
    {
      name: 'a constraint',
      up: 'ALTER TABLE orders ADD CONSTRAINT f FOREIGN KEY (user_id) REFERENCES users (id) NOT VALID;',
      finds: [{ text: 'FOREIGN KEY (user_id)', severity: 'info' }],
    },
    {
      name: 'on a column',
      up: 'create table o (id bigint primary key, u bigint references users);',
      finds: [{ text: 'references' }],
    },
    {
      name: 'it is said',
      up: 'create table o (id bigint primary key, u bigint references users on delete cascade);',
      finds: [],
    },
    {
      name: 'no action is said too',
      up: 'alter table o add constraint f foreign key (u) references users (id) on delete no action not valid;',
      finds: [],
    },
  ],
  check: (context) => {
    if (context.direction === 'down') return [];
    const said = context.source.words('ON DELETE') !== null;
    return writtenForeignKeys(context).flatMap(({ table, columns, references, constraint, range }) => {
      const action = constraint.fk_del_action ?? 'a';
      // The parser does not tell NO ACTION from nothing: the text does.
      if (
        action !== 'a' ||
        (said &&
          context.source.words('ON DELETE NO ACTION', { start: range.start, end: context.statement.end }) !== null)
      )
        return [];
      return [
        {
          range,
          message: `What a delete in ${shown(references)} does to ${columnList(columns)} of ${shown(table)} is not said: it fails with 23503`,
          evidence: { table: shown(table), columns, references: shown(references) },
        },
      ];
    });
  },
});
