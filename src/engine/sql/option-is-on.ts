import type { Node } from '@pgsql/types';
import { all, as, strings } from './nodes.ts';

const off: ReadonlySet<string> = new Set(['false', 'off', '0']);

/** True when an option such as FULL of `VACUUM (FULL)` is given and not switched off, as by `(FULL false)`. */
export function optionIsOn(options: readonly Node[] | undefined, name: string): boolean {
  const option = all(options, 'DefElem').findLast(({ defname }) => defname === name);
  if (option === undefined) return false;
  const value =
    as(option.arg, 'String')?.sval ??
    // A word such as OFF is read as the name of a type where options of relations stand.
    strings(as(option.arg, 'TypeName')?.names).at(-1) ??
    as(option.arg, 'Boolean')?.boolval ??
    as(option.arg, 'Integer')?.ival;
  // A zero is a node without a number.
  const written = value ?? (as(option.arg, 'Integer') === undefined ? 'true' : 0);
  return !off.has(String(written).toLowerCase());
}
