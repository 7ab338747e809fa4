import type { AlterDomainStmt } from '@pgsql/types';
import type { Catalog, DatabaseType } from '../../catalog/catalog.ts';
import { as, nameOfParts, strings } from '../nodes.ts';
import { withItem } from './catalog-edit.ts';
import type { Simulation } from './simulation.ts';
import { findType } from './types-and-others.ts';

type Domain = Extract<DatabaseType, { kind: 'domain' }>;

/** A domain as an action leaves it, which the statement names by a letter. */
function changed(domain: Domain, { subtype, name = '', def }: AlterDomainStmt, { source }: Simulation): Domain {
  const constraint = as(def, 'Constraint');
  const { constraints } = domain;
  switch (subtype) {
    case 'N':
      return { ...domain, notNull: false };
    case 'O':
      return { ...domain, notNull: true };
    case 'C': {
      const requires = constraint?.contype === 'CONSTR_NOTNULL';
      if (requires && domain.notNull) return domain;
      if (requires && constraint.conname === undefined) return { ...domain, notNull: true };
      if (constraint === undefined || (!requires && constraint.contype !== 'CONSTR_CHECK')) return domain;
      const added = {
        name: constraint.conname ?? `${domain.name}_check`,
        definition: source.element(constraint.location),
        validated: constraint.skip_validation !== true,
      };
      return constraints.some((one) => one.name === added.name)
        ? domain
        : {
            ...domain,
            notNull: requires || domain.notNull,
            constraints: [...constraints, added].sort((a, b) => (a.name < b.name ? -1 : 1)),
          };
    }
    case 'V':
      return {
        ...domain,
        constraints: constraints.map((one) => (one.name === name ? { ...one, validated: true } : one)),
      };
    case 'X':
      return { ...domain, constraints: constraints.filter((one) => one.name !== name) };
    default:
      return domain;
  }
}

/** `ALTER DOMAIN`: its constraints and whether it takes NULL. */
export function alterDomain(simulation: Simulation, statement: AlterDomainStmt): Catalog {
  const { catalog, lookup } = simulation;
  const domain = lookup.type(findType(simulation, nameOfParts(strings(statement.typeName))));
  return domain?.kind === 'domain'
    ? { ...catalog, types: withItem(catalog.types, changed(domain, statement, simulation)) }
    : catalog;
}
