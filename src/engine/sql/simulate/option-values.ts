import type { AlterTableCmd, Node } from '@pgsql/types';
import { all, as, strings } from '../nodes.ts';

/** The options that `SET (…)` and `RESET (…)` leave, as `name=value`. */
export const changedOptions = (options: readonly string[], cmd: AlterTableCmd): readonly string[] => {
  const given = all(as(cmd.def, 'List')?.items, 'DefElem');
  const names = new Set(given.map((option) => option.defname ?? ''));
  const kept = options.filter((option) => !names.has(option.split('=')[0] ?? ''));
  if (cmd.subtype === 'AT_ResetRelOptions' || cmd.subtype === 'AT_ResetOptions') return kept;
  return [...kept, ...given.map((option) => `${option.defname ?? ''}=${optionValue(option.arg)}`)];
};

/** The value of an option as the catalog keeps it: `true` where there is none. */
export function optionValue(node: Node | undefined): string {
  if (node === undefined) return 'true';
  const text = as(node, 'String')?.sval ?? as(node, 'Float')?.fval;
  if (text !== undefined) return text;
  const number = as(node, 'Integer');
  if (number !== undefined) return String(number.ival ?? 0);
  return strings(as(node, 'TypeName')?.names).at(-1) ?? 'true';
}
