import { as, nameOf, type WrittenName } from '../../sql/nodes.ts';
import { newNames } from '../new-names.ts';
import { droppedNames } from '../node-questions.ts';
import { type CheckContext, defineRule } from '../rule.ts';
import type { SourceRange } from '../statement-source.ts';
import { listInWords, shown } from '../wording.ts';

const relations = new Set([
  'OBJECT_TABLE',
  'OBJECT_VIEW',
  'OBJECT_MATVIEW',
  'OBJECT_SEQUENCE',
  'OBJECT_INDEX',
  'OBJECT_TYPE',
]);

/** The objects with schemas that a statement names first of all: what it creates, alters or drops. */
const namedBy = (context: CheckContext): readonly { readonly written: WrittenName; readonly range: SourceRange }[] => {
  const { node } = context.statement;
  const at = (written: WrittenName) => ({
    written,
    range: context.source.identifier(written.name) ?? context.source.head(2),
  });
  const drop = as(node, 'DropStmt');
  if (drop !== undefined) return relations.has(drop.removeType ?? '') ? droppedNames(drop.objects).map(at) : [];
  const altered = context.alter();
  if (altered !== null) return [at(altered.written)];
  const index = as(node, 'IndexStmt')?.relation;
  if (index !== undefined) return [at(nameOf(index))];
  return newNames(context)
    .filter(({ kind, table }) => table === null && kind !== 'schema' && kind !== 'trigger' && kind !== 'index')
    .map(({ schema, name, range }) => ({ written: { schema, name }, range: range() }));
};

export const requireSchemaQualified = defineRule({
  id: 'require-schema-qualified',
  title: 'Name that the search path decides',
  category: 'naming and conflicts',
  severity: 'info',
  servers: {},
  on: [
    'AlterTableStmt',
    'CreateDomainStmt',
    'CreateEnumStmt',
    'CreateSeqStmt',
    'CreateStmt',
    'CreateTableAsStmt',
    'DropStmt',
    'IndexStmt',
    'ViewStmt',
  ],
  optIn: true,
  docs: {
    what: 'A table, view, index, sequence or type that a migration creates, alters or drops without naming its schema, in a file that does not set the search_path before.',
    why: 'Which object is meant depends on the role and the session that run the migration: with another search_path it is created elsewhere, or another one of that name is altered.',
    instead: 'schema.name, or SET search_path at the beginning of the file.',
    ignoreWhen: 'the runner sets the search_path, or there is one schema only.',
    manual: 'https://www.postgresql.org/docs/current/ddl-schemas.html#DDL-SCHEMAS-PATH',
  },
  examples: [
    {
      name: 'a new table, and one that is altered',
      up: 'CREATE TABLE orders (id bigint primary key);\nALTER TABLE shops ADD COLUMN a int;',
      finds: [{ text: 'orders', severity: 'info' }, { text: 'shops' }],
    },
    { name: 'dropped tables', up: 'drop table app.a, b;', finds: [{ text: 'b' }] },
    { name: 'the schema is written', up: 'create table app.orders (id bigint primary key);', finds: [] },
    { name: 'the file sets the path', up: 'set search_path = app; create table orders (id bigint);', finds: [] },
    { name: 'a temporary table has no choice', up: 'create temp table t (a int);', finds: [] },
  ],
  check: (context) => {
    if (context.settings.searchPath !== null && context.settings.searchPath.length > 0) return [];
    const path = context.hasCatalog ? ` (${listInWords(context.database.searchPath)} on this database)` : '';
    return namedBy(context)
      .filter(({ written }) => written.schema === null && written.name !== '')
      .map(({ written, range }) => ({
        range,
        message: `The search_path of the session decides which schema ${shown(written)} is in${path}`,
        evidence: { name: written.name, searchPath: context.hasCatalog ? context.database.searchPath : null },
      }));
  },
});
