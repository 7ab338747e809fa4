import type { DefElem } from '@pgsql/types';
import { all, as, type NodeContent, nameOf } from '../../sql/nodes.ts';
import { quoteIdentifier } from '../../sql/quote-identifier.ts';
import { parseType } from '../../sql/type-name.ts';
import type { AlterAction, CheckContext } from '../rule.ts';
import type { Refusal } from './refusal.ts';

type Reason = Omit<Refusal, 'range'>;

const words = (list: string): ReadonlySet<string> => new Set(list.split(' '));

// reloptions of PostgreSQL 18.
const ofTables = words(
  'fillfactor parallel_workers toast_tuple_target user_catalog_table vacuum_index_cleanup vacuum_truncate vacuum_max_eager_freeze_failure_rate log_autovacuum_min_duration autovacuum_enabled autovacuum_vacuum_threshold autovacuum_vacuum_max_threshold autovacuum_vacuum_insert_threshold autovacuum_vacuum_scale_factor autovacuum_vacuum_insert_scale_factor autovacuum_analyze_threshold autovacuum_analyze_scale_factor autovacuum_vacuum_cost_delay autovacuum_vacuum_cost_limit autovacuum_freeze_min_age autovacuum_freeze_max_age autovacuum_freeze_table_age autovacuum_multixact_freeze_min_age autovacuum_multixact_freeze_max_age autovacuum_multixact_freeze_table_age',
);
const ofViews = words('security_barrier security_invoker check_option');
const ofIndexes: Readonly<Record<string, ReadonlySet<string>>> = {
  btree: words('fillfactor deduplicate_items'),
  hash: words('fillfactor'),
  gist: words('fillfactor buffering'),
  spgist: words('fillfactor'),
  gin: words('fastupdate gin_pending_list_limit'),
  brin: words('pages_per_range autosummarize'),
};

const ofOptions = (options: readonly DefElem[], known: ReadonlySet<string>): Reason | null => {
  for (const { defname = '', defnamespace, arg } of options) {
    if (defnamespace !== undefined && defnamespace !== 'toast') continue;
    if (!known.has(defname))
      return { sqlstate: '22023', reason: `there is no option ${quoteIdentifier(defname)} here` };
    const percent = defname === 'fillfactor' ? as(arg, 'Integer')?.ival : undefined;
    if (percent !== undefined && (percent < 10 || percent > 100))
      return { sqlstate: '22023', reason: `a fillfactor of ${percent} is not between 10 and 100` };
  }
  return null;
};

const ofPartitioned: Reason = { sqlstate: '42809', reason: 'a partitioned table has no storage options' };

/** Types whose values are of one size, and are neither moved out of their row nor compressed. */
const ofOneSize = words(
  'bool date float4 float8 int2 int4 int8 interval time timetz timestamp timestamptz uuid money oid',
);

const ofStorage = (context: CheckContext, { cmd }: AlterAction): Reason | null => {
  const column = context.database.column(context.alter()?.table ?? null, cmd.name ?? '');
  const type = column === null ? null : parseType(column.type);
  const wanted = as(cmd.def, 'String')?.sval?.toLowerCase() ?? '';
  if (column === null || type === null || type.array || type.schema !== null || !ofOneSize.has(type.name)) return null;
  if (cmd.subtype === 'AT_SetStorage' && !/^(?:plain|default)$/.test(wanted))
    return { sqlstate: '0A000', reason: `a column of type ${column.type} can only have the storage PLAIN` };
  return cmd.subtype === 'AT_SetCompression' && wanted !== 'default'
    ? { sqlstate: '0A000', reason: `values of type ${column.type} are never compressed` }
    : null;
};

const inAction = (context: CheckContext, action: AlterAction): Reason | null => {
  const options = all(as(action.cmd.def, 'List')?.items, 'DefElem');
  switch (action.cmd.subtype) {
    case 'AT_SetStorage':
    case 'AT_SetCompression':
      return ofStorage(context, action);
    case 'AT_SetRelOptions': {
      const kind = context.alter()?.table?.kind;
      if (kind === 'partitioned table') return ofPartitioned;
      return kind === 'table' ? ofOptions(options, ofTables) : null;
    }
    default:
      return null;
  }
};

const inAlter = (context: CheckContext): readonly Refusal[] =>
  (context.alter()?.actions ?? []).flatMap((action) => {
    const reason = inAction(context, action);
    return reason === null ? [] : [{ ...reason, range: action.range }];
  });

const inAlterOther = (context: CheckContext, alter: NodeContent<'AlterTableStmt'>): Reason | null => {
  const known =
    alter.objtype === 'OBJECT_VIEW'
      ? ofViews
      : alter.objtype === 'OBJECT_INDEX'
        ? ofIndexes[context.database.index(nameOf(alter.relation))?.index.method ?? '']
        : undefined;
  if (known === undefined) return null;
  const reasons = all(alter.cmds, 'AlterTableCmd').map(({ subtype, def }) =>
    subtype === 'AT_SetRelOptions' ? ofOptions(all(as(def, 'List')?.items, 'DefElem'), known) : null,
  );
  return reasons.find((reason) => reason !== null) ?? null;
};

const inIndex = (context: CheckContext, index: NodeContent<'IndexStmt'>): Reason | null => {
  const known = ofIndexes[index.accessMethod ?? 'btree'];
  const isTaken =
    index.if_not_exists === true &&
    context.database.index({
      schema: context.database.resolve(nameOf(index.relation)).schema,
      name: index.idxname ?? '',
    }) !== null;
  return known === undefined || isTaken ? null : ofOptions(all(index.options, 'DefElem'), known);
};

/** `WITH (oids = false)` is what dumps of old versions say. */
const withoutOids = (options: readonly DefElem[]): readonly DefElem[] =>
  options.filter(({ defname }) => defname !== 'oids');

const inCreate = (create: NodeContent<'CreateStmt'>): Reason | null => {
  const options = all(create.options, 'DefElem');
  if (create.partspec !== undefined) return options.length > 0 ? ofPartitioned : null;
  return create.accessMethod === undefined ? ofOptions(withoutOids(options), ofTables) : null;
};

/** Storage options, and the storage of columns, that the server does not have for what they are given to. */
export const refusedOptions = (context: CheckContext): readonly Refusal[] => {
  const { node } = context.statement;
  const [alter, index, create, view] = [
    as(node, 'AlterTableStmt'),
    as(node, 'IndexStmt'),
    as(node, 'CreateStmt'),
    as(node, 'ViewStmt'),
  ];
  if (alter !== undefined) {
    const reason = inAlterOther(context, alter);
    return reason === null ? inAlter(context) : [{ ...reason, range: context.source.range }];
  }
  const taken = create?.if_not_exists === true && context.database.relationKind(nameOf(create.relation)) !== null;
  const reason =
    (index === undefined ? null : inIndex(context, index)) ??
    (create === undefined || taken ? null : inCreate(create)) ??
    (view === undefined ? null : ofOptions(all(view.options, 'DefElem'), ofViews));
  return reason === null ? [] : [{ ...reason, range: context.source.head(2) }];
};
