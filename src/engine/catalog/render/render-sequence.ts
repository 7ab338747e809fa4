import { qualifiedName } from '../../sql/qualified-name.ts';
import { identifier, qualified, rendered, type Sql, sql } from '../../sql/sql.ts';
import type { Sequence } from '../catalog.ts';
import { type RenderedStatement, statementOf } from './rendered-statement.ts';

/** The statement that makes a sequence which is not a column's identity. */
export function renderSequence(sequence: Sequence): RenderedStatement {
  return statementOf(
    'sequence',
    qualifiedName(sequence),
    sql`CREATE SEQUENCE ${qualified(sequence)} AS ${rendered(sequence.type)} ${sequenceOptions(sequence)}`,
  );
}

/** The options of a sequence, each said in full. */
export function sequenceOptions(sequence: Sequence): Sql {
  const cycle = sequence.cycle ? sql` CYCLE` : sql``;
  return sql`START WITH ${rendered(sequence.start)} INCREMENT BY ${rendered(sequence.increment)} MINVALUE ${rendered(sequence.minimum)} MAXVALUE ${rendered(sequence.maximum)} CACHE ${rendered(sequence.cache)}${cycle}`;
}

/** Ties a sequence to the column that owns it; null when none does or when it is the column's identity. */
export function renderOwnedBy(sequence: Sequence): RenderedStatement | null {
  const owner = sequence.ownedBy;
  if (owner === null || owner.identity) return null;
  const column = sql`${qualified(owner.table)}.${identifier(owner.column)}`;
  return statementOf(
    'sequence',
    qualifiedName(sequence),
    sql`ALTER SEQUENCE ${qualified(sequence)} OWNED BY ${column}`,
  );
}
