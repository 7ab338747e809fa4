import type { AlterTableCmd, Node } from '@pgsql/types';
import type { Catalog, Column, Table } from '../../catalog/catalog.ts';
import { catalogLookup, resolveName } from '../../sql/catalog-lookup.ts';
import { parseCheck } from '../../sql/expressions.ts';
import { all, as, columnsIn, findNodes, nameOf, strings } from '../../sql/nodes.ts';
import { qualifiedName } from '../../sql/qualified-name.ts';
import { quoteIdentifier } from '../../sql/quote-identifier.ts';
import { quoteLiteral } from '../../sql/quote-literal.ts';
import type { StatementDetail } from '../../sql/statement-report.ts';
import { type KnownType, knownType } from './known-type.ts';
import { satisfy } from './satisfy.ts';
import { valueText } from './value-text.ts';

/** A change of rows that the catalog may allow, and that a statement may not survive. */
export type Stress = {
  /** What it makes true, as in `public.users.email holds a null`. */
  readonly condition: string;
  readonly sql: string;
};

type Place = { readonly catalog: Catalog; readonly table: Table };

const columnPath = ({ table }: Place, column: string): string => `${qualifiedName(table)}.${quoteIdentifier(column)}`;
const listOf = (columns: readonly string[]): string => columns.map(quoteIdentifier).join(', ');

function update({ table }: Place, assignments: string, rows: number): string {
  const name = qualifiedName(table);
  return `update ${name} set ${assignments} where (tableoid, ctid) in (select tableoid, ctid from ${name} order by 1, 2 limit ${rows})`;
}

const setTo = (place: Place, column: string, value: string | null): string =>
  update(place, `${quoteIdentifier(column)} = ${value === null ? 'null' : quoteLiteral(value)}`, 1);

function nulls(place: Place, column: Column): readonly Stress[] {
  if (column.notNull) return [];
  return [{ condition: `${columnPath(place, column.name)} holds a null`, sql: setTo(place, column.name, null) }];
}

function duplicates(place: Place, columns: readonly string[]): readonly Stress[] {
  if (columns.length === 0) return [];
  const name = qualifiedName(place.table);
  const filled = columns.map((column) => `${quoteIdentifier(column)} is not null`).join(' and ');
  const source = `(select ${listOf(columns)} from ${name} where ${filled} limit 1)`;
  return [
    {
      condition: `two rows of ${name} hold the same (${listOf(columns)})`,
      sql: update(place, `(${listOf(columns)}) = ${source}`, 2),
    },
  ];
}

/** A number that no planned row has: as a key it leads to no parent. */
const NOWHERE = 7_654;

function orphans(place: Place, columns: readonly string[], parent: string): readonly Stress[] {
  const values = columns.map((name) => {
    const column = place.table.columns.find((one) => one.name === name);
    const type = column === undefined ? null : knownType(place.catalog, column.type);
    return type === null ? null : valueText(type, { number: NOWHERE, limits: {}, word: 'nowhere' });
  });
  if (values.includes(null)) return [];
  const assignments = columns.map((name, at) => `${quoteIdentifier(name)} = ${quoteLiteral(values[at] ?? '')}`);
  const what =
    columns.length === 1 ? columnPath(place, columns[0] ?? '') : `${qualifiedName(place.table)} (${listOf(columns)})`;
  return [
    { condition: `${what} holds a value that ${parent} does not have`, sql: update(place, assignments.join(', '), 1) },
  ];
}

const largest: Readonly<Record<string, string>> = { int2: '32767', int4: '2147483647', int8: '9223372036854775807' };

/** Values at the edges of a type, with what they are called. */
function edgesOf(type: KnownType): readonly (readonly [string, string])[] {
  switch (type.kind) {
    case 'enum':
      return type.labels.slice(0, 20).map((label) => [`the label ${quoteLiteral(label)}`, label] as const);
    case 'domain':
      return edgesOf(type.base);
    case 'array':
      return [['an empty array', '{}']];
    case 'range':
      return [['an empty range', type.multirange ? '{}' : 'empty']];
    case 'composite':
      return [];
    case 'scalar':
      break;
  }
  const [precision, scale = 0] = type.modifiers;
  switch (type.name) {
    case 'text':
    case 'varchar':
    case 'bpchar':
    case 'citext': {
      const width = Math.min(precision ?? 400, 400);
      return [
        ['a text that is not a number', 'no number'.slice(0, width)],
        ['an empty text', ''],
        [`a text of ${width} characters`, 'x'.repeat(width)],
        ['a text in upper case', 'UPPER'.slice(0, width)],
      ];
    }
    case 'int2':
    case 'int4':
    case 'int8':
      return [
        ['a negative number', '-1'],
        ['zero', '0'],
        ['the largest value of its type', largest[type.name] ?? '0'],
      ];
    case 'numeric': {
      const digits = precision === undefined ? '9'.repeat(30) : '9'.repeat(Math.max(precision - scale, 1));
      return [
        ['a negative number', '-1'],
        ['zero', '0'],
        ['a very large number', digits],
        ['not a number (NaN)', 'NaN'],
      ];
    }
    case 'float4':
    case 'float8':
      return [
        ['a negative number', '-1'],
        ['zero', '0'],
        ['a very large number', '1e30'],
        ['infinity', 'Infinity'],
      ];
    case 'date':
    case 'timestamp':
    case 'timestamptz':
      return [
        ['a date far in the past', '0101-01-01'],
        ['a date far in the future', '9876-05-04'],
        ['infinity', 'infinity'],
      ];
    case 'json':
    case 'jsonb':
      return [
        ['a JSON null', 'null'],
        ['a JSON array', '[]'],
        ['a JSON text', '"text"'],
      ];
    case 'bool':
      return [
        ['true', 'true'],
        ['false', 'false'],
      ];
    case 'interval':
      return [['a negative interval', '-1 day']];
    case 'bytea':
      return [['bytes that are not text', '\\xff00']];
    default:
      return [];
  }
}

