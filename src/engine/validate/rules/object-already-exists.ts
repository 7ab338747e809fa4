import type { CreateStmt } from '@pgsql/types';
import { all, as, nameOf, nameOfParts, strings, type WrittenName } from '../../sql/nodes.ts';
import { boundsOverlap } from '../../sql/partition-bound.ts';
import { quoteIdentifier } from '../../sql/quote-identifier.ts';
import { type CheckContext, defineRule, type Found } from '../rule.ts';
import type { SourceRange } from '../statement-source.ts';
import { shown } from '../wording.ts';

type Clash = { readonly what: string; readonly name: string; readonly sqlstate: string; readonly within?: SourceRange };

/** A new object goes into its own schema or the first of the search path, whatever stands further along the path. */
const home = (context: CheckContext, written: WrittenName): WrittenName => ({
  schema: written.schema ?? context.database.searchPath[0] ?? 'public',
  name: written.name,
});

const relationClash = (context: CheckContext, written: WrittenName, within?: SourceRange): readonly Clash[] => {
  const kind = context.database.relationKind(home(context, written));
  return kind === null
    ? []
    : [
        {
          what: `a ${kind} named ${shown(written)}`,
          name: written.name,
          sqlstate: '42P07',
          ...(within === undefined ? {} : { within }),
        },
      ];
};

const typeClash = (context: CheckContext, written: WrittenName): readonly Clash[] =>
  context.database.type(home(context, written)) === null
    ? []
    : [{ what: `a type named ${shown(written)}`, name: written.name, sqlstate: '42710' }];

const inAlterTable = (context: CheckContext): readonly Clash[] => {
  const altered = context.alter();
  if (altered === null || altered.table === null) return [];
  const { table } = altered;
  // PostgreSQL drops before it adds, whatever the order in which one ALTER TABLE writes it.
  const dropped = new Set(altered.actions.map(({ cmd }) => `${cmd.subtype ?? ''} ${cmd.name ?? ''}`));
  return altered.actions.flatMap(({ cmd, range }): readonly Clash[] => {
    const column = as(cmd.def, 'ColumnDef')?.colname;
    if (cmd.subtype === 'AT_AddColumn' && cmd.missing_ok !== true && column !== undefined)
      return context.database.column(table, column) === null || dropped.has(`AT_DropColumn ${column}`)
        ? []
        : [
            {
              what: `a column ${quoteIdentifier(column)} in ${shown(altered.written)}`,
              name: column,
              sqlstate: '42701',
              within: range,
            },
          ];
    const constraint = as(cmd.def, 'Constraint');
    const name = constraint?.conname;
    if (cmd.subtype !== 'AT_AddConstraint' || name === undefined) return [];
    if (dropped.has(`AT_DropConstraint ${name}`)) return [];
    const taken = context.database.constraint(table, name);
    // A foreign key may have gone with the key that it referenced.
    if (taken?.kind === 'foreign key' && context.created.cascaded()) return [];
    if (taken !== null)
      return [
        {
          what: `a constraint ${quoteIdentifier(name)} on ${shown(altered.written)}`,
          name,
          sqlstate: '42710',
          within: range,
        },
      ];
    const needsIndex = ['CONSTR_UNIQUE', 'CONSTR_PRIMARY', 'CONSTR_EXCLUSION'].includes(constraint?.contype ?? '');
    return needsIndex && constraint?.indexname === undefined
      ? relationClash(context, { schema: table.schema, name }, range)
      : [];
  });
};

const inRename = (context: CheckContext): readonly Clash[] => {
  const rename = as(context.statement.node, 'RenameStmt');
  const name = rename?.newname;
  if (rename === undefined || name === undefined) return [];
  const written = nameOf(rename.relation);
  const behind = context.source.words('TO');
  const within = { start: behind?.end ?? context.statement.start, end: context.statement.end };
  if (rename.renameType === 'OBJECT_COLUMN') {
    const table = context.database.table(written);
    return context.database.column(table, name) === null
      ? []
      : [{ what: `a column ${quoteIdentifier(name)} in ${shown(written)}`, name, sqlstate: '42701', within }];
  }
  if (
    !['OBJECT_TABLE', 'OBJECT_VIEW', 'OBJECT_INDEX', 'OBJECT_SEQUENCE', 'OBJECT_MATVIEW'].includes(
      rename.renameType ?? '',
    )
  )
    return [];
  return relationClash(context, { schema: context.database.resolve(written).schema, name }, within);
};

