import { as, columnsIn, findNodes, nameOf } from '../../sql/nodes.ts';
import { quoteIdentifier } from '../../sql/quote-identifier.ts';
import { columnTypesOf } from '../mutable-part.ts';
import type { CheckContext } from '../rule.ts';
import type { Refusal } from './refusal.ts';
import { refusedCondition } from './refused-condition.ts';

/** What the server has against a new or changed policy, whatever the rows are. */
export const refusedPolicy = (context: CheckContext): readonly Refusal[] => {
  const create = as(context.statement.node, 'CreatePolicyStmt');
  const policy = create ?? as(context.statement.node, 'AlterPolicyStmt');
  const table = context.database.table(nameOf(policy?.table));
  if (policy === undefined || table === null) return [];
  const name = policy.policy_name ?? '';
  const known = table.policies.find((one) => one.name === name);
  const range = context.source.identifier(name) ?? context.source.range;
  if (create === undefined && known === undefined)
    return [{ range, sqlstate: '42704', reason: `there is no policy ${quoteIdentifier(name)}` }];
  const command = create?.cmd_name ?? known?.command ?? 'all';
  if (policy.with_check !== undefined && (command === 'select' || command === 'delete'))
    return [{ range, sqlstate: '42601', reason: `a policy for ${command.toUpperCase()} has no WITH CHECK` }];
  if (policy.qual !== undefined && command === 'insert')
    return [{ range, sqlstate: '42601', reason: 'a policy for INSERT has WITH CHECK alone' }];
  // In a query within the condition a column may be one of another table.
  const conditions = [policy.qual, policy.with_check].filter((one) => findNodes(one, 'SubLink').length === 0);
  const missing = conditions
    .flatMap((condition) => columnsIn(condition))
    .find((column) => context.database.column(table, column) === null);
  if (context.created.has('table from a query', table)) return [];
  if (missing !== undefined)
    return [{ range, sqlstate: '42703', reason: `there is no column ${quoteIdentifier(missing)}` }];
  const types = columnTypesOf(context.database, table.columns);
  const refused = conditions.map((condition) => refusedCondition(condition, types)).find((one) => one !== null);
  return refused == null ? [] : [{ ...refused, range }];
};
