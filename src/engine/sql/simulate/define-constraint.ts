import type { Constraint as ConstraintNode, Node } from '@pgsql/types';
import type { Catalog, Column, Constraint, Index, ObjectName, Table } from '../../catalog/catalog.ts';
import { catalogLookup } from '../catalog-lookup.ts';
import { mentionsColumn } from '../expressions.ts';
import { all, columnsIn, strings } from '../nodes.ts';
import { qualifiedName } from '../qualified-name.ts';
import { quoteIdentifier } from '../quote-identifier.ts';
import { editTable, withIndex } from './catalog-edit.ts';
import { withNotNullName } from './not-null-names.ts';
import { chooseName, storedName } from './object-names.ts';
import type { Simulation } from './simulation.ts';

const actions: Readonly<Record<string, NonNullable<Constraint['references']>['onDelete']>> = {
  a: 'no action',
  r: 'restrict',
  c: 'cascade',
  n: 'set null',
  d: 'set default',
};

const list = (columns: readonly string[]): string => columns.map(quoteIdentifier).join(', ');

/** True when a relation or a constraint of the table has the name: both stand in the way of an index of that name. */
function isTaken(catalog: Catalog, table: Table, name: string): boolean {
  return (
    catalogLookup(catalog).relationKind({ schema: table.schema, name }) !== undefined ||
    table.constraints.some((constraint) => constraint.name === name)
  );
}

type Shape = Pick<Constraint, 'kind' | 'columns' | 'definition' | 'references'> & { readonly label: string };

function referencedColumns(simulation: Simulation, referenced: ObjectName, node: ConstraintNode): readonly string[] {
  const named = strings(node.pk_attrs);
  if (named.length > 0) return named;
  const key = simulation.lookup.table(referenced)?.constraints.find((constraint) => constraint.kind === 'primary key');
  return key?.columns ?? [];
}

/** The columns of a table that a check's condition mentions. */
function checkedColumns(table: Table, condition: Node | undefined): readonly string[] {
  const mentioned = new Set(columnsIn(condition));
  return table.columns.map((column) => column.name).filter((name) => mentioned.has(name));
}

function shapeOf(
  simulation: Simulation,
  table: Table,
  node: ConstraintNode,
  text: string,
  ofColumn: string | null,
): Shape | null {
  const columns = ofColumn === null ? strings(node.keys) : [ofColumn];
  const definition = text.replace(/^constraint\s+("(?:[^"]|"")*"|\S+)\s+/i, '');
  switch (node.contype) {
    case 'CONSTR_PRIMARY':
      return {
        kind: 'primary key',
        columns,
        definition: `PRIMARY KEY (${list(columns)})`,
        references: null,
        label: 'pkey',
      };
    case 'CONSTR_UNIQUE':
      return { kind: 'unique', columns, definition: `UNIQUE (${list(columns)})`, references: null, label: 'key' };
    case 'CONSTR_EXCLUSION':
      return { kind: 'exclusion', columns: excludedColumns(node), definition, references: null, label: 'excl' };
    case 'CONSTR_CHECK':
      return {
        kind: 'check',
        columns: checkedColumns(table, node.raw_expr),
        definition,
        references: null,
        label: 'check',
      };
    case 'CONSTR_NOTNULL':
      return {
        kind: 'not null',
        columns,
        definition: `NOT NULL ${list(columns)}`,
        references: null,
        label: 'not_null',
      };
    case 'CONSTR_FOREIGN': {
      const own = ofColumn === null ? strings(node.fk_attrs) : [ofColumn];
      const referenced = simulation.relation(node.pktable);
      const target = referencedColumns(simulation, referenced, node);
      return {
        kind: 'foreign key',
        columns: own,
        definition: `FOREIGN KEY (${list(own)}) REFERENCES ${qualifiedName(referenced)}(${list(target)})`,
        references: {
          table: referenced,
          columns: target,
          onUpdate: actions[node.fk_upd_action ?? 'a'] ?? 'no action',
          onDelete: actions[node.fk_del_action ?? 'a'] ?? 'no action',
          match: node.fk_matchtype === 'f' ? 'full' : 'simple',
        },
        label: 'fkey',
      };
    }
    default:
      return null;
  }
}

/** The columns in the name that PostgreSQL chooses: a primary key has none, a check one or none. */
function columnsInName(shape: Shape): readonly string[] {
  if (shape.kind === 'primary key') return [];
  return shape.kind === 'check' && shape.columns.length !== 1 ? [] : shape.columns;
}

