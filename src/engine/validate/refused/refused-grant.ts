import { all, as, nameOf, strings } from '../../sql/nodes.ts';
import type { CheckContext } from '../rule.ts';
import { columnList, shown } from '../wording.ts';
import type { Refusal } from './refusal.ts';

type Reason = Omit<Refusal, 'range'>;

const ofTables = new Set(['select', 'insert', 'update', 'delete', 'truncate', 'references', 'trigger', 'maintain']);
const ofSchemas = new Set(['usage', 'create']);

const unknown = (privilege: string, what: string): Reason => ({
  sqlstate: '0LP01',
  reason: `there is no privilege ${privilege.toUpperCase()} on a ${what}`,
});

/** A GRANT or REVOKE of what the objects it names do not have, columns and kinds of privileges, or of tables that are not there. */
export const refusedGrant = (context: CheckContext): readonly Refusal[] => {
  const grant = as(context.statement.node, 'GrantStmt');
  if (grant?.targtype !== 'ACL_TARGET_OBJECT') return [];
  const privileges = all(grant.privileges, 'AccessPriv');
  const range = context.source.range;
  const strange = (known: ReadonlySet<string>) =>
    privileges.find(({ priv_name }) => priv_name !== undefined && !known.has(priv_name))?.priv_name;
  if (grant.objtype === 'OBJECT_SCHEMA') {
    const wrong = strange(ofSchemas);
    return wrong === undefined ? [] : [{ ...unknown(wrong, 'schema'), range }];
  }
  if (grant.objtype !== 'OBJECT_TABLE') return [];
  for (const relation of all(grant.objects, 'RangeVar')) {
    const written = nameOf(relation);
    const table = context.database.table(written);
    const columns = (table ?? context.database.view(written))?.columns;
    if (context.isUncertain(context.database.resolve(written))) continue;
    if (columns === undefined && context.hasCatalog && context.database.relationKind(written) === null)
      return [{ range, sqlstate: '42P01', reason: `there is no ${shown(written)}` }];
    if (columns === undefined) continue;
    const wrong = strange(ofTables);
    if (wrong !== undefined) return [{ ...unknown(wrong, 'table'), range }];
    const named = privileges.flatMap(({ cols }) => strings(cols));
    const absent = named.filter((name) => !columns.some((column) => column.name === name));
    if (absent.length > 0 && !context.created.has('table from a query', context.database.resolve(written)))
      return [{ range, sqlstate: '42703', reason: `${shown(written)} has no column ${columnList(absent)}` }];
  }
  return [];
};
