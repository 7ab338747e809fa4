import type { StatementEffects } from './effects.ts';
import type { LockMode } from './lock-mode.ts';
import { isStrongerLock } from './lock-mode.ts';
import { all, as } from './nodes.ts';
import type { Statement } from './parser.ts';

/** How the migration's runner treats a file: `file` wraps it in one transaction, `none` and `auto` run it as written. */
export type TransactionMode = 'auto' | 'file' | 'none';

/** How it treats the files of a migration: both alike, or each in its way. */
export type TransactionModes = TransactionMode | { readonly up: TransactionMode; readonly down: TransactionMode };

/** How the runner treats one of the files. */
export const modeOf = (modes: TransactionModes, direction: 'up' | 'down'): TransactionMode =>
  typeof modes === 'string' ? modes : modes[direction];

/** The transaction that a statement runs in. */
export type Batch = {
  /** Statements with the same number share a transaction; null: the statement has one of its own. */
  readonly number: number | null;
  /** `statement`: a `BEGIN` in the text opened it; `runner`: the runner did. Null without a shared transaction. */
  readonly openedBy: 'statement' | 'runner' | null;
};

const alone: Batch = { number: null, openedBy: null };

/** Follows `BEGIN`, `COMMIT` and `ROLLBACK`: for each statement the transaction that it runs in. */
export function batchesOf(statements: readonly Statement[], mode: TransactionMode): readonly Batch[] {
  let count = mode === 'file' ? 1 : 0;
  let current: Batch = mode === 'file' ? { number: 0, openedBy: 'runner' } : alone;
  return statements.map((statement) => {
    const transaction = as(statement.node, 'TransactionStmt');
    switch (transaction?.kind) {
      case 'TRANS_STMT_BEGIN':
      case 'TRANS_STMT_START':
        if (current.number === null) {
          current = { number: count, openedBy: 'statement' };
          count += 1;
        }
        return current;
      case 'TRANS_STMT_COMMIT':
      case 'TRANS_STMT_ROLLBACK':
      case 'TRANS_STMT_PREPARE': {
        const closed = current;
        // AND CHAIN opens the next one at once.
        current = transaction.chain === true ? { number: count++, openedBy: 'statement' } : alone;
        return closed;
      }
      default:
        return current;
    }
  });
}

/**
 * For each statement that takes others back (`ROLLBACK`, `ROLLBACK TO`) the index of the last one before it that stays,
 * -1 when none does; null for every other statement, and where there is nothing to go back to.
 */
export function rollbackTargets(
  statements: readonly Statement[],
  batches: readonly Batch[],
): readonly (number | null)[] {
  let number: number | null = null;
  let start = 0;
  let savepoints: readonly { readonly name: string; readonly index: number }[] = [];
  const upTo = (name: string, inclusive: boolean) => {
    const at = savepoints.findLastIndex((savepoint) => savepoint.name === name);
    if (at >= 0) savepoints = savepoints.slice(0, inclusive ? at + 1 : at);
    return at < 0 ? null : (savepoints[at]?.index ?? null);
  };
  return statements.map((statement, index) => {
    const batch = batches[index]?.number ?? null;
    if (batch !== number) {
      number = batch;
      start = index;
      savepoints = [];
    }
    const transaction = as(statement.node, 'TransactionStmt');
    if (batch === null || transaction === undefined) return null;
    const name = transaction.savepoint_name ?? '';
    switch (transaction.kind) {
      case 'TRANS_STMT_SAVEPOINT':
        savepoints = [...savepoints, { name, index }];
        return null;
      case 'TRANS_STMT_RELEASE':
        upTo(name, false);
        return null;
      case 'TRANS_STMT_ROLLBACK_TO':
        return upTo(name, true);
      case 'TRANS_STMT_ROLLBACK':
        return start - 1;
      default:
        return null;
    }
  });
}

/** A lock that an earlier statement of the same transaction took and that is still held. */
export type HeldLock = { readonly relation: string; readonly mode: LockMode; readonly since: number };

/**
 * For each statement the locks that are still held from before when it starts, the strongest per relation, with the
 * index of the statement that took it. `effects` and `targets`, where transactions go back to, are in the order of the
 * statements.
 */
export function heldLocks(
  batches: readonly Batch[],
  effects: readonly Pick<StatementEffects, 'locks'>[],
  targets: readonly (number | null)[] = [],
): readonly (readonly HeldLock[])[] {
  let batch: number | null = null;
  let held = new Map<string, HeldLock>();
  const result: (readonly HeldLock[])[] = [];
  for (const [index, { number }] of batches.entries()) {
    if (number === null || number !== batch) held = new Map();
    batch = number;
    result.push([...held.values()]);
    if (number === null) continue;
    for (const { relation, mode } of effects[index]?.locks ?? []) {
      const known = held.get(relation);
      if (known === undefined || isStrongerLock(mode, known.mode)) held.set(relation, { relation, mode, since: index });
    }
    const target = targets[index] ?? null;
    if (target !== null) held = new Map((result[target + 1] ?? []).map((lock) => [lock.relation, lock]));
  }
  return result;
}

