import { qualified, rendered, sql, toText } from '../../sql/sql.ts';
import type { Sequence } from '../catalog.ts';
import { sequenceOptions } from '../render/render-sequence.ts';
import { type ChangeStatement, changeOf } from './change-script.ts';

/** Gives a sequence the type and the options of another; nothing when it has them. */
export function alterSequence(was: Sequence, is: Sequence, object: string): readonly ChangeStatement[] {
  if (was.type === is.type && toText(sequenceOptions(was)) === toText(sequenceOptions(is))) return [];
  const cycle = is.cycle ? sql`` : sql` NO CYCLE`;
  return [
    changeOf(object, sql`ALTER SEQUENCE ${qualified(is)} AS ${rendered(is.type)} ${sequenceOptions(is)}${cycle}`),
  ];
}
