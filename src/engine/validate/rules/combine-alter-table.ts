import { keyOf } from '../../sql/table-index.ts';
import { type CheckContext, defineRule } from '../rule.ts';
import { shown } from '../wording.ts';

const works = (context: CheckContext, relation: string): boolean =>
  context.effects.scans.includes(relation) || context.effects.rewrites.includes(relation);

export const combineAlterTable = defineRule({
  id: 'combine-alter-table',
  title: 'Several ALTER TABLE of one table, one after the other',
  category: 'locking',
  severity: 'info',
  servers: {},
  optIn: true,
  docs: {
    what: 'An ALTER TABLE right behind another one of the same existing table, where one statement with both actions would do.',
    why: 'Each asks for its lock anew, and each that reads or rewrites the table goes through it once more.',
    instead: 'One ALTER TABLE with several actions.',
    ignoreWhen: 'the steps are apart on purpose, for example NOT VALID and VALIDATE.',
    manual: 'https://www.postgresql.org/docs/current/sql-altertable.html',
  },
  examples: [
    {
      name: 'two columns',
      up: 'ALTER TABLE users ADD COLUMN a int;\nALTER TABLE users ADD COLUMN b int;',
      finds: [{ text: 'ALTER TABLE users', severity: 'info' }],
    },
    { name: 'one statement', up: 'alter table users add column a int, add column b int;', finds: [] },
    { name: 'two tables', up: 'alter table users add column a int; alter table shops add column b int;', finds: [] },
    {
      name: 'a validation belongs apart',
      up: 'alter table users add constraint c check (a > 0) not valid; alter table users validate constraint c;',
      finds: [],
    },
    {
      name: 'a table created in the same migration',
      up: 'create table t (a int); alter table t add b int; alter table t add c int;',
      finds: [],
    },
  ],
  check: (context) => {
    const altered = context.alter();
    const previous = context.script.statements[context.statement.index - 1];
    const before = previous === undefined ? null : context.alter(previous);
    if (altered === null || before === null || altered.standing.size === 'new') return [];
    if (keyOf(altered.name) !== keyOf(before.name)) return [];
    const apart = altered.actions.some(
      ({ cmd }) =>
        cmd.subtype === 'AT_ValidateConstraint' ||
        cmd.subtype === 'AT_SetNotNull' ||
        cmd.subtype === 'AT_DropConstraint',
    );
    if (apart) return [];
    const again = works(context, shown(altered.name)) ? ', and goes through its rows again' : '';
    return [
      {
        range: context.source.head(3),
        message: `${shown(altered.written)} is locked anew${again}: the statement before could do both`,
        evidence: { table: shown(altered.written) },
      },
    ];
  },
});
