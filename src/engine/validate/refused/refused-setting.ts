import { as } from '../../sql/nodes.ts';
import { quoteIdentifier } from '../../sql/quote-identifier.ts';
import { settingNames } from '../../sql/setting-names.ts';
import { parseTimeout } from '../../sql/transactions.ts';
import type { CheckContext } from '../rule.ts';
import type { Refusal } from './refusal.ts';

type Reason = Omit<Refusal, 'range'>;

const timeouts: ReadonlySet<string> = new Set([
  'deadlock_timeout',
  'idle_in_transaction_session_timeout',
  'idle_session_timeout',
  'lock_timeout',
  'statement_timeout',
  'transaction_timeout',
]);

const sizes: ReadonlySet<string> = new Set([
  'effective_cache_size',
  'logical_decoding_work_mem',
  'maintenance_work_mem',
  'temp_buffers',
  'work_mem',
]);

const isSize = (text: string): boolean => /^\s*\d+(?:\.\d+)?\s*(?:B|kB|MB|GB|TB)?\s*$/.test(text);

const ofValue = (name: string, text: string): Reason | null => {
  const wrong = (reason: string): Reason => ({ sqlstate: '22023', reason });
  if (timeouts.has(name) && parseTimeout(text) === null)
    return wrong(`'${text}' is no time: write it as 2s, 500ms or in milliseconds`);
  return sizes.has(name) && !isSize(text) && !/^-?\d+$/.test(text)
    ? wrong(`'${text}' is no size: its unit is kB, MB, GB or TB, in these letters`)
    : null;
};

/** A `SET` of what the server does not know, or to what it does not take. Names with a dot may be anybody's. */
export const refusedSetting = (context: CheckContext): readonly Refusal[] => {
  const set = as(context.statement.node, 'VariableSetStmt');
  if (set === undefined || set.kind === 'VAR_SET_MULTI' || set.kind === 'VAR_RESET_ALL') return [];
  const name = (set.name ?? '').toLowerCase();
  const range = context.source.range;
  if (!name.includes('.') && !settingNames.has(name))
    return [{ range, sqlstate: '42704', reason: `there is no setting ${quoteIdentifier(set.name ?? '')}` }];
  const constant = as(set.args?.[0], 'A_Const');
  const text = constant?.sval?.sval ?? constant?.fval?.fval;
  const reason = text === undefined ? null : ofValue(name, text);
  return reason === null ? [] : [{ ...reason, range }];
};
