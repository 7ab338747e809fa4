import { quoteIdentifier } from '../../sql/quote-identifier.ts';
import { namingStatements, newNames } from '../new-names.ts';
import { defineRule } from '../rule.ts';
import { listInWords } from '../wording.ts';

const ofTheServer = new Set(['pg_catalog', 'information_schema', 'pg_toast']);

export const disallowedSchema = defineRule({
  id: 'disallowed-schema',
  title: 'Object made in a schema that is not for it',
  category: 'naming and conflicts',
  severity: 'warning',
  servers: {},
  on: namingStatements,
  docs: {
    what: 'Something new in a schema of the server, or in one that is not among those that the settings allow (`conventions: schemas:` in .lockstep.yml).',
    why: 'pg_catalog refuses it with 42501. What stands in information_schema is left out of every dump; what stands in a schema nobody expects is left out of grants, backups and reviews.',
    instead: 'Name a schema that is meant for the application.',
    ignoreWhen: 'the list in the settings is out of date.',
    manual: 'https://www.postgresql.org/docs/current/ddl-schemas.html#DDL-SCHEMAS-CATALOG',
  },
  examples: [
    {
      name: 'a schema that is not on the list',
      conventions: { schemas: ['app', 'audit'] },
      up: 'CREATE TABLE public.orders (id bigint primary key);',
      finds: [{ text: 'orders', severity: 'warning' }],
    },
    {
      name: 'the schema of the server',
      setup: 'create table a (id int);',
      up: 'create table pg_catalog.orders (id bigint primary key);',
      finds: [{ text: 'orders' }],
    },
    {
      name: 'a schema on the list, and one that the list does not speak about',
      conventions: { schemas: ['app'] },
      up: 'create table app.orders (id bigint primary key); alter table public.shops add column a int;',
      finds: [],
    },
    { name: 'no list', up: 'create table anything.orders (id bigint primary key);', finds: [] },
  ],
  check: (context) => {
    const allowed = context.conventions.schemas;
    return newNames(context).flatMap(({ kind, name, schema: written, table, range }) => {
      if (table !== null || kind === 'trigger') return [];
      const schema = kind === 'schema' ? name : context.database.resolve({ schema: written, name }).schema;
      // Without a catalog nobody knows what the search path leads to.
      const known = kind === 'schema' || written !== null || context.hasCatalog;
      const refused = ofTheServer.has(schema) && kind !== 'schema';
      if (!refused && (!known || allowed.length === 0 || allowed.includes(schema))) return [];
      return [
        {
          range: range(),
          message: refused
            ? `${quoteIdentifier(schema)} is the server’s own schema: nothing of an application belongs there`
            : `${quoteIdentifier(schema)} is none of the schemas for migrations, which are ${listInWords(allowed)}`,
          evidence: { kind, name, schema },
        },
      ];
    });
  },
});
