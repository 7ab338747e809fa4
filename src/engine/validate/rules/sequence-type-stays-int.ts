import { as } from '../../sql/nodes.ts';
import type { Statement } from '../../sql/parser.ts';
import { quoteIdentifier } from '../../sql/quote-identifier.ts';
import { keyOf } from '../../sql/table-index.ts';
import { typeRef } from '../../sql/type-name.ts';
import { statementsAfter } from '../fixes.ts';
import { defineRule } from '../rule.ts';
import { shown, shownObject } from '../wording.ts';

const narrow = new Set(['integer', 'smallint']);

export const sequenceTypeStaysInt = defineRule({
  id: 'sequence-type-stays-int',
  title: 'Column becomes bigint, its sequence stays integer',
  category: 'correctness',
  severity: 'error',
  servers: { from: 10 },
  on: ['AT_AlterColumnType'],
  docs: {
    what: 'A column is widened to bigint while the sequence that it owns (serial) is still AS integer or smallint, and no statement widens the sequence.',
    why: 'nextval() still fails at 2147483647: the widening has not ended the overflow. The sequence of an identity column is widened with it.',
    instead: 'ALTER SEQUENCE … AS bigint in the same migration.',
    ignoreWhen: 'the sequence is no longer used.',
    manual: 'https://www.postgresql.org/docs/current/sql-altersequence.html',
  },
  examples: [
    {
      name: 'a serial column',
      setup: 'create table orders (id serial primary key);',
      up: 'ALTER TABLE orders ALTER COLUMN id TYPE bigint;',
      finds: [{ text: 'ALTER COLUMN id TYPE bigint', severity: 'error' }],
      fixed: 'ALTER TABLE orders ALTER COLUMN id TYPE bigint;\nALTER SEQUENCE orders_id_seq AS bigint;',
    },
    {
      name: 'the sequence is widened too',
      setup: 'create table orders (id serial primary key);',
      up: 'alter table orders alter id type bigint; alter sequence orders_id_seq as bigint;',
      finds: [],
    },
    {
      name: 'an identity column takes its sequence along',
      setup: 'create table orders (id int generated always as identity primary key);',
      up: 'alter table orders alter id type bigint;',
      finds: [],
    },
    {
      name: 'a column without a sequence',
      setup: 'create table orders (id int primary key);',
      up: 'alter table orders alter id type bigint;',
      finds: [],
    },
  ],
  check: (context) => {
    const altered = context.alter();
    if (altered === null || altered.table === null) return [];
    return altered.actions.flatMap(({ cmd, range }) => {
      if (cmd.subtype !== 'AT_AlterColumnType') return [];
      const wanted = typeRef(as(cmd.def, 'ColumnDef')?.typeName).name;
      if (wanted !== 'int8') return [];
      const sequence = context.database.catalog.sequences.find(
        ({ ownedBy }) =>
          ownedBy !== null &&
          !ownedBy.identity &&
          keyOf(ownedBy.table) === keyOf(altered.name) &&
          ownedBy.column === cmd.name,
      );
      if (sequence === undefined || !narrow.has(sequence.type)) return [];
      const alters = ({ node }: Statement): boolean => {
        const change = as(node, 'AlterSeqStmt');
        return (
          change?.sequence?.relname === sequence.name &&
          (change.options ?? []).some((option) => as(option, 'DefElem')?.defname === 'as')
        );
      };
      if (context.script.statements.some(alters)) return [];
      // A down that gives the column its old type back would have to do the same for the sequence.
      const staysInDown = context.downScript?.statements.every((statement) => !alters(statement)) === true;
      const name = shownObject(sequence);
      return [
        {
          range,
          message: `${quoteIdentifier(cmd.name ?? '')} of ${shown(altered.written)} becomes bigint, but ${name} stays ${sequence.type}: nextval() still fails at ${sequence.maximum}`,
          evidence: { table: shown(altered.written), column: cmd.name, sequence: name, sequenceType: sequence.type },
          fix: staysInDown
            ? null
            : {
                title: 'Widen the sequence too',
                edits: [statementsAfter(context, context.statement, [`ALTER SEQUENCE ${name} AS bigint`])],
              },
        },
      ];
    });
  },
});
