import { as } from '../../sql/nodes.ts';
import { quoteIdentifier } from '../../sql/quote-identifier.ts';
import { keyOf } from '../../sql/table-index.ts';
import { droppedNames } from '../node-questions.ts';
import { publicationsOf } from '../publications.ts';
import { type CheckContext, defineRule, type Found } from '../rule.ts';
import type { SourceRange } from '../statement-source.ts';
import { listInWords, shownObject } from '../wording.ts';

const report = (context: CheckContext, name: string, schema: string, range: SourceRange): readonly Found[] => {
  const placed = context.database.index({ schema, name });
  const table = placed === null ? null : context.database.table(placed.on);
  if (placed === null || table === null || !placed.index.replicaIdentity || table.replicaIdentity !== 'index')
    return [];
  const later = context.script.statements.slice(context.statement.index + 1).some((statement) => {
    const altered = context.alter(statement);
    return (
      altered !== null &&
      keyOf(altered.name) === keyOf(table) &&
      altered.actions.some(({ cmd }) => cmd.subtype === 'AT_ReplicaIdentity')
    );
  });
  if (later) return [];
  const publications = publicationsOf(context.database, table).filter(({ updates }) => updates);
  const by = publications.map((publication) => quoteIdentifier(publication.name));
  const consequence =
    by.length === 0
      ? 'it has none from then on'
      : `every UPDATE and DELETE of the table, which ${listInWords(by)} ${by.length === 1 ? 'publishes' : 'publish'}, fails from then on`;
  return [
    {
      range,
      severity: by.length === 0 ? 'warning' : 'error',
      message: `${quoteIdentifier(name)} is the replica identity of ${shownObject(table)}: ${consequence}`,
      evidence: { table: shownObject(table), index: name, publications: by },
    },
  ];
};

export const dropReplicaIdentityIndex = defineRule({
  id: 'drop-replica-identity-index',
  title: 'Index is the replica identity of its table',
  category: 'correctness',
  severity: 'error',
  servers: {},
  on: ['DropStmt', 'AT_DropConstraint'],
  docs: {
    what: 'DROP INDEX, or DROP CONSTRAINT, of the index that REPLICA IDENTITY USING INDEX names.',
    why: 'PostgreSQL allows it and falls back to nothing, not to the primary key: on a published table every UPDATE and DELETE then fails with 55000.',
    instead: 'ALTER TABLE … REPLICA IDENTITY DEFAULT, or another index, before the drop.',
    ignoreWhen: 'the table is not replicated and will not be.',
    manual: 'https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-REPLICA-IDENTITY',
  },
  examples: [
    {
      name: 'a published table',
      setup:
        'create table users (id bigint not null); create unique index i on users (id); alter table users replica identity using index i; create publication p for table users;',
      up: 'DROP INDEX i;',
      finds: [{ text: 'DROP INDEX i', severity: 'error' }],
    },
    {
      name: 'a table that nothing publishes',
      setup:
        'create table users (id bigint not null unique); alter table users replica identity using index users_id_key;',
      up: 'alter table users drop constraint users_id_key;',
      finds: [{ text: 'drop constraint users_id_key', severity: 'warning' }],
    },
    {
      name: 'another identity is set first',
      setup:
        'create table users (id bigint primary key, a int not null); create unique index i on users (a); alter table users replica identity using index i;',
      up: 'alter table users replica identity default; drop index i;',
      finds: [],
    },
    {
      name: 'an index that is not the identity',
      setup: 'create table users (id bigint primary key, a int); create index i on users (a);',
      up: 'drop index i;',
      finds: [],
    },
  ],
  check: (context) => {
    const drop = as(context.statement.node, 'DropStmt');
    if (drop?.removeType === 'OBJECT_INDEX')
      return droppedNames(drop.objects).flatMap((written) => {
        const { schema, name } = context.database.resolve(written);
        return report(context, name, schema, context.source.range);
      });
    const altered = context.alter();
    return (altered?.actions ?? []).flatMap(({ cmd, range }) =>
      altered !== null && cmd.subtype === 'AT_DropConstraint'
        ? report(context, cmd.name ?? '', altered.name.schema, range)
        : [],
    );
  },
});
