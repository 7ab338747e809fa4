import type { InsertStmt, Node } from '@pgsql/types';
import type { Column, Table, Trigger } from '../../catalog/catalog.ts';
import { isNullConstant } from '../../sql/expressions.ts';
import { all, as, nameOf } from '../../sql/nodes.ts';
import { quoteIdentifier } from '../../sql/quote-identifier.ts';
import { parseType } from '../../sql/type-name.ts';
import { brokenCheck } from '../broken-check.ts';
import type { CheckContext } from '../rule.ts';
import { columnList } from '../wording.ts';
import type { Refusal } from './refusal.ts';
import { overflow, refusedValue } from './refused-value.ts';

const none: readonly Refusal[] = [];

const isLeftOut = (value: Node | undefined): boolean => as(value, 'SetToDefault') !== undefined;

/** What a row of VALUES cannot have in a column of the table, or why it cannot leave the column out. */
const ofValue = (context: CheckContext, column: Column, value: Node | undefined, insert: InsertStmt): string | null => {
  const name = quoteIdentifier(column.name);
  if (value !== undefined && !isLeftOut(value)) {
    if (column.generated !== null) return `428C9 ${name} is generated`;
    if (column.identity === 'always' && insert.override !== 'OVERRIDING_SYSTEM_VALUE')
      return insert.override === 'OVERRIDING_USER_VALUE' ? null : `428C9 ${name} is GENERATED ALWAYS AS IDENTITY`;
    if (column.notNull && isNullConstant(value)) return `23502 ${name} must not be NULL`;
    const type = parseType(column.type);
    const refused = type === null ? null : refusedValue(value, type, context.database);
    const wrong = refused ?? (type === null ? null : overflow(value, type));
    return wrong === null ? null : `${wrong.sqlstate} ${wrong.reason}`;
  }
  const domain = parseType(column.type);
  const filled =
    column.default !== null ||
    column.identity !== null ||
    column.generated !== null ||
    (domain !== null && context.database.type(domain)?.kind === 'domain');
  return column.notNull && !filled ? `23502 ${name} must not be NULL and has no default` : null;
};

/** True for a trigger that sees a new row before it is checked. */
const fillsRows = ({ definition, enabled }: Trigger): boolean =>
  enabled !== 'disabled' && /\bBEFORE\b[^()]*\bINSERT\b/i.test(definition);

const inRows = (context: CheckContext): readonly Refusal[] => {
  const insert = as(context.statement.node, 'InsertStmt');
  const rows = all(as(insert?.selectStmt, 'SelectStmt')?.valuesLists, 'List');
  const table = context.database.table(nameOf(insert?.relation));
  // A view or a rule may stand in between.
  if (insert === undefined || rows.length === 0 || table === null || table.kind !== 'table') return none;
  if (context.created.has('table from a query', table)) return none;
  const named = all(insert.cols, 'ResTarget').map(({ name }) => name ?? '');
  const targets = named.length > 0 ? named : table.columns.map(({ name }) => name);
  const range = context.source.head(2);
  for (const { items = [] } of rows) {
    if (items.length > targets.length || (named.length > 0 && items.length < targets.length)) {
      const reason = `${items.length} values for ${targets.length} columns`;
      return [{ range, sqlstate: '42601', reason }];
    }
    for (const column of table.columns) {
      const at = targets.indexOf(column.name);
      const wrong = ofValue(context, column, at < 0 ? undefined : items[at], insert);
      // A trigger may fill what the row does not say.
      if (wrong !== null && !(wrong.startsWith('23502') && table.triggers.some(fillsRows)))
        return [{ range, sqlstate: wrong.slice(0, 5), reason: wrong.slice(6) }];
    }
    const broken = table.triggers.some(fillsRows)
      ? null
      : brokenCheck(table, (name) => {
          const at = targets.indexOf(name);
          return at < 0 ? undefined : items[at];
        });
    if (broken !== null)
      return [{ range, sqlstate: '23514', reason: `a row breaks the check ${quoteIdentifier(broken)}` }];
  }
  const twice = givenTwice(
    table,
    targets,
    rows.map(({ items = [] }) => items),
  );
  const action = insert.onConflictClause?.action;
  if (twice === null || action === 'ONCONFLICT_NOTHING') return none;
  return action === 'ONCONFLICT_UPDATE'
    ? [{ range, sqlstate: '21000', reason: `two rows of ${twice} are the same, and one row cannot be changed twice` }]
    : [{ range, sqlstate: '23505', reason: `two rows of ${twice} are the same` }];
};

/** The unique columns in which two rows of constants are the same, in words; null when none are known to be. */
function givenTwice(table: Table, targets: readonly string[], rows: readonly (readonly Node[])[]): string | null {
  for (const { unique, valid, predicate, keys } of table.indexes) {
    const columns = keys.flatMap(({ column }) => column ?? []);
    if (!unique || !valid || predicate !== null || columns.length < keys.length) continue;
    const seen = new Set<string>();
    for (const items of rows) {
      const values = columns.map((column) => as(items[targets.indexOf(column)], 'A_Const'));
      if (values.some((value) => value === undefined || value.isnull === true)) continue;
      const key = JSON.stringify(values.map((value) => ({ ...value, location: 0 })));
      if (seen.has(key)) return columnList(columns);
      seen.add(key);
    }
  }
  return null;
}

/** An ON CONFLICT that names what no unique index or constraint is for. */
const inConflict = (context: CheckContext): readonly Refusal[] => {
  const insert = as(context.statement.node, 'InsertStmt');
  const infer = insert?.onConflictClause?.infer;
  const table = context.database.table(nameOf(insert?.relation));
  if (infer === undefined || table === null || context.isUncertain(table)) return none;
  const range = context.source.words('ON CONFLICT') ?? context.source.head(2);
  if (infer.conname !== undefined)
    return context.database.constraint(table, infer.conname) !== null
      ? none
      : [{ range, sqlstate: '42704', reason: `there is no constraint ${quoteIdentifier(infer.conname)}` }];
  const elements = all(infer.indexElems, 'IndexElem');
  const wanted = elements.flatMap(({ name }) => name ?? []);
  if (wanted.length === 0 || wanted.length < elements.length) return none;
  const serves = table.indexes.some(
    ({ unique, predicate, keys }) =>
      unique &&
      (predicate === null || infer.whereClause !== undefined) &&
      keys.length === wanted.length &&
      keys.every(({ column }) => column !== null && wanted.includes(column)),
  );
  return serves ? none : [{ range, sqlstate: '42P10', reason: `nothing makes ${columnList(wanted)} unique` }];
};

/** What the server refuses of an `INSERT`: its rows for what they hold, its ON CONFLICT for what it names. */
export const refusedInsert = (context: CheckContext): readonly Refusal[] => [
  ...inRows(context),
  ...inConflict(context),
];
