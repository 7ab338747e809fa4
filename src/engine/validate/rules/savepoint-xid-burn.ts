import { all, as, findNodes, strings } from '../../sql/nodes.ts';
import { tokensOf } from '../../sql/tokens.ts';
import { type CheckContext, defineRule, type Found } from '../rule.ts';

/** The subtransactions that a session keeps in shared memory: `PGPROC_MAX_CACHED_SUBXIDS`. */
const cached = 64;

/** True when a PL/pgSQL body has a block with EXCEPTION inside of a loop. */
const catchesInLoop = (body: string): boolean => {
  const words = tokensOf(body)
    .filter(({ kind }) => kind === 'word' || kind === 'symbol')
    .map(({ start, end }) => body.slice(start, end).toUpperCase());
  // Every LOOP, IF and CASE ends in END with its word; a block ends in END alone.
  const open: ('loop' | 'block' | 'other')[] = [];
  for (const [at, word] of words.entries()) {
    const before = words[at - 1];
    if (word === 'LOOP' && before !== 'END') open.push('loop');
    else if (word === 'BEGIN') open.push('block');
    else if ((word === 'IF' || word === 'CASE') && before !== 'END' && !(word === 'IF' && words[at + 1] === 'EXISTS')) {
      if (!(word === 'IF' && words[at + 1] === 'NOT' && words[at + 2] === 'EXISTS')) open.push('other');
    } else if (word === 'END') open.pop();
    else if (word === 'EXCEPTION' && before !== 'RAISE' && open.at(-1) === 'block' && open.includes('loop'))
      return true;
  }
  return false;
};

const bodyOf = (context: CheckContext): string | null => {
  const { node } = context.statement;
  const options = as(node, 'DoStmt')?.args ?? as(node, 'CreateFunctionStmt')?.options;
  const named = all(options, 'DefElem').find(({ defname }) => defname === 'language')?.arg;
  if ((as(named, 'String')?.sval ?? 'plpgsql').toLowerCase() !== 'plpgsql') return null;
  const text = all(options, 'DefElem').find(({ defname }) => defname === 'as')?.arg;
  return as(text, 'String')?.sval ?? strings(as(text, 'List')?.items)[0] ?? null;
};

const inBlock = (context: CheckContext): readonly Found[] => {
  const body = bodyOf(context);
  if (body === null || !/\bexception\b/i.test(body) || !catchesInLoop(body)) return [];
  return [
    {
      range: context.source.head('DoStmt' in context.statement.node ? 1 : 2),
      message: `Each turn of the loop that writes takes a transaction number of its own: after ${cached} of them every session of the server looks them up on disk`,
      evidence: { cached },
    },
  ];
};

export const savepointXidBurn = defineRule({
  id: 'savepoint-xid-burn',
  title: 'Subtransactions without end',
  category: 'timeouts and operational',
  severity: 'info',
  servers: {},
  on: ['CreateFunctionStmt', 'DoStmt', 'TransactionStmt'],
  docs: {
    what: `PL/pgSQL with a BEGIN … EXCEPTION block inside a loop; more than ${cached} SAVEPOINTs in one transaction.`,
    why: `Each such block and each savepoint that writes is a subtransaction with a number of its own. A session keeps ${cached} of them at hand; from then on every other session, on standbys too, has to look in pg_subtrans whether a row is visible, and the whole server gets slow. A million turns also use up a million transaction numbers towards wraparound.`,
    instead:
      'INSERT … ON CONFLICT DO NOTHING or a test before the write, in place of catching the error; COMMIT between batches.',
    ignoreWhen: 'the loop has few turns.',
    manual: 'https://www.postgresql.org/docs/current/subxacts.html',
  },
  examples: [
    {
      name: 'errors are caught row by row',
      up: "DO $$ DECLARE r record; BEGIN FOR r IN SELECT id FROM users LOOP BEGIN UPDATE users SET a = 1 WHERE id = r.id; EXCEPTION WHEN others THEN RAISE NOTICE 'no'; END; END LOOP; END $$;",
      finds: [{ text: 'DO', severity: 'info' }],
    },
    {
      name: 'one savepoint after the other',
      up: `begin; ${Array.from({ length: 65 }, (_, i) => `savepoint s${i};`).join(' ')} commit;`,
      finds: [{ text: 'savepoint s64' }],
    },
    {
      name: 'one block around the loop',
      up: "do $$ declare r record; begin for r in select id from users loop update users set a = 1 where id = r.id; end loop; exception when others then raise exception 'no'; end $$;",
      finds: [],
    },
    {
      name: 'an error is only raised',
      up: "do $$ declare r record; begin for r in select id from users loop if r.id < 0 then raise exception 'no'; end if; end loop; end $$;",
      finds: [],
    },
    { name: 'a few savepoints', up: 'begin; savepoint a; release a; savepoint b; commit;', finds: [] },
  ],
  check: (context) => {
    if (!('TransactionStmt' in context.statement.node)) return inBlock(context);
    const own = as(context.statement.node, 'TransactionStmt');
    if (own?.kind !== 'TRANS_STMT_SAVEPOINT' || context.transaction.number === null) return [];
    const before = context.script.statements
      .slice(0, context.statement.index)
      .filter(({ index }) => context.transactionOf(index).number === context.transaction.number);
    const savepoints = findNodes(
      before.map(({ node }) => node),
      'TransactionStmt',
    ).filter(({ kind }) => kind === 'TRANS_STMT_SAVEPOINT');
    // Told once, where the number is exceeded.
    if (savepoints.length !== cached) return [];
    return [
      {
        range: context.source.range,
        message: `This transaction has more than ${cached} subtransactions from here on: every session of the server looks them up on disk`,
        evidence: { cached },
      },
    ];
  },
});
