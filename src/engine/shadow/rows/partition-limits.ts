import type { Node } from '@pgsql/types';
import type { Catalog, Table } from '../../catalog/catalog.ts';
import { catalogLookup } from '../../sql/catalog-lookup.ts';
import { all, as } from '../../sql/nodes.ts';
import { parseScript } from '../../sql/parser.ts';
import { bothLimits, compareConstants, type Limits } from './limits.ts';
import { constantText, type LimitsByColumn } from './satisfy.ts';

/** Columns of a partition key such as `RANGE (a, b)`; null stands for an expression. */
function keyColumns(partitionKey: string): readonly (string | null)[] {
  const script = parseScript(`create table t (a int) partition by ${partitionKey}`);
  const create = script.ok ? as(script.value.statements[0]?.node, 'CreateStmt') : undefined;
  return all(create?.partspec?.partParams, 'PartitionElem').map(({ name }) => name ?? null);
}

function boundOf(bound: string) {
  const script = parseScript(`create table t partition of p ${bound}`);
  return script.ok ? as(script.value.statements[0]?.node, 'CreateStmt')?.partbound : undefined;
}

/** The first datum of a range bound: its text, or null for MINVALUE and MAXVALUE. */
function firstDatum(datums: readonly Node[] | undefined): string | null {
  const datum = as(datums?.[0], 'PartitionRangeDatum');
  return datum === undefined ? constantText(datums?.[0]) : constantText(datum.value);
}

/** What lies outside of all sibling bounds, where the default partition takes it. */
function outside(siblings: readonly Table[]): Limits {
  const bounds = siblings.map(({ partitionOf }) => boundOf(partitionOf?.bound ?? ''));
  const listed = bounds.flatMap((bound) => (bound?.listdatums ?? []).map(constantText).filter((text) => text !== null));
  const highest = bounds
    .map((bound) => firstDatum(bound?.upperdatums))
    .filter((text) => text !== null)
    .sort(compareConstants)
    .at(-1);
  return {
    ...(listed.length === 0 ? {} : { noneOf: listed }),
    ...(highest === undefined ? {} : { lower: { text: highest, open: false } }),
  };
}

function limitsOfBound(table: Table, siblings: readonly Table[]): Limits {
  const bound = boundOf(table.partitionOf?.bound ?? '');
  if (bound === undefined) return {};
  if (bound.is_default === true) return outside(siblings.filter((sibling) => sibling !== table));
  if (bound.strategy === 'l') {
    const values = (bound.listdatums ?? []).map(constantText).filter((text) => text !== null);
    return values.length === 0 ? { isNull: true } : { oneOf: values, isNull: false };
  }
  if (bound.strategy !== 'r') return {};
  const lower = firstDatum(bound.lowerdatums);
  const upper = firstDatum(bound.upperdatums);
  // With several key columns only the first is certain to lie between its bounds, both included.
  const isOnly = (bound.upperdatums ?? []).length === 1;
  return {
    isNull: false,
    ...(lower === null ? {} : { lower: { text: lower, open: false } }),
    ...(upper === null ? {} : { upper: { text: upper, open: isOnly } }),
  };
}

/** What the key columns of a partition have to be so that it takes a row, its ancestors' bounds included. */
export function partitionLimits(catalog: Catalog, table: Table): LimitsByColumn {
  const lookup = catalogLookup(catalog);
  const found = new Map<string, Limits>();
  for (let at: Table | undefined = table; at?.partitionOf != null; ) {
    const parent: Table | undefined = lookup.table(at.partitionOf.parent);
    const [column] = keyColumns(parent?.partitionKey ?? '');
    if (parent !== undefined && column != null) {
      found.set(column, bothLimits(found.get(column) ?? {}, limitsOfBound(at, lookup.childrenOf(parent))));
    }
    at = parent;
  }
  return found;
}
