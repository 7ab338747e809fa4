import type { AlterPublicationStmt, DropSubscriptionStmt, Node } from '@pgsql/types';
import type { Table } from '../../catalog/catalog.ts';
import { all, as, nameOf, type WrittenName } from '../../sql/nodes.ts';
import { quoteIdentifier } from '../../sql/quote-identifier.ts';
import { keyOf } from '../../sql/table-index.ts';
import type { CreatedKind } from '../created-here.ts';
import { droppedNames } from '../node-questions.ts';
import { publicationsOf } from '../publications.ts';
import { type CheckContext, defineRule, type Found } from '../rule.ts';
import { tablesOfType } from '../tables-of-type.ts';
import { takesFrom } from '../takes-from.ts';
import { usersOf } from '../users-of.ts';
import { listInWords, shown } from '../wording.ts';

const kinds: Readonly<Record<string, { readonly words: string; readonly created: CreatedKind | null }>> = {
  OBJECT_VIEW: { words: 'view', created: 'view' },
  OBJECT_MATVIEW: { words: 'materialized view', created: 'view' },
  OBJECT_FOREIGN_TABLE: { words: 'foreign table', created: 'table' },
  OBJECT_SEQUENCE: { words: 'sequence', created: 'sequence' },
  OBJECT_TYPE: { words: 'type', created: 'type' },
  OBJECT_DOMAIN: { words: 'domain', created: 'type' },
  OBJECT_EXTENSION: { words: 'extension', created: null },
};

/** Other objects that statements use without naming them, or that no other rule speaks of. */
const otherKinds: Readonly<Record<string, string>> = {
  OBJECT_CAST: 'cast',
  OBJECT_COLLATION: 'collation',
  OBJECT_CONVERSION: 'conversion',
  OBJECT_OPCLASS: 'operator class',
  OBJECT_OPERATOR: 'operator',
  OBJECT_OPFAMILY: 'operator family',
  OBJECT_RULE: 'rule',
  OBJECT_TSCONFIGURATION: 'text search configuration',
  OBJECT_TSDICTIONARY: 'text search dictionary',
};

/** Statements that make such objects; two of a kind in one file are taken for the same. */
const makes = ({ node }: CheckContext['statement'], type: string): boolean =>
  as(node, 'DefineStmt')?.kind === type ||
  (type === 'OBJECT_CAST' && as(node, 'CreateCastStmt') !== undefined) ||
  (type === 'OBJECT_RULE' && as(node, 'RuleStmt') !== undefined) ||
  (type === 'OBJECT_OPCLASS' && as(node, 'CreateOpClassStmt') !== undefined) ||
  (type === 'OBJECT_OPFAMILY' && as(node, 'CreateOpFamilyStmt') !== undefined) ||
  (type === 'OBJECT_CONVERSION' && as(node, 'CreateConversionStmt') !== undefined);

/** What a drop of one of the other kinds takes away; null for all other statements. */
const inOtherKind = (context: CheckContext): Found | null => {
  const drop = as(context.statement.node, 'DropStmt');
  const type = drop?.removeType ?? '';
  const words = otherKinds[type];
  if (drop === undefined || words === undefined || context.direction === 'down') return null;
  if (context.script.statements.some((statement) => makes(statement, type))) return null;
  const known = (context.database.catalog.otherObjects ?? []).filter(({ kind }) => kind === words);
  // Casts and operators are told apart by types, in words of the server's own.
  const isNamed = type !== 'OBJECT_CAST' && type !== 'OBJECT_OPERATOR';
  const named = isNamed ? droppedNames(drop.objects).map(({ name }) => quoteIdentifier(name)) : [];
  const isThere = known.some(
    ({ name }) => !isNamed || named.some((one) => one === quoteIdentifier(name) || name.endsWith(`.${one}`)),
  );
  if (drop.missing_ok === true && context.hasCatalog && !isThere) return null;
  return {
    range: context.source.range,
    message: `What the ${words} did is not done any more, or statements that use it fail`,
  };
};

const roleNames = (roles: readonly Node[] | undefined): string =>
  listInWords(all(roles, 'RoleSpec').map(({ rolename }) => quoteIdentifier(rolename ?? 'the current user')));