function edges(place: Place, column: Column): readonly Stress[] {
  const type = knownType(place.catalog, column.type);
  return (type === null ? [] : edgesOf(type)).map(([what, value]) => ({
    condition: `${columnPath(place, column.name)} holds ${what}`,
    sql: setTo(place, column.name, value),
  }));
}

/** Rows for which a condition does not hold; a null satisfies every check, unless it asks for one. */
function violations(place: Place, condition: Node): readonly Stress[] {
  const found: Stress[] = [];
  for (const choice of [0, 1, 2, 3]) {
    for (const [name, limits] of satisfy(condition, false, choice)) {
      const column = place.table.columns.find((one) => one.name === name);
      const type = column === undefined ? null : knownType(place.catalog, column.type);
      if (column === undefined || type === null) continue;
      if (limits.isNull === true) found.push(...nulls(place, column));
      const value = valueText(type, { number: choice, limits, word: name });
      if (value === null) continue;
      found.push({ condition: `${columnPath(place, name)} is ${quoteLiteral(value)}`, sql: setTo(place, name, value) });
    }
  }
  const columns = place.table.columns.filter(({ name }) => columnsIn(condition).includes(name));
  return [...found, ...columns.flatMap((column) => [...edges(place, column), ...nulls(place, column)])];
}

/** An unvalidated constraint lets no new row break it: it is taken off while one is made. */
function behind(place: Place, name: string, definition: string, stresses: readonly Stress[]): readonly Stress[] {
  const table = qualifiedName(place.table);
  const notValid = /\bNOT VALID$/.test(definition) ? definition : `${definition} NOT VALID`;
  return stresses.map(({ condition, sql }) => ({
    condition,
    sql: `alter table ${table} drop constraint ${quoteIdentifier(name)}; ${sql}; alter table ${table} add constraint ${quoteIdentifier(name)} ${notValid}`,
  }));
}

function stressesOfConstraint(place: Place, command: AlterTableCmd): readonly Stress[] {
  const constraint = as(command.def, 'Constraint');
  if (constraint === undefined || constraint.skip_validation === true) return [];
  const keys = strings(constraint.keys);
  const columns = place.table.columns.filter(({ name }) => keys.includes(name));
  switch (constraint.contype) {
    case 'CONSTR_NOTNULL':
      return columns.flatMap((column) => nulls(place, column));
    case 'CONSTR_PRIMARY':
      return [...columns.flatMap((column) => nulls(place, column)), ...duplicates(place, keys)];
    case 'CONSTR_UNIQUE':
      return duplicates(place, keys);
    case 'CONSTR_CHECK':
      return constraint.raw_expr === undefined ? [] : violations(place, constraint.raw_expr);
    case 'CONSTR_EXCLUSION':
      return duplicates(
        place,
        columnsIn(constraint.exclusions).length > 0
          ? columnsIn(constraint.exclusions)
          : findNodes(constraint.exclusions, 'IndexElem').flatMap(({ name }) => name ?? []),
      );
    case 'CONSTR_FOREIGN':
      return orphans(place, strings(constraint.fk_attrs), constraint.pktable?.relname ?? 'the other table');
    default:
      return [];
  }
}

function stressesOfValidation(place: Place, name: string): readonly Stress[] {
  const constraint = place.table.constraints.find((one) => one.name === name);
  if (constraint === undefined || constraint.validated) return [];
  const condition = parseCheck(constraint.definition);
  const stresses =
    constraint.kind === 'foreign key' && constraint.references !== null
      ? orphans(place, constraint.columns, qualifiedName(constraint.references.table))
      : condition === null
        ? []
        : violations(place, condition);
  return behind(place, name, constraint.definition, stresses);
}

