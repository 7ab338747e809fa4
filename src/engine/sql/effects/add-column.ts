import type { ColumnDef, Constraint } from '@pgsql/types';
import type { DatabaseType, ObjectName } from '../../catalog/catalog.ts';
import { expressionVolatility, isNullConstant } from '../expressions.ts';
import { all } from '../nodes.ts';
import { isSerial, typeRef } from '../type-name.ts';
import type { EffectScope } from './effect-scope.ts';
import { isChecked, lockForeignKeyEnds, scanForeignKeyEnds } from './foreign-key.ts';

/** The domain that a column is of; undefined when it is of another type. */
function domainOf(scope: EffectScope, column: ColumnDef): Extract<DatabaseType, { kind: 'domain' }> | undefined {
  const type = typeRef(column.typeName);
  if (type.array) return undefined;
  for (const schema of type.schema === null ? scope.searchPath : [type.schema]) {
    const found = scope.lookup.type({ schema, name: type.name });
    if (found !== undefined) return found.kind === 'domain' ? found : undefined;
  }
  return undefined;
}

/** True when a column's domain type has constraints of its own. */
function hasConstrainedDomain(scope: EffectScope, column: ColumnDef): boolean {
  const domain = domainOf(scope, column);
  return domain !== undefined && (domain.notNull || domain.constraints.length > 0);
}

/** Why every row has to be written again to hold the new column; null when it does not. */
function rewriteReason(scope: EffectScope, column: ColumnDef, constraints: readonly Constraint[]): string | null {
  if (isSerial(column)) return 'a serial column takes a new number for every row';
  if (constraints.some((constraint) => constraint.contype === 'CONSTR_IDENTITY')) return 'an identity column';
  const generated = constraints.find((constraint) => constraint.contype === 'CONSTR_GENERATED');
  if (generated !== undefined) return generated.generated_kind === 'v' ? null : 'a stored generated column';
  if (hasConstrainedDomain(scope, column)) return 'a domain with constraints';
  const expression = constraints.find((constraint) => constraint.contype === 'CONSTR_DEFAULT')?.raw_expr;
  if (expression === undefined) return null;
  if (scope.version < 110_000) return 'any default before PostgreSQL 11';
  const volatility = expressionVolatility(expression, scope);
  if (volatility === null) scope.unsure('a function in the default is not known: it is taken for volatile');
  return volatility === 'volatile' || volatility === null ? 'a volatile default' : null;
}

/** `ADD COLUMN` on a table and what inherits from it. */
export function addColumn(scope: EffectScope, table: ObjectName, tree: readonly ObjectName[], column: ColumnDef): void {
  const constraints = all(column.constraints, 'Constraint');
  const rewrites = rewriteReason(scope, column, constraints) !== null;
  const defaultValue = constraints.find((constraint) => constraint.contype === 'CONSTR_DEFAULT')?.raw_expr;
  const ownDefault = domainOf(scope, column)?.default ?? null;
  const hasValue = rewrites || (defaultValue === undefined ? ownDefault !== null : !isNullConstant(defaultValue));
  const isVirtual = constraints.some((c) => c.contype === 'CONSTR_GENERATED' && c.generated_kind === 'v');
  for (const member of tree) {
    if (rewrites) scope.rewrite(member);
    for (const constraint of constraints) {
      switch (constraint.contype) {
        case 'CONSTR_CHECK':
          if (isChecked(constraint)) scope.scan(member);
          break;
        case 'CONSTR_NOTNULL':
          // A stored value that is not null proves itself; anything else is looked for row by row.
          if (!hasValue || isVirtual) scope.scan(member);
          break;
        default:
          break;
      }
    }
  }
  for (const constraint of constraints) {
    // A key reaches partitions, and not what inherits otherwise.
    if (constraint.contype === 'CONSTR_PRIMARY' || constraint.contype === 'CONSTR_UNIQUE')
      for (const member of scope.partitionTree(table)) scope.build(member);
    if (constraint.contype !== 'CONSTR_FOREIGN') continue;
    const referenced = scope.relation(constraint.pktable);
    lockForeignKeyEnds(scope, table, referenced);
    if (!isChecked(constraint)) continue;
    // A column of NULLs has nothing to look up, but any default that is written makes PostgreSQL go through its rows.
    if (rewrites || (defaultValue !== undefined && !isNullConstant(defaultValue)))
      scanForeignKeyEnds(scope, table, referenced);
    else if (defaultValue !== undefined) scope.scan(table);
  }
}
