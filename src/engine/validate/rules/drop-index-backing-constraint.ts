import { as } from '../../sql/nodes.ts';
import { quoteIdentifier } from '../../sql/quote-identifier.ts';
import type { PlacedIndex } from '../../sql/table-index.ts';
import { droppedNames } from '../node-questions.ts';
import { type CheckContext, defineRule } from '../rule.ts';
import { shown, shownObject } from '../wording.ts';

/** True when a foreign key needs the constraint: it would have to go first. */
const isReferredTo = (context: CheckContext, { index, on }: PlacedIndex): boolean =>
  context.database.referencesTo(on).some(({ constraint: { references } }) => {
    const keys = index.keys.map(({ column }) => column);
    return references?.columns.length === keys.length && references.columns.every((column) => keys.includes(column));
  });

export const dropIndexBackingConstraint = defineRule({
  id: 'drop-index-backing-constraint',
  title: 'Index that a constraint needs cannot be dropped',
  category: 'correctness',
  severity: 'error',
  servers: {},
  on: ['DropStmt'],
  docs: {
    what: 'DROP INDEX of the index behind a PRIMARY KEY, UNIQUE or EXCLUDE constraint.',
    why: 'PostgreSQL refuses it with 2BP01.',
    instead: 'ALTER TABLE … DROP CONSTRAINT, which drops the index too.',
    ignoreWhen: 'never: the statement cannot succeed.',
    manual: 'https://www.postgresql.org/docs/current/sql-dropindex.html',
  },
  examples: [
    {
      name: 'the index of a primary key',
      setup: 'create table users (id bigint primary key);',
      up: 'DROP INDEX users_pkey;',
      finds: [{ text: 'users_pkey', severity: 'error' }],
      fixed: 'ALTER TABLE users DROP CONSTRAINT users_pkey;',
      trace: { fails: '2BP01' },
    },
    {
      name: 'a unique constraint',
      setup: 'create table users (email text, constraint "U" unique (email));',
      up: 'drop index concurrently if exists "U";',
      finds: [{ text: '"U"' }],
      fixed: 'ALTER TABLE users DROP CONSTRAINT "U";',
    },
    {
      name: 'a plain index',
      setup: 'create table users (email text); create unique index u on users (email);',
      up: 'drop index u;',
      finds: [],
    },
    { name: 'without a catalog nothing is known', up: 'drop index users_pkey;', finds: [] },
  ],
  check: (context) => {
    const drop = as(context.statement.node, 'DropStmt');
    if (drop?.removeType !== 'OBJECT_INDEX') return [];
    const names = droppedNames(drop.objects);
    return names.flatMap((written) => {
      const placed = context.database.index(written);
      const constraint = placed?.index.constraint ?? null;
      if (placed === null || constraint === null) return [];
      const table = shownObject(placed.on);
      return [
        {
          range: context.source.identifier(written.name) ?? context.source.range,
          message: `${shown(written)} belongs to the constraint ${quoteIdentifier(constraint)} of ${table}: dropping the index fails with 2BP01`,
          evidence: { index: shown(written), constraint, table, sqlstate: '2BP01' },
          fix:
            names.length > 1 || isReferredTo(context, placed)
              ? null
              : {
                  title: 'Drop the constraint instead',
                  edits: [
                    {
                      ...context.source.range,
                      text: `ALTER TABLE ${table} DROP CONSTRAINT ${quoteIdentifier(constraint)}`,
                    },
                  ],
                },
        },
      ];
    });
  },
});
