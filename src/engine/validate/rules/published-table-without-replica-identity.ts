import type { PublicationObjSpec } from '@pgsql/types';
import type { Table } from '../../catalog/catalog.ts';
import { all, as, findNodes, nameOf, strings } from '../../sql/nodes.ts';
import { quoteIdentifier } from '../../sql/quote-identifier.ts';
import { keyOf } from '../../sql/table-index.ts';
import { publicationsOf } from '../publications.ts';
import { type CheckContext, defineRule, type Found } from '../rule.ts';
import type { SourceRange } from '../statement-source.ts';
import { listInWords, shownObject } from '../wording.ts';

const hasIdentity = (table: Table): boolean => {
  switch (table.replicaIdentity) {
    case 'nothing':
      return false;
    case 'full':
    case 'index':
      return true;
    case 'default':
      return table.constraints.some(({ kind }) => kind === 'primary key');
  }
};

/** The columns that tell a table's rows apart for subscribers; null when all of them do. */
const identityOf = (table: Table): readonly string[] | null => {
  if (table.replicaIdentity === 'full') return null;
  if (table.replicaIdentity === 'index')
    return table.indexes.find((index) => index.replicaIdentity)?.keys.flatMap(({ column }) => column ?? []) ?? [];
  return table.constraints.find(({ kind }) => kind === 'primary key')?.columns ?? [];
};

/** A filter that reads what is not part of the identity, or a list of columns that leaves a part of it out. */
const outsideIdentity = (context: CheckContext, publication: string, object: PublicationObjSpec): readonly Found[] => {
  const { pubtable } = object;
  const table = context.database.table(nameOf(pubtable?.relation));
  if (pubtable === undefined || table === null || !hasIdentity(table)) return [];
  const identity = identityOf(table);
  const listed = strings(pubtable.columns);
  const read = findNodes(pubtable.whereClause, 'ColumnRef').flatMap(({ fields }) => strings(fields).at(-1) ?? []);
  const unread = identity === null ? undefined : read.find((column) => !identity.includes(column));
  const needed = identity ?? table.columns.map(({ name }) => name);
  const missing = listed.length === 0 ? undefined : needed.find((column) => !listed.includes(column));
  if (unread === undefined && missing === undefined) return [];
  const why =
    unread === undefined
      ? `has ${quoteIdentifier(missing ?? '')} in its replica identity, which is not sent`
      : `has no ${quoteIdentifier(unread)} in its replica identity, which the filter reads`;
  return [found(table, [publication], context.source.range, why)];
};

/** True when a later statement of the file gives the table a primary key or an identity. */
const isGivenLater = (context: CheckContext, table: Table): boolean =>
  context.script.statements.slice(context.statement.index + 1).some((statement) => {
    const altered = context.alter(statement);
    return (
      altered !== null &&
      keyOf(altered.name) === keyOf(table) &&
      altered.actions.some(
        ({ cmd }) =>
          cmd.subtype === 'AT_ReplicaIdentity' ||
          (cmd.subtype === 'AT_AddConstraint' && as(cmd.def, 'Constraint')?.contype === 'CONSTR_PRIMARY'),
      )
    );
  });

const found = (table: Table, publications: readonly string[], range: SourceRange, why: string): Found => ({
  range,
  message: `${shownObject(table)} ${why}, and ${listInWords(publications.map(quoteIdentifier))} ${publications.length === 1 ? 'publishes' : 'publish'} it: every UPDATE and DELETE of it fails from then on`,
  evidence: { table: shownObject(table), publications },
});

const publishing = (context: CheckContext, table: Table): readonly string[] =>
  publicationsOf(context.database, table).flatMap(({ name, updates }) => (updates ? [name] : []));

