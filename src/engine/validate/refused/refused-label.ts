import { as, nameOfParts, strings } from '../../sql/nodes.ts';
import type { CheckContext } from '../rule.ts';
import type { Refusal } from './refusal.ts';

/** What the server has against a new or renamed label of an enum. A new label that is there is told elsewhere. */
export const refusedLabel = (context: CheckContext): readonly Refusal[] => {
  const change = as(context.statement.node, 'AlterEnumStmt');
  const type = change === undefined ? null : context.database.type(nameOfParts(strings(change.typeName)));
  if (change === undefined || type?.kind !== 'enum') return [];
  const { oldVal, newVal, newValNeighbor } = change;
  const has = (label: string | undefined) => label !== undefined && type.labels.includes(label);
  const range = context.source.range;
  if (oldVal !== undefined && has(newVal))
    return [{ range, sqlstate: '42710', reason: `there is a label '${newVal}' already` }];
  // With IF NOT EXISTS and such a label the statement does nothing.
  const wanted = oldVal ?? (change.skipIfNewValExists === true && has(newVal) ? undefined : newValNeighbor);
  return wanted === undefined || has(wanted)
    ? []
    : [{ range, sqlstate: '22023', reason: `there is no label '${wanted}'` }];
};
