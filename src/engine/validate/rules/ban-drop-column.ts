import { all, as, nameOf } from '../../sql/nodes.ts';
import { qualifiedName } from '../../sql/qualified-name.ts';
import { quoteIdentifier } from '../../sql/quote-identifier.ts';
import { droppedWith } from '../dropped-with.ts';
import { type CheckContext, defineRule, type Found } from '../rule.ts';
import { tablesOfType } from '../tables-of-type.ts';
import { listInWords, shown } from '../wording.ts';

/** Attributes of a composite type that tables have values of. */
const droppedAttributes = (context: CheckContext): readonly Found[] => {
  const alter = as(context.statement.node, 'AlterTableStmt');
  const type = alter?.objtype === 'OBJECT_TYPE' ? context.database.type(nameOf(alter.relation)) : null;
  const tables =
    type === null ? [] : tablesOfType(context.database, type).filter((one) => !context.isNew(qualifiedName(one)));
  if (tables.length === 0) return [];
  return all(alter?.cmds, 'AlterTableCmd').flatMap(({ subtype, name }) =>
    subtype === 'AT_DropColumn'
      ? [
          {
            range: context.source.range,
            message: `Every value of ${shown(nameOf(alter?.relation))} in ${listInWords(tables.map(shown))} loses ${quoteIdentifier(name ?? '')} for good`,
            evidence: { tables: tables.map(shown), attribute: name ?? null },
          },
        ]
      : [],
  );
};

export const banDropColumn = defineRule({
  id: 'ban-drop-column',
  title: 'Dropped column loses its data',
  category: 'data loss',
  severity: 'error',
  servers: {},
  on: ['AT_DropColumn'],
  foldsUnder: ['dependent-view-blocks-alter', 'ddl-on-partition-child'],
  docs: {
    what: 'DROP COLUMN of a column that this migration did not add itself; DROP ATTRIBUTE of a composite type that columns are of.',
    why: 'The values are gone for everyone at once, and no down brings them back; code that still names the column fails from that moment. Indexes and constraints on the column go with it without a word.',
    instead:
      'Stop reading and writing the column in all code first, deploy that, and drop it in a later migration; keep a copy if it may be needed.',
    ignoreWhen: 'the column is out of use and its data may go.',
    manual: 'https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-DROP-COLUMN',
  },
  examples: [
    {
      name: 'a column of an existing table',
      setup: 'create table users (id bigint primary key, email text);',
      up: 'ALTER TABLE users DROP COLUMN email;',
      finds: [{ text: 'DROP COLUMN email', severity: 'error' }],
      trace: { locks: { users: 'ACCESS EXCLUSIVE' }, rewrites: [] },
    },
    {
      name: 'several, without a catalog',
      up: 'alter table "Users" drop "E-mail", drop column if exists b cascade;',
      finds: [{ text: 'drop "E-mail"' }, { text: 'drop column if exists b cascade' }],
    },
    {
      name: 'an attribute of a type',
      setup:
        'create type place as (x int, y int); create type spare as (x int, y int); create table users (id bigint primary key, home place);',
      up: 'alter type place drop attribute y cascade; alter type spare drop attribute y;',
      finds: [{ text: 'alter type place drop attribute y cascade', severity: 'error' }],
    },
    {
      name: 'an empty table',
      setup: 'create table users (id bigint primary key, email text);',
      facts: [{ table: 'users', rows: 0, bytes: 8192 }],
      up: 'alter table users drop column email;',
      finds: [{ text: 'drop column email', severity: 'info' }],
    },
    {
      name: 'a column that holds only NULLs',
      setup: 'create table users (id bigint primary key, email text);',
      facts: [
        {
          table: 'users',
          rows: 5_000_000,
          bytes: 1_000_000_000,
          columns: [{ name: 'email', nullFraction: 1, distinct: 0 }],
        },
      ],
      up: 'alter table users drop column email;',
      finds: [{ text: 'drop column email', severity: 'warning' }],
    },
    {
      name: 'a column added in the same migration',
      up: 'alter table users add column draft text; alter table users drop column draft;',
      finds: [],
    },
    {
      name: 'the down of an added column',
      up: 'alter table users add column nick text;',
      down: 'alter table users drop column nick;',
      finds: [],
    },
    {
      name: 'a column that is not there',
      setup: 'create table users (id bigint primary key);',
      up: 'alter table users drop column if exists email;',
      finds: [],
    },
  ],
  check: (context) => {
    const attributes = droppedAttributes(context);
    if (attributes.length > 0) return attributes;
    const altered = context.alter();
    if (altered === null || altered.standing.size === 'new') return [];
    return altered.actions.flatMap(({ cmd, range }) => {
      if (cmd.subtype !== 'AT_DropColumn') return [];
      const name = cmd.name ?? '';
      if (context.created.has('column', altered.name, name) || context.createdByUp.has('column', altered.name, name))
        return [];
      const column = context.database.column(altered.table, name);
      if (cmd.missing_ok === true && altered.table !== null && column === null) return [];
      const facts = context.facts?.tables
        .find((table) => table.schema === altered.name.schema && table.name === altered.name.name)
        ?.columns.find((each) => each.name === name);
      const onlyNulls = facts?.nullFraction === 1;
      const gone = droppedWith(altered.table, name);
      const also = gone.length === 0 ? '' : `; with it ${gone.length === 1 ? 'goes' : 'go'} ${gone.join(', ')}`;
      const values = onlyNulls
        ? 'by its statistics it holds only NULLs, but code that names it fails'
        : 'its values are lost for good, and code that names it fails';
      return [
        {
          range,
          severity:
            altered.standing.size === 'empty'
              ? ('info' as const)
              : onlyNulls
                ? ('warning' as const)
                : ('error' as const),
          message: `Dropping ${quoteIdentifier(name)} from ${shown(altered.written)}: ${values}${also} (${altered.standing.words})`,
          evidence: {
            table: shown(altered.written),
            column: name,
            type: column?.type ?? null,
            rows: altered.standing.rows,
            nullFraction: facts?.nullFraction ?? null,
            droppedWithIt: gone,
          },
        },
      ];
    });
  },
});