/** The settings that matter to a migration while a statement runs; null: not set by the script. Times in milliseconds. */
export type SettingsInForce = {
  readonly lockTimeout: number | null;
  readonly statementTimeout: number | null;
  readonly searchPath: readonly string[] | null;
  readonly timeZone: string | null;
};

const units: Readonly<Record<string, number>> = { us: 0.001, ms: 1, s: 1000, min: 60_000, h: 3_600_000, d: 86_400_000 };

/** Reads a timeout as `SET` takes it: `2s`, `500ms`, a bare number of milliseconds; null when it is not one. */
export function parseTimeout(text: string): number | null {
  const match = /^\s*(\d+(?:\.\d+)?)\s*(us|ms|s|min|h|d)?\s*$/.exec(text);
  return match === null ? null : Number(match[1]) * (units[match[2] ?? 'ms'] ?? 1);
}

type Change = { readonly name: string; readonly values: readonly string[] | null; readonly local: boolean };

function valueText(node: Parameters<typeof as>[0]): string {
  const constant = as(node, 'A_Const');
  if (constant?.sval !== undefined) return constant.sval.sval ?? '';
  if (constant?.fval !== undefined) return constant.fval.fval ?? '';
  return String(constant?.ival?.ival ?? 0);
}

/** What a statement sets: `SET`, `RESET`, and `SELECT set_config(…)` as dumps write it. Null values: back to the default. */
function changeOf(statement: Statement): Change | null {
  const set = as(statement.node, 'VariableSetStmt');
  if (set !== undefined) {
    const values = set.kind === 'VAR_SET_VALUE' ? (set.args ?? []).map(valueText) : null;
    return {
      name: set.kind === 'VAR_RESET_ALL' ? '*' : (set.name ?? '').toLowerCase(),
      values,
      local: set.is_local === true,
    };
  }
  const target = all(as(statement.node, 'SelectStmt')?.targetList, 'ResTarget')[0];
  const call = as(target?.val, 'FuncCall');
  const name = as(call?.funcname?.at(-1), 'String')?.sval;
  if (call === undefined || name !== 'set_config' || call.args?.length !== 3) return null;
  const [setting, value, local] = call.args;
  return {
    name: valueText(setting).toLowerCase(),
    values: valueText(value)
      .split(',')
      .map((part) => part.trim()),
    local: as(local, 'A_Const')?.boolval?.boolval === true,
  };
}

const unset: SettingsInForce = { lockTimeout: null, statementTimeout: null, searchPath: null, timeZone: null };

function applyChange(settings: SettingsInForce, { name, values }: Change): SettingsInForce {
  const text = values?.[0];
  switch (name) {
    case '*':
      return unset;
    case 'lock_timeout':
      return { ...settings, lockTimeout: text === undefined ? null : parseTimeout(text) };
    case 'statement_timeout':
      return { ...settings, statementTimeout: text === undefined ? null : parseTimeout(text) };
    case 'timezone':
      return { ...settings, timeZone: text ?? null };
    case 'search_path': {
      const path = values
        ?.map((part) => part.replace(/^"(.*)"$/s, '$1'))
        .filter((part) => part !== '' && part !== '$user');
      return { ...settings, searchPath: path ?? null };
    }
    default:
      return settings;
  }
}

/**
 * For each statement the settings in force when it starts. `SET LOCAL` lasts to the end of its transaction and does
 * nothing outside of one; `SET` in a transaction that is rolled back is undone.
 */
export function settingsInForce(
  statements: readonly Statement[],
  batches: readonly Batch[],
): readonly SettingsInForce[] {
  let session = unset;
  let beforeBatch = unset;
  let local: SettingsInForce | null = null;
  let batch: number | null = null;
  return statements.map((statement, index) => {
    const number = batches[index]?.number ?? null;
    if (number !== batch) {
      local = null;
      beforeBatch = session;
      batch = number;
    }
    const before = local ?? session;
    const change = changeOf(statement);
    if (change !== null && !change.local) {
      session = applyChange(session, change);
      if (local !== null) local = applyChange(local, change);
    } else if (change !== null && number !== null) {
      local = applyChange(local ?? session, change);
    }
    if (as(statement.node, 'TransactionStmt')?.kind === 'TRANS_STMT_ROLLBACK') session = beforeBatch;
    return before;
  });
}
