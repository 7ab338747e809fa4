import type { Table } from '../../catalog/catalog.ts';
import { all, as } from '../../sql/nodes.ts';
import { quoteIdentifier } from '../../sql/quote-identifier.ts';
import { formatType, parseType, typeRef } from '../../sql/type-name.ts';
import { type WrittenForeignKey, writtenForeignKeys } from '../foreign-keys.ts';
import { type CheckContext, defineRule } from '../rule.ts';
import { shown } from '../wording.ts';

const serials: Readonly<Record<string, string>> = {
  serial: 'integer',
  serial4: 'integer',
  bigserial: 'bigint',
  serial8: 'bigint',
  smallserial: 'smallint',
  serial2: 'smallint',
};

/** The type without its length or precision, which do not matter to a comparison. */
const plain = (type: string): string => {
  const ref = parseType(type);
  return ref === null ? type : formatType({ ...ref, modifiers: [] });
};

/** The type of a column, from the catalog or from the statement that defines it. */
const typeOf = (context: CheckContext, key: WrittenForeignKey, column: string): string | null => {
  const create = as(context.statement.node, 'CreateStmt');
  const alter = as(context.statement.node, 'AlterTableStmt');
  const definitions = [
    ...all(create?.tableElts, 'ColumnDef'),
    ...all(alter?.cmds, 'AlterTableCmd').flatMap(({ def }) => all(def === undefined ? [] : [def], 'ColumnDef')),
  ];
  const written = definitions.find(({ colname }) => colname === column)?.typeName;
  if (written !== undefined) {
    const ref = typeRef(written);
    return serials[ref.name] ?? formatType({ ...ref, modifiers: [] });
  }
  const known = context.database.column(context.database.table(key.table), column);
  return known === null ? null : plain(known.type);
};

const referencedColumns = (table: Table, key: WrittenForeignKey): readonly string[] =>
  key.referencedColumns.length > 0
    ? key.referencedColumns
    : (table.constraints.find(({ kind }) => kind === 'primary key')?.columns ?? []);

export const fkTypeMismatch = defineRule({
  id: 'fk-type-mismatch',
  title: 'Foreign key column has another type than the column it references',
  category: 'correctness',
  severity: 'warning',
  servers: {},
  on: ['AT_AddColumn', 'AT_AddConstraint', 'CreateStmt'],
  docs: {
    what: 'A foreign key between columns of different types, for example integer referencing bigint.',
    why: 'An integer column cannot hold keys that a bigint column reaches, and comparisons between the types may not use an index; some pairs, such as text and integer, are refused with 42804.',
    instead: 'Give both columns the same type.',
    ignoreWhen: 'the referenced keys always fit the smaller type.',
    manual: 'https://www.postgresql.org/docs/current/ddl-constraints.html#DDL-CONSTRAINTS-FK',
  },
  examples: [
    {
      name: 'integer references bigint',
      setup: 'create table users (id bigint primary key);',
      up: 'CREATE TABLE orders (id bigint primary key, user_id int REFERENCES users (id));',
      finds: [{ text: 'REFERENCES', severity: 'warning' }],
    },
    {
      name: 'an added column, the primary key is meant',
      setup: 'create table users (id uuid primary key); create table orders (a int);',
      up: 'alter table orders add column user_id text references users;',
      finds: [{ text: 'references', severity: 'error' }],
      trace: { fails: '42804' },
    },
    {
      name: 'bigint references integer: every key fits',
      setup: 'create table users (id int primary key);',
      up: 'create table orders (user_id bigint references users);',
      finds: [{ text: 'references', severity: 'info' }],
    },
    {
      name: 'the same type in other words',
      setup: 'create table users (id bigint primary key);',
      up: 'create table orders (user_id int8 references users, other_id bigserial references users);',
      finds: [],
    },
    {
      name: 'text and varchar of any length compare alike',
      setup: 'create table users (name varchar(20) primary key);',
      up: 'create table orders (user_name text references users, other varchar(40) references users);',
      finds: [],
    },
    {
      name: 'without a catalog the referenced type is not known',
      up: 'create table orders (user_id int references users);',
      finds: [],
    },
  ],
  check: (context) =>
    writtenForeignKeys(context).flatMap((key) => {
      const table = context.database.table(key.references);
      if (table === null) return [];
      const referenced = referencedColumns(table, key);
      return key.columns.flatMap((column, i) => {
        const name = referenced[i] ?? '';
        const other = context.database.column(table, name);
        const own = typeOf(context, key, column);
        // Columns of a table made from a query may have types that nobody wrote.
        if (other === null || own === null || own === '' || other.type === '') return [];
        const wanted = plain(other.type);
        const textual = new Set(['text', 'character varying']);
        if (own === wanted || (textual.has(own) && textual.has(wanted))) return [];
        // Domains and types written with their schema are compared by what the catalog says of them, not by spelling.
        const user = (type: string) => context.database.type(splitName(type)) !== null || /[."]/.test(type);
        if (user(own) || user(wanted)) return [];
        const numbers = new Set(['smallint', 'integer', 'bigint', 'numeric', 'real', 'double precision', 'oid']);
        const comparable =
          (numbers.has(own) && numbers.has(wanted)) ||
          (own.startsWith('timestamp') && wanted.startsWith('timestamp')) ||
          (own.startsWith('char') && wanted.startsWith('char'));
        return [
          {
            range: key.range,
            severity: !comparable
              ? ('error' as const)
              : narrower(own, wanted)
                ? ('warning' as const)
                : ('info' as const),
            message: comparable
              ? `${quoteIdentifier(column)} is ${own}, but ${shown(key.references)}.${quoteIdentifier(name)} is ${wanted}: ${narrower(own, wanted) ? 'keys beyond its range can never be referred to' : 'each check compares two types, and the wider one gains nothing'}`
              : `${quoteIdentifier(column)} is ${own}, but ${shown(key.references)}.${quoteIdentifier(name)} is ${wanted}: these cannot be compared, and the statement fails with 42804`,
            evidence: { column, type: own, references: `${shown(key.references)}.${name}`, referencedType: wanted },
          },
        ];
      });
    }),
});

const widths: Readonly<Record<string, number>> = { smallint: 2, integer: 4, bigint: 8 };

/** True when the column cannot hold every key that it may have to reference. */
const narrower = (own: string, referenced: string): boolean => {
  const [a, b] = [widths[own], widths[referenced]];
  return a === undefined || b === undefined || a < b;
};

const splitName = (type: string) => ({ schema: null, name: type.replaceAll('"', '') });
