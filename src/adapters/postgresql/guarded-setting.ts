import type { Node } from '@pgsql/types';
import { as } from '../../engine/sql/nodes.ts';

/** Settings that decide how values are written and names are found, and nothing else. */
const harmless: ReadonlySet<string> = new Set(
  `bytea_output datestyle extra_float_digits intervalstyle jit quote_all_identifiers search_path timezone xmloption`.split(
    ' ',
  ),
);
/** Limits that may be made tighter. */
const limits: ReadonlySet<string> = new Set(['lock_timeout', 'statement_timeout']);

/** The longest that a statement may be given, in milliseconds. */
const longest = 60_000;

/** Why a call of `set_config` with these arguments may not be sent; null when it is harmless and ends with its transaction. */
export function guardedSettingObjection([setting, value, isLocal]: readonly Node[]): string | null {
  const name = as(setting, 'A_Const')?.sval?.sval;
  if (as(isLocal, 'A_Const')?.boolval?.boolval !== true) {
    return 'set_config() may only change settings until the transaction ends';
  }
  if (name !== undefined && harmless.has(name)) return null;
  // Off, the server would read other strings in later statements than the parser that judges them.
  if (name === 'standard_conforming_strings' && as(value, 'A_Const')?.sval?.sval === 'on') return null;
  if (name !== undefined && limits.has(name)) {
    const milliseconds = Number(as(value, 'A_Const')?.sval?.sval);
    if (milliseconds > 0 && milliseconds <= longest) return null;
  }
  return 'set_config() may only change harmless settings';
}