/** The plain columns of an `EXCLUDE` list. */
const excludedColumns = (node: ConstraintNode): readonly string[] =>
  all(
    all(node.exclusions, 'List').flatMap((pair) => pair.items?.slice(0, 1) ?? []),
    'IndexElem',
  ).flatMap((element) => element.name ?? []);

function backingIndex(table: Table, name: string, shape: Shape, node: ConstraintNode): Index {
  const unique = shape.kind !== 'exclusion';
  const keys = shape.columns.map((column) => ({ column, expression: null, descending: false, nullsFirst: false }));
  const method = node.access_method ?? 'btree';
  return {
    name,
    method,
    unique,
    nullsNotDistinct: node.nulls_not_distinct === true,
    valid: true,
    keys,
    include: strings(node.including),
    predicate: null,
    definition: `CREATE ${unique ? 'UNIQUE ' : ''}INDEX ${quoteIdentifier(name)} ON ${qualifiedName(table)} USING ${method} (${list(shape.columns)})`,
    constraint: name,
    parent: null,
    replicaIdentity: false,
    clustered: false,
    comment: null,
  };
}

function adoptIndex(table: Table, index: string, name: string): Table {
  return {
    ...table,
    indexes: table.indexes.map((own) => (own.name === index ? { ...own, name, constraint: name } : own)),
  };
}

/** A column that became `NOT NULL`, under the name that people gave to that. */
function required(table: Table, column: Column, version: number, { contype, conname }: ConstraintNode): Column {
  if (column.notNull) return column;
  const isNamed = version >= 180_000 && contype === 'CONSTR_NOTNULL' && conname !== undefined;
  return isNamed ? withNotNullName(table, { ...column, notNull: true }, conname) : { ...column, notNull: true };
}

/** Keys and foreign keys say so themselves, except the foreign keys of a partitioned table. */
const isUninherited = ({ kind }: Table, constraint: Constraint['kind']): boolean =>
  constraint === 'foreign key'
    ? kind !== 'partitioned table'
    : constraint === 'primary key' || constraint === 'unique' || constraint === 'exclusion';

/** A catalog in which a table has one more constraint, with the index behind it; `ofColumn` for a column's own. */
export function addConstraint(
  simulation: Simulation,
  tableName: ObjectName,
  node: ConstraintNode,
  text: string,
  ofColumn: string | null = null,
): Catalog {
  const { catalog } = simulation;
  const table = simulation.lookup.table(tableName);
  if (table === undefined) return catalog;
  let shape = shapeOf(simulation, table, node, text, ofColumn);
  if (shape === null) return catalog;
  const adopted = table.indexes.find((index) => index.name === node.indexname);
  if (adopted !== undefined) {
    shape = { ...shape, columns: adopted.keys.flatMap((key) => (key.column === null ? [] : [key.column])) };
  }
  const chosen = (label: string, columns: readonly string[]) =>
    chooseName(table.name, columns, label, (name) => isTaken(catalog, table, name));
  const name = storedName(node.conname ?? adopted?.name ?? chosen(shape.label, columnsInName(shape)));
  const { label: _label, ...rest } = shape;
  const validated = node.skip_validation !== true;
  const columns = new Set(shape.columns);
  const requires = shape.kind === 'primary key' || shape.kind === 'not null';
  const isOrdinary = node.conname === undefined && validated && node.is_no_inherit !== true;
  const listed = shape.kind !== 'not null' || !isOrdinary;
  const constraint: Constraint = {
    ...rest,
    name,
    validated,
    deferrable: node.deferrable === true,
    initiallyDeferred: node.initdeferred === true,
    noInherit: node.is_no_inherit === true || isUninherited(table, shape.kind),
    local: true,
    comment: null,
  };
  const isKey = shape.kind === 'primary key' || shape.kind === 'unique' || shape.kind === 'exclusion';
  const shapeNow = shape;
  return editTable(catalog, tableName, (before) => {
    let after: Table = listed ? { ...before, constraints: [...before.constraints, constraint] } : before;
    if (requires) {
      after = {
        ...after,
        columns: after.columns.map((column) =>
          columns.has(column.name) ? required(after, column, simulation.version, node) : column,
        ),
      };
    }
    if (adopted !== undefined) return adoptIndex(after, adopted.name, name);
    return isKey ? withIndex(after, backingIndex(after, name, shapeNow, node)) : after;
  });
}

/** True when a constraint goes when a column goes. */
export const dependsOnColumn = (constraint: Constraint, column: string): boolean =>
  constraint.columns.includes(column) ||
  ((constraint.kind === 'check' || constraint.kind === 'exclusion') && mentionsColumn(constraint.definition, column));
