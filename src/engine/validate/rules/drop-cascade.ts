import type { ObjectName } from '../../catalog/catalog.ts';
import { as, type WrittenName } from '../../sql/nodes.ts';
import { keyOf } from '../../sql/table-index.ts';
import type { CreatedKind } from '../created-here.ts';
import { dependentsOf } from '../dependents.ts';
import { droppedNames } from '../node-questions.ts';
import { type CheckContext, defineRule } from '../rule.ts';
import { listInWords, shown, shownObject } from '../wording.ts';

/** What the catalog can answer for; of other kinds it is not known what goes with them. */
const relations: Readonly<Record<string, CreatedKind>> = {
  OBJECT_TABLE: 'table',
  OBJECT_VIEW: 'view',
  OBJECT_MATVIEW: 'view',
  OBJECT_SEQUENCE: 'sequence',
};
const others: Readonly<Record<string, CreatedKind>> = {
  OBJECT_TYPE: 'type',
  OBJECT_DOMAIN: 'type',
  OBJECT_FUNCTION: 'routine',
  OBJECT_SCHEMA: 'schema',
};

/** What PostgreSQL drops together with a relation because of CASCADE, apart from what is dropped by name. */
const goesWith = (context: CheckContext, object: ObjectName, named: ReadonlySet<string>): readonly string[] => {
  const { catalog } = context.database;
  const users = catalog.dependencies.flatMap(({ dependent, on }) =>
    on.schema === object.schema &&
    on.name === object.name &&
    (dependent.kind === 'view' || dependent.kind === 'materialized view') &&
    !named.has(keyOf(dependent))
      ? [`${dependent.kind} ${shownObject(dependent)}`]
      : [],
  );
  const keys = context.database
    .referencesTo(object)
    .flatMap(({ table, constraint }) =>
      named.has(keyOf(table)) || keyOf(table) === keyOf(object)
        ? []
        : [`foreign key ${shown({ schema: null, name: constraint.name })} of ${shownObject(table)}`],
    );
  const defaults = catalog.tables.flatMap((table) =>
    named.has(keyOf(table))
      ? []
      : table.columns.flatMap(({ name, default: preset }) =>
          preset?.includes(`nextval('${object.name}'`) === true ? [`default of ${shownObject(table)}.${name}`] : [],
        ),
  );
  return [...new Set([...users, ...keys, ...defaults])];
};

