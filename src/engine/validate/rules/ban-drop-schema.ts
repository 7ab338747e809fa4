import { all, as } from '../../sql/nodes.ts';
import { quoteIdentifier } from '../../sql/quote-identifier.ts';
import { defineRule } from '../rule.ts';

export const banDropSchema = defineRule({
  id: 'ban-drop-schema',
  title: 'Dropped schema',
  category: 'data loss',
  severity: 'error',
  servers: {},
  on: ['DropStmt'],
  docs: {
    what: 'DROP SCHEMA of a schema that this migration did not create itself.',
    why: 'With CASCADE everything in the schema is lost, tables and rows included; without, the statement fails unless the schema is empty.',
    instead: 'Move or rename what is in it first, look at what remains, and drop it in a later migration.',
    ignoreWhen: 'the schema is empty or out of use.',
    manual: 'https://www.postgresql.org/docs/current/sql-dropschema.html',
  },
  examples: [
    {
      name: 'with CASCADE',
      setup: 'create schema sales; create table sales.orders (a int);',
      up: 'DROP SCHEMA sales CASCADE;',
      finds: [{ text: 'DROP SCHEMA sales CASCADE', severity: 'error' }],
    },
    {
      name: 'without a catalog',
      up: 'drop schema if exists "Sales";',
      finds: [{ text: 'drop schema if exists "Sales"' }],
    },
    {
      name: 'an empty schema',
      setup: 'create schema sales;',
      up: 'drop schema sales;',
      finds: [{ text: 'drop schema sales', severity: 'info' }],
    },
    { name: 'created in the same migration', up: 'create schema scratch; drop schema scratch;', finds: [] },
    { name: 'the down of a new schema', up: 'create schema fresh;', down: 'drop schema fresh;', finds: [] },
  ],
  check: (context) => {
    const drop = as(context.statement.node, 'DropStmt');
    if (drop?.removeType !== 'OBJECT_SCHEMA') return [];
    const names = all(drop.objects, 'String').map(({ sval }) => sval ?? '');
    const old = names.filter((schema) => {
      const key = { schema, name: '' };
      return !context.created.has('schema', key) && !context.createdByUp.has('schema', key);
    });
    if (old.length === 0) return [];
    const { catalog } = context.database;
    const inside = [
      ...catalog.tables,
      ...catalog.views,
      ...catalog.sequences,
      ...catalog.types,
      ...catalog.routines,
    ].filter(({ schema }) => old.includes(schema));
    const tables = catalog.tables.filter(({ schema }) => old.includes(schema)).length;
    const empty = context.hasCatalog && inside.length === 0;
    const held = !context.hasCatalog
      ? 'everything in it'
      : empty
        ? 'an empty schema'
        : `${tables} tables and ${inside.length - tables} other objects`;
    return [
      {
        range: context.source.range,
        severity: empty ? ('info' as const) : ('error' as const),
        message: `Dropping ${old.map(quoteIdentifier).join(', ')} takes away ${held}`,
        evidence: { schemas: old, tables: context.hasCatalog ? tables : null },
      },
    ];
  },
});