/** What `DROP ROLE` and `DROP OWNED` take away; null for all other statements. */
const inRole = (context: CheckContext): Found | null => {
  const { node } = context.statement;
  const role = as(node, 'DropRoleStmt');
  const range = context.source.range;
  if (role !== undefined) return { range, message: `Nobody can connect as ${roleNames(role.roles)} any more` };
  const owned = as(node, 'DropOwnedStmt');
  if (owned === undefined) return null;
  return { range, severity: 'error', message: `All that ${roleNames(owned.roles)} owns in this database is dropped` };
};

/** True for the sequence of a column whose default took from it until an earlier statement changed that. */
const isLeftOver = (context: CheckContext, written: WrittenName): boolean => {
  const { database } = context;
  const name = database.resolve(written);
  const sequence = database.catalog.sequences.find((one) => keyOf(one) === keyOf(name));
  const { ownedBy } = sequence ?? {};
  if (ownedBy == null) return false;
  const changed = context.script.statements.slice(0, context.statement.index).some((statement) => {
    const altered = context.alter(statement);
    return (
      altered !== null &&
      keyOf(altered.name) === keyOf(ownedBy.table) &&
      altered.actions.some(({ cmd }) => cmd.subtype === 'AT_ColumnDefault' && cmd.name === ownedBy.column)
    );
  });
  if (!changed) return false;
  return database.catalog.tables.every((table) => table.columns.every((column) => !takesFrom(column.default, name)));
};

const tablesIn = (context: CheckContext, publication: string): readonly Table[] =>
  context.database.catalog.tables.filter((table) =>
    publicationsOf(context.database, table).some(({ name }) => name === publication),
  );

/** The tables that an `ALTER PUBLICATION` takes out of what it publishes. */
const unpublished = (context: CheckContext, alter: AlterPublicationStmt): readonly Table[] => {
  if (alter.action === 'AP_AddObjects') return [];
  const objects = all(alter.pubobjects, 'PublicationObjSpec');
  const isNamed = (table: Table) =>
    objects.some(({ pubobjtype, name, pubtable }) =>
      pubobjtype === 'PUBLICATIONOBJ_TABLES_IN_SCHEMA'
        ? name === table.schema
        : keyOf(context.database.resolve(nameOf(pubtable?.relation))) === keyOf(table),
    );
  return objects.length === 0
    ? []
    : tablesIn(context, alter.pubname ?? '').filter((table) => isNamed(table) === (alter.action === 'AP_DropObjects'));
};

/** True for a DROP IF EXISTS of a subscription that the catalog does not hold. */
const isMissing = ({ database, hasCatalog }: CheckContext, { subname, missing_ok }: DropSubscriptionStmt): boolean =>
  missing_ok === true &&
  hasCatalog &&
  (database.catalog.otherObjects ?? []).every(({ kind, name }) => kind !== 'subscription' || name !== subname);

/** What statements about publications and subscriptions take away; null for all other statements. */
const inReplication = (context: CheckContext): Found | null => {
  const { node } = context.statement;
  const range = context.source.range;
  const isNew = (kind: 'publication' | 'subscription', name: string) =>
    context.created.has(kind, { schema: '', name }) || context.createdByUp.has(kind, { schema: '', name });
  const subscription = as(node, 'DropSubscriptionStmt');
  if (subscription !== undefined)
    return isNew('subscription', subscription.subname ?? '') || isMissing(context, subscription)
      ? null
      : {
          range,
          message: `${quoteIdentifier(subscription.subname ?? '')} brings no more changes into this database`,
        };
  const alter = as(node, 'AlterPublicationStmt');
  const drop = as(node, 'DropStmt');
  const dropped = drop?.removeType === 'OBJECT_PUBLICATION' ? droppedNames(drop.objects) : [];
  const publications = (alter === undefined ? dropped.map(({ name }) => name) : [alter.pubname ?? '']).filter(
    (name) => !isNew('publication', name),
  );
  const tables =
    alter === undefined ? publications.flatMap((name) => tablesIn(context, name)) : unpublished(context, alter);
  if (publications.length === 0) return null;
  if (tables.length === 0 && (dropped.length === 0 || context.hasCatalog)) return null;
  const what = tables.length === 0 ? 'what it published' : listInWords(tables.slice(0, 5).map((table) => shown(table)));
  return {
    range,
    message: `Subscribers of ${listInWords(publications.map(quoteIdentifier))} get no more changes of ${what}`,
    evidence: { objects: publications, tables: tables.map((table) => shown(table)) },
  };
};