function stressesOfCommand(place: Place, command: AlterTableCmd): readonly Stress[] {
  const column = place.table.columns.find(({ name }) => name === command.name);
  switch (command.subtype) {
    case 'AT_SetNotNull':
      return column === undefined ? [] : nulls(place, column);
    case 'AT_AddConstraint':
      return stressesOfConstraint(place, command);
    case 'AT_ValidateConstraint':
      return stressesOfValidation(place, command.name ?? '');
    case 'AT_AlterColumnType': {
      const read = columnsIn(as(command.def, 'ColumnDef')?.raw_default);
      const columns = place.table.columns.filter(({ name }) => name === command.name || read.includes(name));
      return columns.flatMap((one) => [...edges(place, one), ...nulls(place, one)]);
    }
    case 'AT_AddColumn':
    case 'AT_SetExpression': {
      const read = columnsIn(command.def);
      const columns = place.table.columns.filter(({ name }) => read.includes(name));
      return columns.flatMap((one) => [...edges(place, one), ...nulls(place, one)]);
    }
    case 'AT_AttachPartition': {
      const partition = as(command.def, 'PartitionCmd');
      const path = place.catalog.server.searchPath;
      const lookup = catalogLookup(place.catalog);
      const named = resolveName(nameOf(partition?.name), path, (name) => lookup.table(name) !== undefined);
      const table = lookup.table(named);
      const key = place.table.partitionKey ?? '';
      const inside = { catalog: place.catalog, table: table ?? place.table };
      return (table?.columns ?? [])
        .filter(({ name }) => key.includes(name))
        .flatMap((one) => [...edges(inside, one), ...nulls(inside, one)]);
    }
    default:
      return [];
  }
}

function stressesOfIndex(place: Place, node: Node): readonly Stress[] {
  const index = as(node, 'IndexStmt');
  const elements = all(index?.indexParams, 'IndexElem');
  const read = [...new Set(elements.flatMap(({ name, expr }) => (name === undefined ? columnsIn(expr) : [name])))];
  const columns = place.table.columns.filter(({ name }) => read.includes(name));
  const computed = elements.some(({ expr }) => expr !== undefined) || index?.whereClause !== undefined;
  return [
    ...(index?.unique === true
      ? duplicates(
          place,
          columns.map(({ name }) => name),
        )
      : []),
    ...(computed ? columns.flatMap((column) => edges(place, column)) : []),
  ];
}

/** Columns of a domain's type, in every table that has rows. */
function stressesOfDomain(catalog: Catalog, node: Node): readonly Stress[] {
  const alter = as(node, 'AlterDomainStmt');
  const name = strings(alter?.typeName).at(-1);
  const condition = as(alter?.def, 'Constraint')?.raw_expr;
  if (alter === undefined || (alter.subtype !== 'O' && condition === undefined)) return [];
  return catalog.tables.flatMap((table) =>
    table.columns.flatMap((column) => {
      const type = knownType(catalog, column.type);
      if (type?.kind !== 'domain' || type.domain.name !== name) return [];
      const place = { catalog, table };
      const breaking = condition === undefined ? [] : [satisfy(condition, false, 0).get('') ?? {}];
      const values = breaking.flatMap((limits) => valueText(type.base, { number: 0, limits, word: column.name }) ?? []);
      const set = values.map((value) => ({
        condition: `${columnPath(place, column.name)} is ${quoteLiteral(value)}`,
        sql: setTo(place, column.name, value),
      }));
      return [...set, ...(alter.subtype === 'O' ? nulls(place, column) : edges(place, column))];
    }),
  );
}

/** Statements that read rows and write others: what they read may not be what they expect. */
function readsRows(node: Node): boolean {
  return (
    'UpdateStmt' in node ||
    'CreateTableAsStmt' in node ||
    'MergeStmt' in node ||
    (as(node, 'InsertStmt')?.selectStmt !== undefined && findNodes(node, 'RangeVar').length > 0)
  );
}

/** The changes of rows under which a statement should be tried, the likeliest to fail first. */
export function stressesOf({ statement, before, report }: StatementDetail): readonly Stress[] {
  const { node } = statement;
  const lookup = catalogLookup(before);
  if ('AlterDomainStmt' in node) return stressesOfDomain(before, node);
  const places = report.objects.flatMap((name) => {
    const table = lookup.table(name);
    return table === undefined || table.kind === 'foreign table' ? [] : [{ catalog: before, table }];
  });
  const [first] = places;
  if (first === undefined) return [];
  const alter = as(node, 'AlterTableStmt');
  if (alter !== undefined)
    return all(alter.cmds, 'AlterTableCmd').flatMap((command) => stressesOfCommand(first, command));
  if ('IndexStmt' in node) return stressesOfIndex(first, node);
  if (!readsRows(node)) return [];
  const read = new Set(columnsIn(node));
  return places.flatMap((place) =>
    place.table.columns
      .filter(({ name, generated }) => read.has(name) && generated === null)
      .flatMap((column) => [...nulls(place, column), ...edges(place, column)]),
  );
}
