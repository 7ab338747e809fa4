import type { ColumnRef } from '@pgsql/types';
import type { Routine } from '../../catalog/catalog.ts';
import { as, strings } from '../nodes.ts';
import { qualifiedName } from '../qualified-name.ts';
import { resultOfRoutine } from './calls.ts';
import { inWords } from './in-words.ts';
import { meaningOf, relationOf, type Scope, type ScopeRelation } from './scope.ts';
import type { Surroundings } from './surroundings.ts';

/** Reads the names of columns. */
type ColumnNames = {
  /** What a column reference uses, and its type. */
  readonly column: (reference: ColumnRef, scope: Scope) => string | null;
  /** A function that takes a row and may be written like one of its columns. */
  readonly attributeFunction: (name: string) => Routine | undefined;
};

const systemColumns: Readonly<Record<string, string>> = {
  ctid: 'tid',
  tableoid: 'oid',
  xmin: 'xid',
  xmax: 'xid',
  cmin: 'cid',
  cmax: 'cid',
};

/** True for `*` and `t.*`. */
export const isStar = ({ fields = [] }: ColumnRef): boolean =>
  fields.some((field) => as(field, 'A_Star') !== undefined);

/** Opens the reading of names. */
export function createColumnNames({ context, lookup, types, use, fault }: Surroundings): ColumnNames {
  const rowOf = (relation: ScopeRelation | undefined): string | null =>
    relation?.table === null || relation === undefined ? null : qualifiedName(relation.table);

  const wholeRow = (relation: ScopeRelation, location: number | undefined): string | null => {
    use(relation.table, '*', location);
    return rowOf(relation);
  };

  const isVariable = (name: string): boolean =>
    context.variables?.has(name) === true || context.records?.has(name.toLowerCase()) === true;

  const attributeFunction = (name: string): Routine | undefined =>
    context.searchPath.flatMap((schema) => lookup.routines({ schema, name }))[0];

  const unqualified = (name: string, scope: Scope, location: number | undefined): string | null => {
    const meaning = meaningOf(scope, name);
    if (meaning.kind === 'column') {
      for (const { relation, own } of meaning.column.sources) use(relation.table, own, location);
      if (context.variablesConflict === true && context.variables?.has(name) === true)
        fault({
          kind: 'ambiguous column',
          sqlstate: '42702',
          reason: `${inWords(name)} is a variable and a column`,
          name,
          location,
        });
      return meaning.column.type;
    }
    if (meaning.kind === 'ambiguous') {
      fault({
        kind: 'ambiguous column',
        sqlstate: '42702',
        reason: `column reference ${inWords(name)} is ambiguous`,
        name,
        location,
      });
      return null;
    }
    // The name of a relation alone is its whole row.
    const relation = relationOf(scope, name);
    if (relation !== undefined) return wholeRow(relation, location);
    if (meaning.kind === 'unknown' || isVariable(name)) return null;
    const system = systemColumns[name];
    if (system !== undefined) return system;
    fault({
      kind: 'column',
      sqlstate: '42703',
      reason: `column ${inWords(name)} does not exist`,
      name,
      location,
    });
    return null;
  };

  const column = (reference: ColumnRef, scope: Scope): string | null => {
    const { location } = reference;
    const parts = strings(reference.fields);
    if (isStar(reference) && parts.length === 0) {
      for (const { table } of new Set(scope.columns.flatMap(({ sources }) => sources.map(({ relation }) => relation))))
        use(table, '*', location);
      for (const { table, columns } of scope.relations) if (columns === null) use(table, '*', location);
      return null;
    }
    const name = isStar(reference) ? '*' : (parts.at(-1) ?? '');
    const qualifier = isStar(reference) ? parts.at(-1) : parts.at(-2);
    const schema = (isStar(reference) ? parts.at(-2) : parts.at(-3)) ?? null;
    if (qualifier === undefined) return unqualified(name, scope, location);
    const relation = relationOf(scope, qualifier, schema);
    if (relation !== undefined) {
      const own = relation.columns?.find((one) => one.name === name);
      use(relation.table, own?.own ?? name, location);
      if (own !== undefined) return own.type;
      if (name === '*' || relation.columns === null) return name === '*' ? rowOf(relation) : null;
      const system = relation.table === null ? undefined : systemColumns[name];
      if (system !== undefined) return system;
      const called = attributeFunction(name);
      if (called !== undefined) return resultOfRoutine(called, types);
      fault({
        kind: 'column',
        sqlstate: '42703',
        reason: `column ${inWords(qualifier)}.${inWords(name)} does not exist`,
        name,
        relation: relation.table,
        location,
      });
      return null;
    }
    const records = context.records?.get(qualifier.toLowerCase());
    for (const table of records ?? []) {
      use(table, name, location);
      const known = lookup.table(table) ?? lookup.view(table);
      if (known !== undefined && name !== '*' && !known.columns.some((one) => one.name === name))
        fault({
          kind: 'column',
          sqlstate: '42703',
          reason: `record ${qualifier} has no field ${inWords(name)}`,
          name,
          relation: table,
          location,
        });
    }
    if (records === undefined && !isVariable(qualifier) && !isVariable(parts[0] ?? ''))
      fault({
        kind: 'relation',
        sqlstate: '42P01',
        reason: `there is no FROM entry for ${inWords(qualifier)}`,
        name: qualifier,
        schema,
        location,
      });
    return null;
  };

  return { column, attributeFunction };
}
