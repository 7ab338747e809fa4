import type { ObjectName } from '../../catalog/catalog.ts';
import { all, as, columnsIn, nameOf, strings } from '../../sql/nodes.ts';
import { parseScript } from '../../sql/parser.ts';
import { quoteIdentifier } from '../../sql/quote-identifier.ts';
import { keyOf } from '../../sql/table-index.ts';
import { eachAction } from '../each-action.ts';
import { type CheckContext, defineRule } from '../rule.ts';
import { shown } from '../wording.ts';

/** The publication that names a column of a table in its column list or row filter; null when none does. */
const namedBy = (context: CheckContext, table: ObjectName, column: string): string | null => {
  for (const object of context.database.catalog.otherObjects ?? []) {
    if (object.kind !== 'publication') continue;
    for (const text of [object.definition, ...(object.further ?? [])]) {
      const script = parseScript(text);
      const node = script.ok ? script.value.statements[0]?.node : undefined;
      const objects = as(node, 'CreatePublicationStmt')?.pubobjects ?? as(node, 'AlterPublicationStmt')?.pubobjects;
      for (const { pubtable } of all(objects, 'PublicationObjSpec')) {
        if (pubtable === undefined) continue;
        if (keyOf(context.database.resolve(nameOf(pubtable.relation))) !== keyOf(table)) continue;
        if ([...strings(pubtable.columns), ...columnsIn(pubtable.whereClause)].includes(column)) return object.name;
      }
    }
  }
  return null;
};

export const publicationColumnListBlocksDrop = defineRule({
  id: 'publication-column-list-blocks-drop',
  title: 'Column that a publication names cannot be dropped',
  category: 'correctness',
  severity: 'error',
  servers: { from: 15 },
  on: ['AT_DropColumn'],
  docs: {
    what: 'DROP COLUMN of a column that the column list or the row filter of a publication names.',
    why: 'The statement fails with 2BP01; with CASCADE the table leaves the publication without a word.',
    instead: 'ALTER PUBLICATION … SET TABLE without the column first.',
    ignoreWhen: 'never.',
    manual: 'https://www.postgresql.org/docs/current/logical-replication-col-lists.html',
  },
  examples: [
    {
      name: 'a column list',
      setup: 'create table users (id bigint primary key, a int, b int); create publication p for table users (id, a);',
      up: 'ALTER TABLE users DROP COLUMN a;',
      finds: [{ text: 'DROP COLUMN a', severity: 'error' }],
      trace: { fails: '2BP01' },
    },
    {
      name: 'a column that is not in the list',
      setup: 'create table users (id bigint primary key, a int, b int); create publication p for table users (id, a);',
      up: 'alter table users drop column b;',
      finds: [],
    },
    {
      name: 'the whole table is published',
      setup: 'create table users (id bigint primary key, a int); create publication p for table users;',
      up: 'alter table users drop column a;',
      finds: [],
    },
  ],
  check: (context) =>
    eachAction(context, ['AT_DropColumn'], 'error', ({ cmd, range }, altered) => {
      const name = namedBy(context, altered.name, cmd.name ?? '');
      if (name === null) return null;
      return {
        range,
        message:
          cmd.behavior === 'DROP_CASCADE'
            ? `${shown(altered.written)} leaves the publication ${quoteIdentifier(name)}, which names the column`
            : `The publication ${quoteIdentifier(name)} names ${quoteIdentifier(cmd.name ?? '')}: the statement fails with 2BP01`,
        evidence: { table: shown(altered.written), column: cmd.name ?? '', publication: name },
      };
    }),
});