/** The same for a type, a routine or a schema; null for kinds of which the catalog does not know it. */
const goesWithOther = (context: CheckContext, kind: string, object: ObjectName): readonly string[] | null => {
  const { catalog } = context.database;
  if (kind === 'schema')
    return [...catalog.tables, ...catalog.views, ...catalog.routines, ...catalog.types]
      .filter(({ schema }) => schema === object.name)
      .map(shownObject);
  if (kind !== 'type' && kind !== 'routine') return null;
  const users = catalog.dependencies.flatMap(({ dependent, on }) =>
    on.schema === object.schema && (on.name === object.name || on.name.startsWith(`${object.name}(`))
      ? [`${dependent.kind} ${dependent.name}`]
      : [],
  );
  const parts = catalog.tables.flatMap((table) =>
    kind === 'type'
      ? table.columns.flatMap(({ name, type }) =>
          type
            .replaceAll(/"|\[\]$/g, '')
            .split('.')
            .at(-1) === object.name
            ? [`column ${shownObject(table)}.${name}`]
            : [],
        )
      : table.triggers.flatMap(({ name, function: called }) =>
          keyOf(called) === keyOf(object) ? [`trigger ${name} of ${shownObject(table)}`] : [],
        ),
  );
  return [...new Set([...users, ...parts])];
};

const report = (context: CheckContext, what: string, lost: readonly string[] | null) => ({
  range: context.source.words('CASCADE') ?? context.source.range,
  message:
    lost === null
      ? `Whatever depends on ${what} goes with it, without being named`
      : `With ${what} ${lost.length === 1 ? 'goes' : 'go'} ${listInWords(lost)}`,
  evidence: { object: what, dropped: lost },
});

export const dropCascade = defineRule({
  id: 'drop-cascade',
  title: 'CASCADE drops what is not named',
  category: 'data loss',
  severity: 'warning',
  servers: {},
  on: ['AlterTableStmt', 'DropStmt'],
  docs: {
    what: 'DROP … CASCADE of what this migration did not create, and DROP COLUMN … CASCADE. With a catalog only when something goes with it, which is then named.',
    why: 'Views, foreign keys and defaults that depend on the object disappear too; nobody has read their names, and no down brings them back.',
    instead: 'Drop the dependent objects by name first, and leave CASCADE out.',
    ignoreWhen: 'all that goes with it is known.',
    manual: 'https://www.postgresql.org/docs/current/ddl-depend.html',
  },
  examples: [
    {
      name: 'a view goes with its table',
      setup: 'create table users (id bigint primary key); create view ids as select id from users;',
      up: 'DROP TABLE users CASCADE;',
      finds: [{ text: 'CASCADE', severity: 'warning' }],
    },
    {
      name: 'without a catalog',
      up: 'drop type "Mood" cascade;',
      finds: [{ text: 'cascade' }],
    },
    {
      name: 'a column that a view reads',
      setup: 'create table users (id bigint primary key, a int); create view v as select a from users;',
      up: 'alter table users drop column a cascade;',
      finds: [{ text: 'cascade' }],
    },
    {
      name: 'a trigger goes with its function',
      setup:
        "create function f() returns trigger language plpgsql as 'begin return new; end'; create table t (a int); create trigger g before insert on t for each row execute function f();",
      up: 'drop function f() cascade;',
      finds: [{ text: 'cascade' }],
    },
    {
      name: 'a type and a function that nothing uses',
      setup:
        "create type mood as enum ('ok'); create function f() returns int language sql as 'select 1'; create table t (a int);",
      up: 'drop type mood cascade; drop function f() cascade;',
      finds: [],
    },
    {
      name: 'nothing depends on it',
      setup: 'create table users (id bigint primary key);',
      up: 'drop table users cascade;',
      finds: [],
    },
    {
      name: 'both are named',
      setup: 'create table users (id bigint primary key); create table orders (user_id bigint references users);',
      up: 'drop table users, orders cascade;',
      finds: [],
    },
    {
      name: 'created by the up',
      up: 'create table users (id bigint primary key);',
      down: 'drop table users cascade;',
      finds: [],
    },
    { name: 'without CASCADE', up: 'drop table users;', finds: [] },
  ],
  check: (context) => {
    const drop = as(context.statement.node, 'DropStmt');
    if (drop?.behavior === 'DROP_CASCADE') {
      const relation = relations[drop.removeType ?? ''];
      const kind = relation ?? others[drop.removeType ?? ''];
      const written = droppedNames(drop.objects);
      const objects = written.map(context.database.resolve);
      const named = new Set(objects.map(keyOf));
      const isNew = (name: WrittenName, object: ObjectName) => {
        const own = kind === 'schema' ? { schema: name.name, name: '' } : object;
        return kind !== undefined && (context.created.has(kind, own) || context.createdByUp.has(kind, own));
      };
      return written.flatMap((name, at) => {
        const object = objects[at];
        if (object === undefined || isNew(name, object)) return [];
        if (!context.hasCatalog) return [report(context, shown(name), null)];
        const known = kind === 'routine' ? (context.database.routines(name)[0] ?? object) : object;
        const lost =
          relation === undefined ? goesWithOther(context, kind ?? '', known) : goesWith(context, object, named);
        return lost?.length === 0 ? [] : [report(context, shown(name), lost)];
      });
    }
    const altered = context.alter();
    return (altered?.actions ?? []).flatMap(({ cmd, range }) => {
      if (altered === null || cmd.subtype !== 'AT_DropColumn' || cmd.behavior !== 'DROP_CASCADE') return [];
      const column = cmd.name ?? '';
      if (altered.standing.size === 'new' || context.createdByUp.has('column', altered.name, column)) return [];
      const what = `${shown(altered.written)}.${shown({ schema: null, name: column })}`;
      const lost = dependentsOf(context.database, altered.name, column)
        .filter(({ kind }) => /view|policy|rule|trigger|publication/.test(kind))
        .map(({ words }) => words);
      for (const { table, constraint } of context.database.referencesTo(altered.name))
        if (constraint.references?.columns.includes(column) === true)
          lost.push(`foreign key ${shown({ schema: null, name: constraint.name })} of ${shownObject(table)}`);
      if (altered.table !== null && lost.length === 0) return [];
      const at = context.source.words('CASCADE', range) ?? range;
      return [{ ...report(context, what, altered.table === null ? null : lost), range: at }];
    });
  },
});