/** True for a type that is not known, so that nothing can be said of it, too. */
const isUsedByColumns = (context: CheckContext, written: WrittenName): boolean => {
  const type = context.database.type(written);
  return type === null || tablesOfType(context.database, type).length > 0;
};

export const banDropObject = defineRule({
  id: 'ban-drop-object',
  title: 'Dropped object that running code may use',
  category: 'data loss',
  severity: 'warning',
  servers: {},
  on: [
    'AlterPublicationStmt',
    'CreateDomainStmt',
    'CreateEnumStmt',
    'CreateSeqStmt',
    'CreateTableAsStmt',
    'DropOwnedStmt',
    'DropRoleStmt',
    'DropSubscriptionStmt',
    'DropStmt',
    'ViewStmt',
  ],
  docs: {
    what: 'DROP of a view, materialized view, sequence, type, domain, extension, rule, cast, operator or collation that this migration did not create and does not create again; DROP ROLE, DROP OWNED and DROP SUBSCRIPTION; DROP PUBLICATION or ALTER PUBLICATION that leaves tables out.',
    why: 'Code that names it fails from that moment; an extension takes its types and functions with it, and subscribers silently stay behind.',
    instead: 'Stop using it in all code first, deploy that, and drop it in a later migration.',
    ignoreWhen: 'nothing uses it any more.',
    manual: 'https://www.postgresql.org/docs/current/ddl-depend.html',
  },
  examples: [
    {
      name: 'a view',
      setup: 'create table users (id bigint primary key); create view ids as select id from users;',
      up: 'DROP VIEW ids;',
      finds: [{ text: 'DROP VIEW ids', severity: 'warning' }],
    },
    {
      name: 'a type, without a catalog',
      up: 'drop type if exists sales."Mood";',
      finds: [{ text: 'drop type if exists sales."Mood"' }],
    },
    { name: 'a role', up: 'drop role if exists reporting;', finds: [{ text: 'drop role if exists reporting' }] },
    {
      name: 'all that a role owns',
      up: 'drop owned by reporting cascade;',
      finds: [{ text: 'drop owned by reporting cascade', severity: 'error' }],
    },
    {
      name: 'created again in the same migration',
      setup: 'create table users (id bigint primary key); create view ids as select id from users;',
      up: 'drop view ids; create view ids as select id, 1 as one from users;',
      finds: [],
    },
    {
      name: 'types that nothing uses',
      setup:
        "create type mood as enum ('ok'); create domain bare as text; create type used as enum ('a'); create table t (u used); create function f(m mood) returns int language sql as 'select 1';",
      up: 'drop domain bare; drop type mood cascade; drop type used cascade;',
      finds: [
        { text: 'drop domain bare', severity: 'info' },
        { text: 'drop type mood cascade', severity: 'warning' },
        { text: 'drop type used cascade', severity: 'warning' },
      ],
    },
    {
      name: 'the sequence of a serial that has become an identity',
      setup: 'create table t (id serial primary key, n int); create sequence s; create sequence of_n owned by t.n;',
      up: 'begin; alter table t alter id drop default; drop sequence t_id_seq; alter table t alter id add generated by default as identity; drop sequence s; drop sequence of_n; commit;',
      finds: [
        { text: 'drop sequence t_id_seq', severity: 'info' },
        { text: 'drop sequence s', severity: 'warning' },
        { text: 'drop sequence of_n', severity: 'warning' },
      ],
    },
    {
      name: 'a materialized view is made anew',
      setup: 'create table t (a int); create materialized view m as select a from t;',
      up: 'drop materialized view m; create materialized view m as select a, 1 as one from t;',
      finds: [{ text: 'drop materialized view m', severity: 'warning' }],
    },
    {
      name: 'tables that are published no more',
      setup:
        'create table t (a int primary key); create table u (a int primary key); create publication p for table t, u; create publication q for all tables; create publication e;',
      up: 'drop publication q; drop publication e; drop publication if exists nothing_here; alter publication p drop table t;',
      finds: [
        { text: 'drop publication q', severity: 'warning' },
        { text: 'alter publication p drop table t', severity: 'warning' },
      ],
    },
    {
      name: 'other tables in a publication',
      setup:
        'create table t (a int primary key); create table u (a int primary key); create publication p for table t;',
      up: 'alter publication p add table u; alter publication p set table t, u; alter publication p set table u;',
      finds: [{ text: 'alter publication p set table u', severity: 'warning' }],
    },
    {
      name: 'publications and subscriptions, without a catalog',
      up: 'drop publication p; drop subscription if exists s;',
      finds: [{ text: 'drop publication p' }, { text: 'drop subscription if exists s' }],
    },
    {
      name: 'the down of a new publication',
      setup: 'create table t (a int primary key);',
      up: 'create publication p for table t; alter publication p drop table t; alter publication p add table t;',
      down: 'drop publication p;',
      finds: [],
    },
    {
      name: 'a foreign table, and one of the same migration',
      up: 'create foreign table fresh (id int) server s; drop foreign table fresh; drop foreign table far;',
      finds: [{ text: 'drop foreign table far' }],
    },
    {
      name: 'an extension that is not there',
      setup: 'create table t (a int);',
      up: 'drop extension if exists hstore;',
      finds: [],
    },
    {
      name: 'a rule, an operator and a cast, without a catalog',
      up: 'drop rule if exists r on users; drop operator === (text, text); drop cast (pair as text);',
      finds: [
        { text: 'drop rule if exists r on users' },
        { text: 'drop operator === (text, text)' },
        { text: 'drop cast (pair as text)' },
      ],
    },
    {
      name: 'a rule made again, and a subscription that is not there',
      setup: 'create table users (id bigint); create rule r as on delete to users do instead nothing;',
      up: 'drop rule r on users; create rule r as on delete to users do also nothing; drop subscription if exists s; drop collation if exists mine;',
      finds: [],
    },
    { name: 'created in the same migration', up: "create type scratch as enum ('a'); drop type scratch;", finds: [] },
    { name: 'the down of a new view', up: 'create view v as select 1 as one;', down: 'drop view v;', finds: [] },
    {
      name: 'a view that is not there',
      setup: 'create table users (id bigint primary key);',
      up: 'drop view if exists nothing_here;',
      finds: [],
    },
  ],
  check: (context) => {
    const ofRole = inRole(context) ?? inReplication(context) ?? inOtherKind(context);
    if (ofRole !== null) return [ofRole];
    const drop = as(context.statement.node, 'DropStmt');
    const kind = kinds[drop?.removeType ?? ''];
    if (drop === undefined || kind === undefined) return [];
    const later = context.script.statements.slice(context.statement.index + 1);
    const gone = droppedNames(drop.objects).filter((written) => {
      const name = context.database.resolve(written);
      if (
        kind.created !== null &&
        (context.created.has(kind.created, name) || context.createdByUp.has(kind.created, name))
      )
        return false;
      const known =
        context.database.relationKind(written) !== null ||
        context.database.type(written) !== null ||
        (kind.words === 'extension' &&
          context.database.catalog.extensions.some(({ name: one }) => one === written.name));
      if (drop.missing_ok === true && context.hasCatalog && !known) return false;
      // A materialized view cannot be read from the drop until the query of the new one is through.
      const again =
        kind.words !== 'materialized view' &&
        later.some(({ node }) => {
          const view =
            as(node, 'ViewStmt')?.view ??
            as(node, 'CreateTableAsStmt')?.into?.rel ??
            as(node, 'CreateSeqStmt')?.sequence;
          const type = as(node, 'CreateEnumStmt')?.typeName ?? as(node, 'CreateDomainStmt')?.domainname;
          return view?.relname === written.name || as(type?.at(-1), 'String')?.sval === written.name;
        });
      return !again;
    });
    if (gone.length === 0) return [];
    const leftOver = kind.created === 'sequence' && gone.every((written) => isLeftOver(context, written));
    const users = [
      ...new Set(gone.flatMap((written) => usersOf(context.database, context.database.resolve(written), null))),
    ].filter((user) => !gone.some(({ name }) => user.endsWith(` ${name}`)));
    const also =
      users.length === 0 ? '' : `; ${listInWords(users.slice(0, 5))} ${users.length === 1 ? 'names' : 'name'} it`;
    const unused =
      leftOver ||
      ((kind.words === 'type' || kind.words === 'domain') &&
        context.hasCatalog &&
        users.length === 0 &&
        gone.every((written) => !isUsedByColumns(context, written)));
    return [
      {
        range: context.source.range,
        ...(unused ? { severity: 'info' as const } : {}),
        message: `Code that uses the ${kind.words} ${listInWords(gone.map(shown))} fails from here on${also}`,
        evidence: { objects: gone.map(shown), usedBy: users },
      },
    ];
  },
});
