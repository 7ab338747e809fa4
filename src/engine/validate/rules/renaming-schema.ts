import { as } from '../../sql/nodes.ts';
import { quoteIdentifier } from '../../sql/quote-identifier.ts';
import { defineRule } from '../rule.ts';
import { takesBackRename } from '../takes-back-rename.ts';

export const renamingSchema = defineRule({
  id: 'renaming-schema',
  title: 'Renamed schema breaks the running application',
  category: 'compatibility',
  severity: 'error',
  servers: {},
  on: ['RenameStmt'],
  docs: {
    what: 'ALTER SCHEMA … RENAME TO on a schema that exists before the migration.',
    why: 'Every query, function body and search_path that names the old schema fails or finds something else from that moment.',
    instead: 'Create the new schema with views on the old tables, move the code, then move the tables.',
    ignoreWhen: 'no running code names the schema.',
    manual: 'https://www.postgresql.org/docs/current/sql-alterschema.html',
  },
  examples: [
    {
      name: 'an existing schema',
      setup: 'create schema sales;',
      up: 'ALTER SCHEMA sales RENAME TO shop;',
      finds: [{ text: 'RENAME TO shop', severity: 'error' }],
    },
    { name: 'without a catalog', up: 'alter schema "Sales" rename to shop;', finds: [{ text: 'rename to shop' }] },
    {
      name: 'created in the same migration',
      up: 'create schema fresh; alter schema fresh rename to newer;',
      finds: [],
    },
    { name: 'another owner', up: 'alter schema sales owner to admin;', finds: [] },
  ],
  check: (context) => {
    const rename = as(context.statement.node, 'RenameStmt');
    if (rename?.renameType !== 'OBJECT_SCHEMA') return [];
    const schema = rename.subname ?? '';
    if (context.created.has('schema', { schema, name: '' })) return [];
    if (takesBackRename(context, (up) => up.renameType === 'OBJECT_SCHEMA' && up.newname === schema)) return [];
    const start = context.source.words('RENAME')?.start ?? context.statement.start;
    return [
      {
        range: { start, end: context.statement.end },
        message: `Code that still says ${quoteIdentifier(schema)} fails as soon as the schema is called ${quoteIdentifier(rename.newname ?? '')}`,
        evidence: { schema, newName: rename.newname },
      },
    ];
  },
});
