import type { AlterDomainStmt, AlterEnumStmt } from '@pgsql/types';
import type { ObjectName } from '../../catalog/catalog.ts';
import { as, nameOfParts, strings } from '../nodes.ts';
import { tablesOfType } from './drop.ts';
import type { EffectScope } from './effect-scope.ts';

function findType(scope: EffectScope, parts: readonly string[]): ObjectName | undefined {
  const { schema, name } = nameOfParts(parts);
  return (schema === null ? scope.searchPath : [schema])
    .map((candidate) => ({ schema: candidate, name }))
    .find((candidate) => scope.lookup.type(candidate) !== undefined);
}

/**
 * `ALTER DOMAIN`: a new rule is looked up in every table that uses the domain, each under SHARE; so does `VALIDATE
 * CONSTRAINT`, which for a table would be gentle.
 */
export function alterDomain(scope: EffectScope, statement: AlterDomainStmt): void {
  const constraint = as(statement.def, 'Constraint');
  const looks =
    statement.subtype === 'O' ||
    statement.subtype === 'V' ||
    (statement.subtype === 'C' && constraint?.skip_validation !== true);
  if (!looks) return;
  const domain = findType(scope, strings(statement.typeName));
  if (domain === undefined) {
    if (!scope.hasCatalog) scope.unsure('which tables use the domain, and are locked and read, is not known');
    return;
  }
  const type = scope.lookup.type(domain);
  if (statement.subtype === 'V' && type?.kind === 'domain') {
    const validated = type.constraints.find((candidate) => candidate.name === statement.name)?.validated;
    if (validated === true) return;
  }
  if (statement.subtype === 'O' && type?.kind === 'domain' && type.notNull) return;
  for (const table of tablesOfType(scope, domain)) {
    // Only what stores rows is looked at: not a partitioned table, whose partitions are.
    if ((scope.lookup.table(table)?.kind ?? 'table') !== 'table') continue;
    scope.lock(table, 'SHARE');
    scope.scan(table);
  }
}

/** `ALTER TYPE … ADD VALUE` touches no table, but could not be undone before PostgreSQL 12. */
export function alterEnum(scope: EffectScope, statement: AlterEnumStmt): void {
  if (statement.oldVal === undefined && scope.version < 120_000) scope.transaction('forbidden');
}