const inCreate = (context: CheckContext): readonly Clash[] => {
  const { node } = context.statement;
  const create = as(node, 'CreateStmt');
  if (create !== undefined)
    return create.if_not_exists === true || create.relation?.relpersistence === 't'
      ? []
      : relationClash(context, nameOf(create.relation));
  const copy = as(node, 'CreateTableAsStmt');
  if (copy !== undefined)
    return copy.if_not_exists === true || copy.into?.rel?.relpersistence === 't'
      ? []
      : relationClash(context, nameOf(copy.into?.rel));
  const view = as(node, 'ViewStmt');
  if (view !== undefined) {
    const written = nameOf(view.view);
    const kind = context.database.relationKind(home(context, written));
    return view.replace === true && kind === 'view' ? [] : relationClash(context, written);
  }
  const index = as(node, 'IndexStmt');
  if (index?.idxname !== undefined && index.if_not_exists !== true) {
    const { schema } = context.database.resolve(nameOf(index.relation));
    return relationClash(context, { schema, name: index.idxname }).map((clash) => ({
      ...clash,
      what: clash.what.replace(`${quoteIdentifier(schema)}.`, ''),
    }));
  }
  const sequence = as(node, 'CreateSeqStmt');
  if (sequence !== undefined && sequence.if_not_exists !== true)
    return relationClash(context, nameOf(sequence.sequence));
  const enumType = as(node, 'CreateEnumStmt');
  if (enumType !== undefined) return typeClash(context, nameOfParts(strings(enumType.typeName)));
  const domain = as(node, 'CreateDomainStmt');
  if (domain !== undefined) return typeClash(context, nameOfParts(strings(domain.domainname)));
  const composite = as(node, 'CompositeTypeStmt');
  if (composite !== undefined) return typeClash(context, nameOf(composite.typevar));
  const schema = as(node, 'CreateSchemaStmt');
  if (
    schema?.schemaname !== undefined &&
    schema.if_not_exists !== true &&
    context.database.hasSchema(schema.schemaname)
  )
    return [{ what: `a schema ${quoteIdentifier(schema.schemaname)}`, name: schema.schemaname, sqlstate: '42P06' }];
  const label = as(node, 'AlterEnumStmt');
  if (label?.newVal !== undefined && label.oldVal === undefined && label.skipIfNewValExists !== true) {
    const type = context.database.type(nameOfParts(strings(label.typeName)));
    if (type?.kind === 'enum' && type.labels.includes(label.newVal))
      return [{ what: `a label '${label.newVal}' in ${shown(type)}`, name: label.newVal, sqlstate: '42710' }];
  }
  const trigger = as(node, 'CreateTrigStmt');
  if (trigger !== undefined && trigger.replace !== true) {
    const table = context.database.table(nameOf(trigger.relation));
    if (table?.triggers.some(({ name }) => name === trigger.trigname) === true)
      return [
        {
          what: `a trigger ${quoteIdentifier(trigger.trigname ?? '')} on ${shown(nameOf(trigger.relation))}`,
          name: trigger.trigname ?? '',
          sqlstate: '42710',
        },
      ];
  }
  const policy = as(node, 'CreatePolicyStmt');
  if (policy !== undefined) {
    const table = context.database.table(nameOf(policy.table));
    if (table?.policies.some(({ name }) => name === policy.policy_name) === true)
      return [
        {
          what: `a policy ${quoteIdentifier(policy.policy_name ?? '')} on ${shown(nameOf(policy.table))}`,
          name: policy.policy_name ?? '',
          sqlstate: '42710',
        },
      ];
  }
  return [];
};

/** A new partition for values that another one has. */
const overlapping = (context: CheckContext): readonly Found[] => {
  const create = as(context.statement.node, 'CreateStmt');
  const altered = context.alter();
  const attached = (altered?.actions ?? []).flatMap(({ cmd }) => as(cmd.def, 'PartitionCmd')?.bound ?? []);
  const bounds = create?.partbound === undefined ? attached : [create.partbound];
  const parent = create?.partbound === undefined ? altered?.name : parentOf(context, create.inhRelations);
  if (parent === undefined || bounds.length === 0) return [];
  const other = context.database.lookup
    .childrenOf(parent)
    .find(({ partitionOf }) => partitionOf !== null && bounds.some((bound) => boundsOverlap(bound, partitionOf.bound)));
  if (other === undefined) return [];
  return [
    {
      range: context.source.words('FOR VALUES') ?? context.source.range,
      message: `${shown(other)} has some of these values: the statement fails with 42P17`,
      evidence: { partition: shown(other), sqlstate: '42P17' },
    },
  ];
};

const parentOf = (context: CheckContext, parents: CreateStmt['inhRelations']) => {
  const [parent] = all(parents, 'RangeVar');
  return parent === undefined ? undefined : context.database.resolve(nameOf(parent));
};

/** Columns that one CREATE TABLE names twice. */
const twiceInCreate = (context: CheckContext): readonly Found[] => {
  const create = as(context.statement.node, 'CreateStmt');
  const seen = new Set<string>();
  return all(create?.tableElts, 'ColumnDef').flatMap(({ colname, location }) => {
    const name = colname ?? '';
    if (!seen.has(name)) {
      seen.add(name);
      return [];
    }
    const start = context.offset(location);
    const range = context.source.identifier(name, { start, end: context.statement.end });
    return [
      {
        range: range ?? context.source.range,
        message: `Column ${quoteIdentifier(name)} is named twice: the statement fails with 42701`,
        evidence: { sqlstate: '42701' },
      },
    ];
  });
};

