import { as, nameOf } from '../../sql/nodes.ts';
import { defineRule } from '../rule.ts';

const isCatalog = (name: string, schema: string | null): boolean =>
  schema === 'pg_catalog' ||
  (schema === null && /^pg_(enum|class|attribute|constraint|index|type|proc|depend)$/.test(name));

export const removingEnumValue = defineRule({
  id: 'removing-enum-value',
  title: 'System catalog changed by hand',
  category: 'data loss',
  severity: 'error',
  servers: {},
  on: ['DeleteStmt', 'InsertStmt', 'UpdateStmt'],
  docs: {
    what: 'INSERT, UPDATE or DELETE on a system catalog, such as DELETE FROM pg_enum to remove a label.',
    why: 'Nothing checks it. Rows and indexes that hold a removed label can no longer be read, and the label cannot be brought back under its old identity.',
    instead:
      'Leave the label and stop using it; or create a new type without it and move the columns over, after no row holds it.',
    ignoreWhen: 'never on a database that matters.',
    manual: 'https://www.postgresql.org/docs/current/catalogs.html',
  },
  examples: [
    {
      name: 'a label is removed',
      up: "DELETE FROM pg_enum WHERE enumlabel = 'sad';",
      finds: [{ text: 'DELETE FROM pg_enum', severity: 'error' }],
    },
    {
      name: 'a catalog is updated',
      up: 'update pg_catalog.pg_attribute set atttypmod = 24 where attrelid = 1;',
      finds: [{ text: 'update pg_catalog.pg_attribute' }],
    },
    { name: 'a table of one’s own', up: "delete from labels where label = 'sad' and id = 1;", finds: [] },
    { name: 'a catalog is read', up: "select enumlabel from pg_enum where enumlabel = 'sad';", finds: [] },
  ],
  check: (context) => {
    const { node } = context.statement;
    const change = as(node, 'DeleteStmt') ?? as(node, 'UpdateStmt') ?? as(node, 'InsertStmt');
    const { name, schema } = nameOf(change?.relation);
    if (change === undefined || !isCatalog(name, schema)) return [];
    const word = context.source.identifier(name);
    return [
      {
        range: { start: context.statement.start, end: word?.end ?? context.statement.end },
        message: `${name} is changed behind PostgreSQL’s back: nothing checks what depends on it`,
        evidence: { catalog: name },
      },
    ];
  },
});
