import type { ObjectName, Sequence } from '../../catalog/catalog.ts';
import { as } from '../../sql/nodes.ts';
import { quoteIdentifier } from '../../sql/quote-identifier.ts';
import { keyOf } from '../../sql/table-index.ts';
import { droppedNames } from '../node-questions.ts';
import { type CheckContext, defineRule, type Found } from '../rule.ts';
import type { SourceRange } from '../statement-source.ts';
import { shownObject } from '../wording.ts';

/** Another table's column whose default takes from the sequence, in words. */
const userOf = (context: CheckContext, sequence: Sequence, owner: ObjectName): string | null => {
  const name = new RegExp(`nextval\\('(?:\\w+\\.|"[^"]+"\\.)?"?${sequence.name.replaceAll(/[^\w]/g, '\\$&')}"?'`);
  for (const table of context.database.catalog.tables) {
    if (keyOf(table) === keyOf(owner)) continue;
    const column = table.columns.find((candidate) => candidate.default !== null && name.test(candidate.default));
    if (column !== undefined) return `${shownObject(table)}.${quoteIdentifier(column.name)}`;
  }
  return null;
};

const lost = (
  context: CheckContext,
  table: ObjectName,
  column: string | null,
  range: SourceRange,
  cascade: boolean,
): readonly Found[] =>
  context.database.lookup.sequencesOf(table).flatMap((sequence) => {
    if (column !== null && sequence.ownedBy?.column !== column) return [];
    const user = userOf(context, sequence, table);
    if (user === null) return [];
    return [
      {
        range,
        message: cascade
          ? `The sequence ${shownObject(sequence)} goes too, and with it the default of ${user}`
          : `The sequence ${shownObject(sequence)} would go too, but ${user} takes its default from it: the statement fails with 2BP01`,
        evidence: { sequence: shownObject(sequence), usedBy: user },
      },
    ];
  });

export const dropOwnedSequenceInUse = defineRule({
  id: 'drop-owned-sequence-in-use',
  title: 'Dropped column or table owns a sequence that another table uses',
  category: 'data loss',
  severity: 'error',
  servers: {},
  on: ['DropStmt', 'AT_DropColumn'],
  docs: {
    what: 'DROP TABLE or DROP COLUMN that takes an owned sequence along from which the default of another table is taken.',
    why: 'Without CASCADE the statement fails; with it the other table loses its default, and its inserts fail from then on.',
    instead: 'ALTER SEQUENCE … OWNED BY the other table’s column first.',
    ignoreWhen: 'never.',
    manual: 'https://www.postgresql.org/docs/current/sql-altersequence.html',
  },
  examples: [
    {
      name: 'a table whose sequence another one uses',
      setup:
        "create table a (id bigserial primary key); create table b (id bigint primary key default nextval('a_id_seq'));",
      up: 'DROP TABLE a;',
      finds: [{ text: 'DROP TABLE a', severity: 'error' }],
      trace: { fails: '2BP01' },
    },
    {
      name: 'a column, with CASCADE',
      setup:
        "create table a (id bigserial, x int); create table b (id bigint primary key default nextval('a_id_seq'));",
      up: 'alter table a drop column id cascade;',
      finds: [{ text: 'drop column id cascade' }],
    },
    {
      name: 'nobody else uses it',
      setup: 'create table a (id bigserial primary key);',
      up: 'drop table a;',
      finds: [],
    },
    {
      name: 'the sequence was given away first',
      setup:
        "create table a (id bigserial primary key); create table b (id bigint primary key default nextval('a_id_seq'));",
      up: 'alter sequence a_id_seq owned by b.id; drop table a;',
      finds: [],
    },
  ],
  check: (context) => {
    const drop = as(context.statement.node, 'DropStmt');
    if (drop?.removeType === 'OBJECT_TABLE')
      return droppedNames(drop.objects).flatMap((written) =>
        lost(context, context.database.resolve(written), null, context.source.range, drop.behavior === 'DROP_CASCADE'),
      );
    const altered = context.alter();
    return (altered?.actions ?? []).flatMap(({ cmd, range }) =>
      altered !== null && cmd.subtype === 'AT_DropColumn'
        ? lost(context, altered.name, cmd.name ?? '', range, cmd.behavior === 'DROP_CASCADE')
        : [],
    );
  },
});
