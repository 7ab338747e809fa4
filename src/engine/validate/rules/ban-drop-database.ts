import { as } from '../../sql/nodes.ts';
import { quoteIdentifier } from '../../sql/quote-identifier.ts';
import { defineRule } from '../rule.ts';

export const banDropDatabase = defineRule({
  id: 'ban-drop-database',
  title: 'Dropped database',
  category: 'data loss',
  severity: 'error',
  servers: {},
  on: ['DropdbStmt'],
  docs: {
    what: 'DROP DATABASE in a migration.',
    why: 'Everything in it is lost at once, and no down brings it back.',
    instead: 'Drop databases by hand, with a backup, never from a migration.',
    ignoreWhen: 'the migration tears down a throw-away environment.',
    manual: 'https://www.postgresql.org/docs/current/sql-dropdatabase.html',
  },
  examples: [
    { name: 'a database', up: 'DROP DATABASE shop;', finds: [{ text: 'DROP DATABASE shop', severity: 'error' }] },
    {
      name: 'with options',
      up: 'drop database if exists "Shop" with (force);',
      finds: [{ text: 'drop database if exists "Shop" with (force)' }],
    },
    { name: 'a new one', up: 'create database shop;', finds: [] },
    { name: 'a table', up: 'drop table if exists database;', finds: [] },
  ],
  check: (context) => {
    const drop = as(context.statement.node, 'DropdbStmt');
    return drop === undefined
      ? []
      : [{ range: context.source.range, message: `The whole database ${quoteIdentifier(drop.dbname ?? '')} is lost` }];
  },
});
