import type { CreateTrigStmt } from '@pgsql/types';
import { as, columnsIn, findNodes, nameOf, nameOfParts, strings } from '../../sql/nodes.ts';
import { quoteIdentifier } from '../../sql/quote-identifier.ts';
import type { CheckContext } from '../rule.ts';
import { shown } from '../wording.ts';
import type { Refusal } from './refusal.ts';

type Reason = Omit<Refusal, 'range'>;

/** Functions of triggers that come with the server. */
const builtinTriggerFunctions = new Set([
  'suppress_redundant_updates_trigger',
  'tsvector_update_trigger',
  'tsvector_update_trigger_column',
]);

// Bits of `timing` and `events`, as catalog/pg_trigger.h has them.
const before = 2;
const insert = 4;
const remove = 8;
const truncate = 32;
const insteadOf = 64;

const ofFunction = (context: CheckContext, trigger: CreateTrigStmt): readonly Refusal[] => {
  const written = nameOfParts(strings(trigger.funcname));
  const { database } = context;
  if (written.schema === 'pg_catalog' || builtinTriggerFunctions.has(written.name)) return [];
  const range = context.source.identifier(written.name) ?? context.source.range;
  const routines = database.routines(written);
  // Functions of extensions are not listed one by one.
  const maybeOfExtension = database.catalog.extensions.some(
    ({ name, schema }) => name !== 'plpgsql' && (written.schema === null || written.schema === schema),
  );
  if (routines.length === 0 && maybeOfExtension) return [];
  // A trigger passes its arguments in TG_ARGV: the function itself has none.
  const called = routines.find(({ kind, arguments: taken }) => kind === 'function' && taken === '');
  if (called === undefined)
    return [{ range, sqlstate: '42883', reason: `there is no function ${shown(written)} without arguments` }];
  return called.result === 'trigger'
    ? []
    : [{ range, sqlstate: '42P17', reason: `${shown(written)} does not return trigger` }];
};

const ofKind = (context: CheckContext, trigger: CreateTrigStmt): Reason | null => {
  const written = nameOf(trigger.relation);
  const [timing, events] = [trigger.timing ?? 0, trigger.events ?? 0];
  const isView = context.database.view(written) !== null;
  const isTable = context.database.table(written) !== null;
  const perRow = trigger.row === true;
  if (isTable && timing === insteadOf) return { sqlstate: '42809', reason: 'only a view can have INSTEAD OF triggers' };
  if (isView && timing !== insteadOf && perRow)
    return { sqlstate: '42809', reason: 'a view cannot have BEFORE or AFTER triggers for each row' };
  if (timing === insteadOf && !perRow) return { sqlstate: '0A000', reason: 'INSTEAD OF wants FOR EACH ROW' };
  if (perRow && (events & truncate) !== 0)
    return { sqlstate: '0A000', reason: 'TRUNCATE has no triggers for each row' };
  if ((trigger.transitionRels ?? []).length > 0 && (timing & (before | insteadOf)) !== 0)
    return { sqlstate: '42P17', reason: 'only an AFTER trigger can have transition tables' };
  return null;
};

const ofCondition = (trigger: CreateTrigStmt): Reason | null => {
  if (trigger.whenClause === undefined) return null;
  if (findNodes(trigger.whenClause, 'SubLink').length > 0)
    return { sqlstate: '0A000', reason: 'the WHEN of a trigger cannot hold a query' };
  const events = trigger.events ?? 0;
  const rows = findNodes(trigger.whenClause, 'ColumnRef').map(({ fields }) => strings(fields)[0]?.toLowerCase());
  if (trigger.row !== true)
    return rows.length === 0 ? null : { sqlstate: '42P17', reason: 'a trigger for each statement has no OLD and NEW' };
  if (rows.includes('old') && (events & insert) !== 0) return { sqlstate: '42P17', reason: 'an INSERT has no OLD' };
  return rows.includes('new') && (events & remove) !== 0 ? { sqlstate: '42P17', reason: 'a DELETE has no NEW' } : null;
};

const ofColumns = (context: CheckContext, trigger: CreateTrigStmt): Reason | null => {
  const table = context.database.table(nameOf(trigger.relation));
  if (table === null || context.created.has('table from a query', table)) return null;
  const read = [...strings(trigger.columns), ...columnsIn(trigger.whenClause)];
  const missing = read.find(
    (name) => context.database.column(table, name) === null && !/^(?:old|new|tableoid|ctid)$/i.test(name),
  );
  return missing === undefined ? null : { sqlstate: '42703', reason: `there is no column ${quoteIdentifier(missing)}` };
};

/** What the server has against a new trigger, whatever the rows are. */
export const refusedTrigger = (context: CheckContext): readonly Refusal[] => {
  const trigger = as(context.statement.node, 'CreateTrigStmt');
  if (trigger === undefined || !context.hasCatalog) return [];
  const reasons = [ofKind(context, trigger), ofCondition(trigger), ofColumns(context, trigger)];
  const range = context.source.head(2);
  return [
    ...ofFunction(context, trigger),
    ...reasons.flatMap((reason) => (reason === null ? [] : [{ range, ...reason }])),
  ];
};