export const objectAlreadyExists = defineRule({
  id: 'object-already-exists',
  title: 'Name that is taken already',
  category: 'naming and conflicts',
  severity: 'error',
  servers: {},
  on: [
    'AlterEnumStmt',
    'AlterTableStmt',
    'CompositeTypeStmt',
    'CreateDomainStmt',
    'CreateEnumStmt',
    'CreatePolicyStmt',
    'CreateSchemaStmt',
    'CreateSeqStmt',
    'CreateStmt',
    'CreateTableAsStmt',
    'CreateTrigStmt',
    'IndexStmt',
    'RenameStmt',
    'ViewStmt',
  ],
  docs: {
    what: 'A CREATE, ADD or RENAME whose name exists at this point: in the catalog, or made by an earlier statement of the migration. Tables, views, indexes and sequences of a schema share one space of names. A partition whose values another partition has is one too.',
    why: 'The statement fails, and the migration stops there.',
    instead:
      'Choose another name, or drop or rename what has it. IF NOT EXISTS only hides that something else is there.',
    ignoreWhen: 'the catalog that was checked against is older than the database.',
    manual: 'https://www.postgresql.org/docs/current/ddl-schemas.html',
  },
  examples: [
    {
      name: 'a table',
      setup: 'create table users (id bigint primary key);',
      up: 'CREATE TABLE users (id bigint);',
      finds: [{ text: 'users', severity: 'error' }],
      trace: { fails: '42P07' },
    },
    {
      name: 'an index named as a table',
      setup: 'create table users (id bigint primary key); create table orders (a int);',
      up: 'create index concurrently users on orders (a);',
      finds: [{ text: 'users' }],
      trace: { fails: '42P07' },
    },
    {
      name: 'a column and a constraint',
      setup: 'create table users (id bigint primary key, "E-mail" text, constraint c check (id > 0));',
      up: 'alter table users add column "E-mail" text, add constraint c check (id < 9) not valid;',
      finds: [{ text: '"E-mail"' }, { text: 'c' }],
      trace: { fails: '42701' },
    },
    {
      name: 'twice in one migration, without a catalog',
      up: 'create table fresh (a int);\ncreate table fresh (b int);',
      finds: [{ text: 'fresh' }],
      trace: { fails: '42P07' },
    },
    {
      name: 'a rename to a taken name',
      setup: 'create table users (id bigint primary key); create table accounts (id bigint primary key);',
      up: 'alter table users rename to accounts;',
      finds: [{ text: 'accounts' }],
      trace: { fails: '42P07' },
    },
    {
      name: 'rows that another hash partition has',
      setup:
        'create table users (id bigint) partition by hash (id); create table users_0 partition of users for values with (modulus 4, remainder 0);',
      up: `create table users_1 partition of users for values with (modulus 4, remainder 1);
create table users_2 partition of users for values with (modulus 8, remainder 2);
create table users_3 partition of users for values with (modulus 3, remainder 1);
create table users_4 partition of users for values with (modulus 2, remainder 0);`,
      finds: [{ text: 'for values' }, { text: 'for values' }],
      trace: { fails: '42P17' },
    },
    {
      name: 'values behind those of another partition',
      setup:
        "create table events (at date) partition by range (at); create table events_1 partition of events for values from ('2025-01-01') to ('2026-01-01');",
      up: "create table events_2 partition of events for values from ('2026-01-01') to ('2027-01-01');",
      finds: [],
    },
    {
      name: 'the same name in another schema',
      setup: 'create schema sales; create table sales.users (id bigint primary key);',
      up: 'create table users (id bigint primary key);',
      finds: [],
    },
    {
      name: 'one ALTER TABLE drops before it adds',
      setup: 'create table users (id bigint primary key, a int, constraint c check (id > 0));',
      up: 'alter table users add column a text, drop column a, drop constraint c, add constraint c check (id > 1) not valid;',
      finds: [],
    },
    {
      name: 'a foreign key may have gone with the key that it referenced',
      setup:
        'create table users (id bigint); create unique index u on users (id); create table orders (user_id bigint constraint f references users (id));',
      up: 'drop index u cascade; create unique index u on users (id); alter table orders add constraint f foreign key (user_id) references users (id) not valid;',
      finds: [],
    },
    {
      name: 'the old one is dropped first',
      setup: 'create table users (id bigint primary key);',
      up: 'drop table users; create table users (id bigint primary key);',
      finds: [],
    },
    {
      name: 'IF NOT EXISTS and OR REPLACE',
      setup: 'create table users (id bigint primary key); create view v as select id from users;',
      up: 'create table if not exists users (id bigint); alter table users add column if not exists id bigint; create or replace view v as select id from users;',
      finds: [],
    },
  ],
  check: (context) => {
    const clashes = [...inCreate(context), ...inAlterTable(context), ...inRename(context)];
    const found = clashes.map(({ what, name, sqlstate, within }) => ({
      range: context.source.identifier(name, within) ?? within ?? context.source.range,
      message: `There is already ${what}: the statement fails with ${sqlstate}`,
      evidence: { sqlstate },
    }));
    return [...found, ...overlapping(context), ...twiceInCreate(context)];
  },
});
