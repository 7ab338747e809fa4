import { lockModes, whatLockBlocks } from '../../sql/lock-mode.ts';
import { all, as, nameOf } from '../../sql/nodes.ts';
import { defineRule } from '../rule.ts';
import { severityFor } from '../standing.ts';
import { shown } from '../wording.ts';

export const explicitLockTable = defineRule({
  id: 'explicit-lock-table',
  title: 'LOCK TABLE in a strong mode',
  category: 'locking',
  severity: 'warning',
  servers: {},
  on: ['LockStmt'],
  docs: {
    what: 'LOCK TABLE in a mode that blocks writes, or writes and reads, which is the default.',
    why: 'The lock is held until the transaction ends, whatever follows.',
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
    { name: 'a new table', up: 'begin; create table fresh (a int); lock table fresh; commit;', finds: [] },
  ],
  check: (context) => {
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
