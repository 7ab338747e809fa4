import { lockModes, whatLockBlocks } from '../../sql/lock-mode.ts';
import { all, as, findNodes, nameOf } from '../../sql/nodes.ts';
import { type CheckContext, defineRule, type Found } from '../rule.ts';
import { severityFor } from '../standing.ts';
import { shown } from '../wording.ts';

/** A SELECT that locks every row of a table until the transaction ends. */
const ofAllRows = (context: CheckContext): Found | null => {
  const select = as(context.statement.node, 'SelectStmt');
  const strong = all(select?.lockingClause, 'LockingClause').some(({ strength }) => strength !== 'LCS_FORKEYSHARE');
  const [relation] = findNodes({ List: { items: [...(select?.fromClause ?? [])] } }, 'RangeVar');
  const whole = select?.whereClause === undefined && select?.limitCount === undefined;
  const queries = findNodes(select?.fromClause?.[0], 'RangeSubselect').length > 0;
  if (!strong || !whole || queries || relation === undefined) return null;
  const standing = context.standing(nameOf(relation));
  const severity = context.transaction.number === null ? null : severityFor(standing, 'warning');
  return severity === null
    ? null
    : {
        range: context.source.range,
        severity,
        message: `Every row of ${shown(nameOf(relation))} is locked against changes until the transaction ends (${standing.words})`,
        evidence: { tables: [shown(nameOf(relation))], rows: standing.rows },
      };
};

export const explicitLockTable = defineRule({
  id: 'explicit-lock-table',
  title: 'LOCK TABLE in a strong mode, or a lock on every row',
  category: 'locking',
  severity: 'warning',
  servers: {},
  on: ['LockStmt', 'SelectStmt'],
  docs: {
    what: 'LOCK TABLE in a mode that blocks writes, or writes and reads, which is the default; SELECT … FOR UPDATE, FOR NO KEY UPDATE or FOR SHARE of all rows in a transaction.',
    why: 'The locks are held until the transaction ends, whatever follows.',
    instead: 'The weakest mode that serves, the shortest transaction, and a lock_timeout.',
    ignoreWhen: 'the transaction is short.',
    manual: 'https://www.postgresql.org/docs/current/sql-lock.html',
  },
  examples: [
    {
      name: 'the default mode',
      setup: 'create table orders (a int);',
      up: 'BEGIN;\nLOCK TABLE orders;\nCOMMIT;',
      finds: [{ text: 'LOCK TABLE orders', severity: 'warning' }],
    },
    {
      name: 'a mode that blocks writes',
      up: 'begin; lock orders in share row exclusive mode; commit;',
      finds: [{ text: 'lock orders in share row exclusive mode' }],
    },
    { name: 'a weak mode', up: 'begin; lock table orders in row exclusive mode; commit;', finds: [] },
    {
      name: 'every row',
      setup: 'create table orders (a int); create table users (a int);',
      up: 'begin; select * from orders for update; select * from orders where a = 1 for update; select * from orders limit 1 for update skip locked; select * from orders for key share; select * from orders join users using (a) where orders.a = 2 for share of users; select users.a from users join orders using (a) for update; commit;',
      finds: [
        { text: 'select * from orders for update', severity: 'warning' },
        { text: 'select users.a from users join orders using (a) for update' },
      ],
    },
    {
      name: 'every row, for as long as the statement lasts',
      setup: 'create table orders (a int);',
      up: 'select * from orders for update;',
      finds: [],
    },
    { name: 'a new table', up: 'begin; create table fresh (a int); lock table fresh; commit;', finds: [] },
  ],
  check: (context) => {
    const rows = ofAllRows(context);
    if (rows !== null) return [rows];
    const lock = as(context.statement.node, 'LockStmt');
    const mode = lockModes[(lock?.mode ?? 8) - 1];
    if (lock === undefined || mode === undefined || lockModes.indexOf(mode) < lockModes.indexOf('SHARE')) return [];
    const busy = all(lock.relations, 'RangeVar')
      .map(nameOf)
      .filter((written) => context.standing(written).size !== 'new');
    const [first] = busy;
    if (first === undefined) return [];
    const standing = context.standing(first);
    const severity = severityFor(standing, 'warning');
    if (severity === null) return [];
    return [
      {
        range: context.source.range,
        severity,
        message: `${mode} on ${busy.map(shown).join(', ')} blocks ${whatLockBlocks(mode)} until the transaction ends (${standing.words})`,
        evidence: { tables: busy.map(shown), lock: mode },
      },
    ];
  },
});
