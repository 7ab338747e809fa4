import type { Node, PartitionBoundSpec } from '@pgsql/types';
import type { Table } from '../../catalog/catalog.ts';
import { all, as, nameOf } from '../../sql/nodes.ts';
import { boundIsEmpty } from '../../sql/partition-bound.ts';
import type { CheckContext } from '../rule.ts';
import { shown } from '../wording.ts';
import type { Refusal } from './refusal.ts';

type Reason = Omit<Refusal, 'range'>;

const strategies: Readonly<Record<string, string>> = { r: 'RANGE', l: 'LIST', h: 'HASH' };

/** How many columns and expressions a key such as `RANGE (a, lower(b))` has. */
const keyLength = (key: string): number => {
  let depth = 0;
  let commas = 0;
  for (const character of key) {
    if (character === '(') depth += 1;
    if (character === ')') depth -= 1;
    if (character === ',' && depth === 1) commas += 1;
  }
  return commas + 1;
};

const ofBound = (parent: Table, bound: PartitionBoundSpec): Reason | null => {
  const key = parent.partitionKey;
  if (key === null) return { sqlstate: '42P17', reason: `${shown(parent)} is not partitioned` };
  const strategy = key.split(/[\s(]/)[0]?.toUpperCase() ?? '';
  if (bound.is_default === true)
    return strategy === 'HASH' ? { sqlstate: '42P16', reason: 'a hash has no default partition' } : null;
  const written = strategies[bound.strategy ?? ''];
  if (written !== undefined && strategy !== written)
    return {
      sqlstate: '42P16',
      reason: `the bound is of ${written}, and ${shown(parent)} is partitioned by ${strategy}`,
    };
  if (written === 'HASH' && (bound.remainder ?? 0) >= (bound.modulus ?? 0))
    return { sqlstate: '42P16', reason: 'the remainder has to be less than the modulus' };
  if (written !== 'RANGE') return null;
  const wrong = [bound.lowerdatums, bound.upperdatums].some((datums) => (datums ?? []).length !== keyLength(key));
  if (wrong) return { sqlstate: '42P16', reason: `the key of ${shown(parent)} has ${keyLength(key)} columns` };
  return boundIsEmpty(bound) ? { sqlstate: '42P17', reason: 'the range is empty' } : null;
};

const inCreate = (context: CheckContext): readonly Refusal[] => {
  const create = as(context.statement.node, 'CreateStmt');
  const parent = context.database.table(nameOf(all(create?.inhRelations, 'RangeVar')[0]));
  if (create?.partbound === undefined || parent === null) return [];
  const taken = context.database.relationKind(nameOf(create.relation)) !== null;
  const reason = create.if_not_exists === true && taken ? null : ofBound(parent, create.partbound);
  return reason === null ? [] : [{ range: context.source.words('PARTITION OF') ?? context.source.range, ...reason }];
};

const ofAction = (context: CheckContext, parent: Table, subtype: string, def: Node | undefined): Reason | null => {
  const command = as(def, 'PartitionCmd');
  const child = context.database.table(nameOf(command?.name));
  if (command === undefined || child === null) return null;
  const above = child.partitionOf?.parent;
  if (subtype === 'AT_AttachPartition') {
    if (parent.partitionKey === null) return { sqlstate: '42809', reason: `${shown(parent)} is not partitioned` };
    if (above !== undefined) return { sqlstate: '42809', reason: `${shown(child)} is a partition already` };
    return command.bound === undefined ? null : ofBound(parent, command.bound);
  }
  return above?.schema === parent.schema && above.name === parent.name
    ? null
    : { sqlstate: '42P01', reason: `${shown(child)} is no partition of ${shown(parent)}` };
};

/** What the server has against a new bound, or against taking away what is no partition. Overlaps are told elsewhere. */
export const refusedPartition = (context: CheckContext): readonly Refusal[] => {
  const altered = context.alter();
  const parent = altered?.table ?? null;
  if (altered === null || parent === null) return inCreate(context);
  return altered.actions.flatMap(({ cmd, range }) => {
    const subtype = cmd.subtype ?? '';
    if (subtype !== 'AT_AttachPartition' && subtype !== 'AT_DetachPartition') return [];
    const reason = ofAction(context, parent, subtype, cmd.def);
    return reason === null ? [] : [{ range, ...reason }];
  });
};
