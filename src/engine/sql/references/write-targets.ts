import type { Node } from '@pgsql/types';
import type { Table } from '../../catalog/catalog.ts';
import { all, as } from '../nodes.ts';
import { inWords } from './in-words.ts';
import type { Scope, ScopeRelation, TypedColumn } from './scope.ts';
import type { Expressions, Surroundings } from './surroundings.ts';

/** A column that is written, as the parse tree has it. */
type WrittenColumn = {
  readonly name?: string | undefined;
  readonly location?: number | undefined;
  readonly indirection?: readonly Node[] | undefined;
};

/** Reads the columns that statements write. */
type WriteTargets = {
  readonly tableOf: (relation: ScopeRelation) => Table | undefined;
  /** Tells why a column takes no value but its default. */
  readonly onlyDefault: (
    relation: ScopeRelation,
    name: string,
    override: string | undefined,
    location: number | undefined,
  ) => void;
  /** Visits a column that is written, and gives the type that its value must have. */
  readonly target: (node: WrittenColumn, relation: ScopeRelation, scope: Scope) => string | null;
  /** Visits what UPDATE, MERGE and ON CONFLICT set. */
  readonly assigned: (targets: readonly Node[] | undefined, relation: ScopeRelation, scope: Scope) => void;
};

/** True for the keyword DEFAULT in place of a value. */
export const isDefault = (value: Node | undefined): boolean => as(value, 'SetToDefault') !== undefined;

/** Opens the reading of columns that are written. */
export function createWriteTargets(
  { lookup, types, use, fault, query }: Surroundings,
  { typeOf, inside, assign }: Expressions,
): WriteTargets {
  const columnOf = (relation: ScopeRelation, name: string) => relation.columns?.find((column) => column.own === name);
  const tableOf = (relation: ScopeRelation): Table | undefined =>
    relation.table === null ? undefined : lookup.table(relation.table);

  /** Tells why a column takes no value but its default. */
  const onlyDefault = (
    relation: ScopeRelation,
    name: string,
    override: string | undefined,
    location: number | undefined,
  ): void => {
    const column = tableOf(relation)?.columns.find((one) => one.name === name);
    const isAlways =
      column?.identity === 'always' && override !== 'OVERRIDING_SYSTEM_VALUE' && override !== 'OVERRIDING_USER_VALUE';
    if (column === undefined || (column.generated === null && !isAlways)) return;
    const reason = column.generated === null ? 'is GENERATED ALWAYS AS IDENTITY' : 'is generated';
    fault({
      kind: 'target',
      sqlstate: '428C9',
      reason: `column ${inWords(name)} ${reason} and takes only DEFAULT`,
      name,
      relation: relation.table,
      location,
    });
  };

  /** Visits a column that is written, and gives the type that its value must have. */
  const target: WriteTargets['target'] = (node, relation, scope) => {
    const name = node.name ?? '';
    use(relation.table, name, node.location);
    inside(node.indirection, scope);
    const column = columnOf(relation, name);
    if (column === undefined && relation.columns !== null)
      fault({
        kind: 'column',
        sqlstate: '42703',
        reason: `column ${inWords(name)} of ${inWords(relation.table?.name ?? relation.alias)} does not exist`,
        name,
        relation: relation.table,
        location: node.location,
      });
    let type = column?.type ?? null;
    for (const step of node.indirection ?? []) {
      const field = as(step, 'String')?.sval;
      const fields = types.fields(type);
      const known = fields?.find((one) => one.name === field);
      if (field !== undefined && fields !== null && known === undefined)
        fault({
          kind: 'column',
          sqlstate: '42703',
          reason: `column ${inWords(field)} is not in ${type}`,
          name: field,
          location: node.location,
        });
      type = known?.type ?? null;
    }
    return type;
  };

  /** Visits what UPDATE and MERGE set. */
  const assigned = (targets: readonly Node[] | undefined, relation: ScopeRelation, scope: Scope): void => {
    let given: readonly TypedColumn[] | null = null;
    for (const one of all(targets, 'ResTarget')) {
      const type = target(one, relation, scope);
      const several = as(one.val, 'MultiAssignRef');
      if (several !== undefined) {
        const items = as(several.source, 'RowExpr')?.args;
        const place = (several.colno ?? 1) - 1;
        const value = items?.[place];
        // All columns that one query sets hold the query.
        if (place === 0 && items === undefined) given = query(as(several.source, 'SubLink')?.subselect, scope);
        const from = given?.[place]?.type ?? null;
        if (value !== undefined) assign(value, typeOf(value, scope), type, one.location);
        else if (items === undefined) assign(undefined, from === 'unknown' ? 'text' : from, type, one.location);
        continue;
      }
      const value = typeOf(one.val, scope);
      if (isDefault(one.val)) continue;
      onlyDefault(relation, one.name ?? '', undefined, one.location);
      assign(one.val, value, type, one.location);
    }
  };

  return { tableOf, onlyDefault, target, assigned };
}
