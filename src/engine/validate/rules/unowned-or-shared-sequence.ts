import { all, as, nameOf, strings } from '../../sql/nodes.ts';
import { keyOf } from '../../sql/table-index.ts';
import { type CheckContext, defineRule } from '../rule.ts';
import { shown } from '../wording.ts';

const isOwned = (options: Parameters<typeof all>[0]): boolean =>
  all(options, 'DefElem').some(({ defname, arg }) => {
    const owner = strings(as(arg, 'List')?.items);
    return defname === 'owned_by' && owner.join('.') !== 'none';
  });

/** True when the file uses the sequence as a default of a column. */
const isDefault = (context: CheckContext, name: string): boolean =>
  context.script.statements.some(
    ({ text, index }) =>
      index !== context.statement.index && /\bdefault\s+nextval\s*\(/i.test(text) && text.includes(name),
  );

export const unownedOrSharedSequence = defineRule({
  id: 'unowned-or-shared-sequence',
  title: 'Sequence that no column owns',
  category: 'correctness',
  severity: 'info',
  servers: {},
  on: ['AlterSeqStmt', 'CreateSeqStmt'],
  docs: {
    what: 'CREATE SEQUENCE that the migration uses as a default and gives to no column.',
    why: 'It stays behind when the column or the table is dropped, and a dump of the table alone leaves it out.',
    instead: 'ALTER SEQUENCE … OWNED BY the column, or an identity column.',
    ignoreWhen: 'several tables share it on purpose.',
    manual: 'https://www.postgresql.org/docs/current/sql-createsequence.html',
  },
  examples: [
    {
      name: 'a default without an owner',
      up: "CREATE SEQUENCE s;\ncreate table t (id bigint default nextval('s'));",
      finds: [{ text: 'CREATE SEQUENCE', severity: 'info' }],
    },
    {
      name: 'owned later',
      up: "create sequence s; create table t (id bigint default nextval('s')); alter sequence s owned by t.id;",
      finds: [],
    },
    { name: 'a sequence that is no default', up: 'create sequence tickets;', finds: [] },
  ],
  check: (context) => {
    const create = as(context.statement.node, 'CreateSeqStmt');
    if (create === undefined || isOwned(create.options) || context.direction === 'down') return [];
    const name = context.database.resolve(nameOf(create.sequence));
    const owned = context.script.statements.some(({ node }) => {
      const alter = as(node, 'AlterSeqStmt');
      return isOwned(alter?.options) && keyOf(context.database.resolve(nameOf(alter?.sequence))) === keyOf(name);
    });
    if (owned || !isDefault(context, name.name)) return [];
    return [
      {
        range: context.source.head(2),
        message: `${shown(nameOf(create.sequence))} stays behind when the column that uses it is dropped`,
        evidence: { sequence: shown(nameOf(create.sequence)) },
      },
    ];
  },
});
