import type { AlterTableCmd, CollateClause, ColumnDef, Constraint as ConstraintNode, Node } from '@pgsql/types';
import type { Column } from '../../catalog/catalog.ts';
import { all, as, nameOfParts, strings } from '../nodes.ts';
import { qualifiedName } from '../qualified-name.ts';
import { formatType, isSerial, type TypeRef, typeRef } from '../type-name.ts';
import { storedName } from './object-names.ts';
import type { Simulation } from './simulation.ts';
import { firstLocation } from './source-text.ts';

const serialTypes: Readonly<Record<string, string>> = {
  serial: 'integer',
  serial4: 'integer',
  bigserial: 'bigint',
  serial8: 'bigint',
  smallserial: 'smallint',
  serial2: 'smallint',
};

/** A type as a catalog says it: user-defined types with their schema. */
export function shownType(simulation: Simulation, type: TypeRef): string {
  if (type.schema !== null) return formatType(type);
  const schema = simulation.searchPath.find(
    (candidate) => simulation.lookup.type({ schema: candidate, name: type.name }) !== undefined,
  );
  return formatType(schema === undefined ? type : { ...type, schema });
}

/** A collation as a catalog says it, with its schema; null where none is written. */
export function shownCollation(simulation: Simulation, clause: CollateClause | undefined): string | null {
  if (clause === undefined) return null;
  const { schema, name } = nameOfParts(strings(clause.collname));
  const own = (simulation.catalog.otherObjects ?? []).filter(
    (other) => other.kind === 'collation' && other.name === name,
  );
  const found = simulation.searchPath.find((candidate) => own.some((other) => other.schema === candidate));
  return qualifiedName({ schema: schema ?? found ?? 'pg_catalog', name });
}

/** A column with the constraints that were written behind it. */
export type DefinedColumn = {
  readonly column: Column;
  readonly serial: boolean;
  readonly constraints: readonly { readonly node: ConstraintNode; readonly text: string }[];
};

const withoutKeyword = (text: string, keyword: RegExp): string => text.replace(keyword, '').trim();

/** A constraint with the `DEFERRABLE` and `INITIALLY DEFERRED` that the parser leaves behind it as nodes of their own. */
function withAttributes(node: ConstraintNode, following: readonly ConstraintNode[]): ConstraintNode {
  const end = following.findIndex(({ contype }) => contype?.startsWith('CONSTR_ATTR_') !== true);
  const attributes = following.slice(0, end < 0 ? following.length : end).map(({ contype }) => contype);
  const initdeferred = attributes.includes('CONSTR_ATTR_DEFERRED');
  const deferrable = initdeferred || attributes.includes('CONSTR_ATTR_DEFERRABLE');
  const isUnenforced = attributes.includes('CONSTR_ATTR_NOT_ENFORCED');
  return {
    ...node,
    ...(deferrable && { deferrable, initdeferred }),
    ...(isUnenforced && { is_enforced: false, skip_validation: true }),
  };
}

/** True for a default that PostgreSQL does not keep: NULL, unless a length or precision is cut to first. */
export function isNoDefault(expression: Node | undefined): boolean {
  const cast = as(expression, 'TypeCast');
  if (cast !== undefined) return (cast.typeName?.typmods ?? []).length === 0 && isNoDefault(cast.arg);
  return as(expression, 'A_Const')?.isnull === true;
}

/** The text of a new default, which follows the keyword; the tree gives only where it begins. */
export const defaultText = ({ source }: Simulation, { def }: AlterTableCmd): string | null =>
  def === undefined || isNoDefault(def) ? null : source.element(firstLocation(def));

/** Reads a column definition of `CREATE TABLE` or `ADD COLUMN`. */
export function defineColumn(simulation: Simulation, definition: ColumnDef): DefinedColumn {
  const nodes = all(definition.constraints, 'Constraint');
  const constraints = nodes.map((node, index) => ({
    node: withAttributes(node, nodes.slice(index + 1)),
    text: simulation.source.element(node.location, nodes[index + 1]?.location),
  }));
  const find = (type: ConstraintNode['contype']) => constraints.find(({ node }) => node.contype === type);
  const serial = isSerial(definition);
  const type = typeRef(definition.typeName);
  const identity = find('CONSTR_IDENTITY');
  const generated = find('CONSTR_GENERATED');
  const byDefault = find('CONSTR_DEFAULT');
  const defaultText = isNoDefault(byDefault?.node.raw_expr) ? undefined : byDefault?.text;
  const generatedText = generated?.text.replace(/^[^(]*\((.*)\)[^)]*$/s, '$1');
  const required = find('CONSTR_NOTNULL') !== undefined || find('CONSTR_PRIMARY') !== undefined;
  return {
    column: {
      name: storedName(definition.colname ?? ''),
      type: serial ? (serialTypes[type.name] ?? 'integer') : shownType(simulation, type),
      notNull: required || serial || identity !== undefined,
      default:
        generatedText ??
        (defaultText === undefined ? null : withoutKeyword(defaultText, /^(constraint\s+\S+\s+)?default/i)),
      identity: identity === undefined ? null : identity.node.generated_when === 'a' ? 'always' : 'by default',
      generated: generated === undefined ? null : generated.node.generated_kind === 'v' ? 'virtual' : 'stored',
      collation: shownCollation(simulation, definition.collClause),
      storage: null,
      compression: null,
      statisticsTarget: null,
      local: true,
      comment: null,
    },
    serial,
    constraints,
  };
}