export const publishedTableWithoutReplicaIdentity = defineRule({
  id: 'published-table-without-replica-identity',
  title: 'Published table without a replica identity',
  category: 'timeouts and operational',
  severity: 'error',
  servers: { from: 10 },
  on: ['AlterPublicationStmt', 'AT_DropConstraint', 'AT_ReplicaIdentity', 'CreatePublicationStmt', 'CreateStmt'],
  docs: {
    what: 'A table without a primary key or other replica identity comes into a publication that sends updates and deletes, a published table loses its identity, or a publication filters by other columns than those of the identity or leaves some of them out.',
    why: 'PostgreSQL then refuses every UPDATE and DELETE of the table with 55000, on the publisher itself.',
    instead: 'Give the table a primary key, or REPLICA IDENTITY USING INDEX or FULL, before it is published.',
    ignoreWhen: 'rows of the table are only ever inserted.',
    manual: 'https://www.postgresql.org/docs/current/logical-replication-publication.html',
  },
  examples: [
    {
      name: 'a table without a key comes into a publication',
      setup: 'create table events (a int);',
      up: 'CREATE PUBLICATION p FOR TABLE events;',
      finds: [{ text: 'CREATE PUBLICATION p FOR TABLE events', severity: 'error' }],
    },
    {
      name: 'a publication of all tables, and of a schema',
      setup:
        'create table events (a int); create table users (id bigint primary key); create unlogged table u (a int);',
      up: 'create publication p for all tables; create publication q for tables in schema public;',
      finds: [
        { text: 'create publication p for all tables' },
        { text: 'create publication q for tables in schema public' },
      ],
    },
    {
      name: 'a published table loses its identity',
      setup: 'create table users (id bigint primary key); create publication p for table users;',
      up: 'alter table users replica identity nothing;',
      finds: [{ text: 'replica identity nothing' }],
    },
    {
      name: 'a published table loses its primary key',
      setup: 'create table users (id bigint primary key); create publication p for all tables;',
      up: 'alter table users drop constraint users_pkey;',
      finds: [{ text: 'drop constraint users_pkey' }],
    },
    {
      name: 'a new table without a key while all tables are published',
      setup: 'create publication p for all tables;',
      up: 'create table events (a int);',
      finds: [{ text: 'create table events (a int)' }],
    },
    {
      name: 'a filter and a list of columns beside the identity, and within it',
      setup:
        'create table users (id bigint primary key, email text); create table logs (id bigint primary key, email text); alter table logs replica identity full;',
      up: "create publication p for table users where (email <> ''); create publication q for table users (email); create publication r for table users (id, email) where (id > 7); create publication s for table logs where (email <> ''); create publication t for table users where (email <> '') with (publish = 'insert');",
      finds: [
        { text: "create publication p for table users where (email <> '')" },
        { text: 'create publication q for table users (email)' },
      ],
    },
    {
      name: 'a table with a primary key',
      setup: 'create table users (id bigint primary key);',
      up: 'create publication p for table users;',
      finds: [],
    },
    {
      name: 'only inserts are sent',
      setup: 'create table events (a int);',
      up: "create publication p for table events with (publish = 'insert');",
      finds: [],
    },
    {
      name: 'nothing publishes the table',
      setup: 'create table users (id bigint primary key);',
      up: 'alter table users replica identity nothing;',
      finds: [],
    },
  ],
  check: (context) => {
    const { node } = context.statement;
    const publication = as(node, 'CreatePublicationStmt') ?? as(node, 'AlterPublicationStmt');
    if (publication !== undefined) {
      const adds = !('action' in publication) || publication.action !== 'AP_DropObjects';
      const sends = all(publication.options, 'DefElem').find(({ defname }) => defname === 'publish');
      const list = as(sends?.arg, 'String')?.sval;
      if (!adds || (list !== undefined && !/\b(?:update|delete)\b/i.test(list))) return [];
      const objects = all(publication.pubobjects, 'PublicationObjSpec');
      const schemas = objects.flatMap(({ pubobjtype, name }) =>
        pubobjtype === 'PUBLICATIONOBJ_TABLES_IN_SCHEMA' ? (name ?? '') : [],
      );
      const named = objects.flatMap(({ pubtable }) => context.database.table(nameOf(pubtable?.relation)) ?? []);
      const among = context.database.catalog.tables.filter(
        ({ kind, schema }) =>
          kind !== 'foreign table' && (publication.for_all_tables === true || schemas.includes(schema)),
      );
      const outside = objects.flatMap((object) => outsideIdentity(context, publication.pubname ?? '', object));
      const without = [...named, ...among].flatMap((table) =>
        hasIdentity(table) || isGivenLater(context, table) || table.persistence !== 'permanent'
          ? []
          : [found(table, [publication.pubname ?? ''], context.source.range, 'has no replica identity')],
      );
      return [...outside, ...without];
    }
    const create = as(node, 'CreateStmt');
    if (create !== undefined && create.relation?.relpersistence === 'p' && create.partbound === undefined) {
      const keyed =
        all(create.tableElts, 'Constraint').some(({ contype }) => contype === 'CONSTR_PRIMARY') ||
        all(create.tableElts, 'ColumnDef').some((column) =>
          all(column.constraints, 'Constraint').some(({ contype }) => contype === 'CONSTR_PRIMARY'),
        ) ||
        all(create.tableElts, 'TableLikeClause').length > 0;
      const name = context.database.resolve(nameOf(create.relation));
      const publications = (context.database.catalog.otherObjects ?? []).flatMap((object) =>
        object.kind === 'publication' && /\bFOR ALL TABLES\b/i.test(object.definition) ? [object.name] : [],
      );
      if (keyed || publications.length === 0) return [];
      const later = context.script.statements.slice(context.statement.index + 1);
      const given = later.some((statement) => {
        const altered = context.alter(statement);
        return altered !== null && altered.name.name === name.name;
      });
      return given
        ? []
        : [
            {
              range: context.source.range,
              message: `${shownObject(name)} has no primary key, and ${listInWords(publications.map(quoteIdentifier))} publishes all tables: every UPDATE and DELETE of it fails`,
              evidence: { table: shownObject(name), publications },
            },
          ];
    }
    const altered = context.alter();
    const table = altered?.table ?? null;
    if (altered === null || table === null || !hasIdentity(table)) return [];
    return altered.actions.flatMap(({ cmd, range }) => {
      const nothing = cmd.subtype === 'AT_ReplicaIdentity' && as(cmd.def, 'ReplicaIdentityStmt')?.identity_type === 'n';
      const key = context.database.constraint(table, cmd.name ?? '');
      const keyless =
        cmd.subtype === 'AT_DropConstraint' && key?.kind === 'primary key' && table.replicaIdentity === 'default';
      const publications = nothing || keyless ? publishing(context, table) : [];
      if (publications.length === 0 || isGivenLater(context, table)) return [];
      return [found(table, publications, range, 'has no replica identity any more')];
    });
  },
});
