import type { AlterTableType } from '@pgsql/types';
import { as, nameOf } from '../../sql/nodes.ts';
import { quoteIdentifier } from '../../sql/quote-identifier.ts';
import { type PublishedBy, publicationsOf } from '../publications.ts';
import { defineRule } from '../rule.ts';
import { listInWords, shown } from '../wording.ts';

const consequences: Partial<Record<AlterTableType, string>> = {
  AT_AddColumn: 'the subscriber needs the column before the first row with it arrives, or it stops',
  AT_AlterColumnType: 'the subscriber keeps the old type until it is changed there too',
};

const words = (publications: readonly PublishedBy[]): string =>
  `${listInWords(publications.map(({ name }) => quoteIdentifier(name)))} ${publications.length === 1 ? 'publishes' : 'publish'} it, and structure is not replicated`;

export const ddlOnPublishedTable = defineRule({
  id: 'ddl-on-published-table',
  title: 'Published table changes its structure',
  category: 'timeouts and operational',
  severity: 'warning',
  servers: { from: 10 },
  on: ['AlterTableStmt', 'RenameStmt'],
  docs: {
    what: 'ADD COLUMN, a type change or a renamed column of a table that a publication sends to subscribers.',
    why: 'Logical replication sends rows, not DDL: a subscriber that lacks a column stops with an error, and the publisher keeps its WAL for it until the disk is full.',
    instead:
      'Add columns at the subscriber first and at the publisher second; drop and rename in the other order, with replication paused.',
    ignoreWhen: 'the subscribers are changed by the same deployment, in the right order.',
    manual: 'https://www.postgresql.org/docs/current/logical-replication-restrictions.html',
  },
  examples: [
    {
      name: 'a new column',
      setup: 'create table users (id bigint primary key); create publication p for table users;',
      up: 'ALTER TABLE users ADD COLUMN nick text;',
      finds: [{ text: 'ADD COLUMN nick text', severity: 'warning' }],
    },
    {
      name: 'a renamed column while all tables are published',
      setup: 'create table users (id bigint primary key, a text); create publication p for all tables;',
      up: 'alter table users rename column a to b;',
      finds: [{ text: 'alter table users rename column a to b' }],
    },
    {
      name: 'the publication names its columns',
      setup: 'create table users (id bigint primary key); create publication p for table users (id);',
      up: 'alter table users add column nick text;',
      finds: [],
    },
    {
      name: 'another table is published',
      setup:
        'create table users (id bigint primary key); create table orders (id bigint primary key); create publication p for table orders;',
      up: 'alter table users add column nick text;',
      finds: [],
    },
    {
      name: 'an index is nobody else’s business',
      setup: 'create table users (id bigint primary key, a int); create publication p for table users;',
      up: 'create index concurrently on users (a); alter table users alter a set default 1;',
      finds: [],
    },
  ],
  check: (context) => {
    const rename = as(context.statement.node, 'RenameStmt');
    if (rename?.renameType === 'OBJECT_COLUMN') {
      const table = context.database.table(nameOf(rename.relation));
      const publications = table === null ? [] : publicationsOf(context.database, table);
      if (publications.length === 0) return [];
      const name = quoteIdentifier(rename.subname ?? '');
      return [
        {
          range: context.source.range,
          message: `${words(publications)}: the subscriber still looks for ${name}`,
          evidence: { table: shown(nameOf(rename.relation)), publications: publications.map((each) => each.name) },
        },
      ];
    }
    const altered = context.alter();
    if (altered === null || altered.table === null || altered.standing.size === 'new') return [];
    const changes = altered.actions.filter(({ cmd }) => cmd.subtype !== undefined && cmd.subtype in consequences);
    const publications = changes.length === 0 ? [] : publicationsOf(context.database, altered.table);
    return changes.flatMap(({ cmd, range }) => {
      const concerned = publications.filter(({ columns }) => !columns || cmd.subtype !== 'AT_AddColumn');
      if (concerned.length === 0 || cmd.subtype === undefined) return [];
      return [
        {
          range,
          message: `${words(concerned)}: ${consequences[cmd.subtype] ?? ''}`,
          evidence: { table: shown(altered.written), publications: concerned.map((each) => each.name) },
        },
      ];
    });
  },
});
