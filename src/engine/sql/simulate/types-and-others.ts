import type { AlterEnumStmt, Constraint, CreateDomainStmt, CreatePolicyStmt, CreateTrigStmt, Node } from '@pgsql/types';
import type { Catalog, DatabaseType, ObjectName, Trigger } from '../../catalog/catalog.ts';
import { resolveName } from '../catalog-lookup.ts';
import { all, as, nameOf, nameOfParts, strings, type WrittenName } from '../nodes.ts';
import { typeRef } from '../type-name.ts';
import { editTable, editView, withItem } from './catalog-edit.ts';
import { shownType } from './define-column.ts';
import { handDown } from './inheritance.ts';
import { advance, type Simulation } from './simulation.ts';
import { firstLocation } from './source-text.ts';

const addType = (simulation: Simulation, type: DatabaseType): Catalog =>
  simulation.lookup.type(type) === undefined
    ? { ...simulation.catalog, types: withItem(simulation.catalog.types, type) }
    : simulation.catalog;

/** `CREATE TYPE` as an enum, a composite or a range, and `CREATE DOMAIN`. */
export function createType(simulation: Simulation, node: Node): Catalog {
  const base = { owner: '', comment: null };
  const enumeration = as(node, 'CreateEnumStmt');
  if (enumeration !== undefined) {
    const name = simulation.newName(nameOfParts(strings(enumeration.typeName)));
    return addType(simulation, { ...base, kind: 'enum', ...name, labels: [...strings(enumeration.vals)] });
  }
  const composite = as(node, 'CompositeTypeStmt');
  if (composite !== undefined) {
    const attributes = all(composite.coldeflist, 'ColumnDef').map((column) => ({
      name: column.colname ?? '',
      type: shownType(simulation, typeRef(column.typeName)),
      collation: null,
    }));
    return addType(simulation, {
      ...base,
      kind: 'composite',
      ...simulation.newName(nameOf(composite.typevar)),
      attributes,
    });
  }
  const range = as(node, 'CreateRangeStmt');
  if (range !== undefined) {
    const subtype = all(range.params, 'DefElem').find((option) => option.defname === 'subtype');
    // The modifiers of the type, such as a length, are not kept.
    const type = shownType(simulation, { ...typeRef(as(subtype?.arg, 'TypeName')), modifiers: [] });
    const name = simulation.newName(nameOfParts(strings(range.typeName)));
    return addType(simulation, { ...base, kind: 'range', ...name, subtype: type, options: [] });
  }
  const domain = as(node, 'CreateDomainStmt');
  return domain === undefined ? simulation.catalog : addType(simulation, domainOf(simulation, domain));
}

function domainOf(simulation: Simulation, statement: CreateDomainStmt): DatabaseType {
  // The NOT NULL of a domain has a name since 17.
  const isNamed = ({ conname }: Constraint) => conname !== undefined && simulation.version >= 170_000;
  const nodes = all(statement.constraints, 'Constraint');
  const name = simulation.newName(nameOfParts(strings(statement.domainname)));
  const preset = nodes.findIndex((constraint) => constraint.contype === 'CONSTR_DEFAULT');
  const from = nodes[preset]?.location;
  return {
    kind: 'domain',
    ...name,
    baseType: shownType(simulation, typeRef(statement.typeName)),
    notNull: nodes.some((constraint) => constraint.contype === 'CONSTR_NOTNULL'),
    default:
      preset < 0 ? null : simulation.source.element(from, nodes[preset + 1]?.location).replace(/^default\s+/i, ''),
    collation: null,
    constraints: nodes.flatMap((constraint, index) =>
      constraint.contype === 'CONSTR_CHECK' || (constraint.contype === 'CONSTR_NOTNULL' && isNamed(constraint))
        ? [
            {
              name: constraint.conname ?? `${name.name}_check`,
              definition: simulation.source.element(constraint.location, nodes[index + 1]?.location),
              validated: true,
            },
          ]
        : [],
    ),
    owner: '',
    comment: null,
  };
}

export const findType = (simulation: Simulation, written: WrittenName): ObjectName =>
  resolveName(written, simulation.searchPath, (name) => simulation.lookup.type(name) !== undefined);

/** `ALTER TYPE … ADD VALUE` and `RENAME VALUE`. */
export function alterEnum(simulation: Simulation, statement: AlterEnumStmt): Catalog {
  const { catalog } = simulation;
  const type = simulation.lookup.type(findType(simulation, nameOfParts(strings(statement.typeName))));
  const label = statement.newVal ?? '';
  if (type?.kind !== 'enum') return catalog;
  const { oldVal, newValNeighbor } = statement;
  if (oldVal !== undefined) {
    const renamed = type.labels.map((own) => (own === oldVal ? label : own));
    return { ...catalog, types: withItem(catalog.types, { ...type, labels: renamed }) };
  }
  if (type.labels.includes(label)) return catalog;
  const neighbour = newValNeighbor === undefined ? type.labels.length - 1 : type.labels.indexOf(newValNeighbor);
  const at = neighbour + (newValNeighbor === undefined || statement.newValIsAfter === true ? 1 : 0);
  const labels = [...type.labels.slice(0, at), label, ...type.labels.slice(at)];
  return { ...catalog, types: withItem(catalog.types, { ...type, labels }) };
}

/** `CREATE [OR REPLACE] TRIGGER`. */
export function createTrigger(simulation: Simulation, statement: CreateTrigStmt, text: string): Catalog {
  const written = nameOfParts(strings(statement.funcname));
  const trigger: Trigger = {
    name: statement.trigname ?? '',
    definition: text,
    enabled: 'origin',
    function: resolveName(written, simulation.searchPath, (name) => simulation.lookup.routines(name).length > 0),
    inherited: false,
    comment: null,
  };
  const name = simulation.relation(statement.relation);
  const triggersOf = (relation: { readonly triggers: readonly Trigger[] }) => [
    ...relation.triggers.filter((own) => own.name !== trigger.name),
    trigger,
  ];
  if (simulation.lookup.view(name) !== undefined)
    return editView(simulation.catalog, name, (view) => ({ ...view, triggers: triggersOf(view) }));
  const catalog = editTable(simulation.catalog, name, (table) => ({ ...table, triggers: triggersOf(table) }));
  return handDown(advance(simulation, catalog), simulation.lookup.table(name));
}

const commands: Readonly<Record<string, 'all' | 'select' | 'insert' | 'update' | 'delete'>> = {
  all: 'all',
  select: 'select',
  insert: 'insert',
  update: 'update',
  delete: 'delete',
};

const conditionText = (simulation: Simulation, condition: Node | undefined): string | null =>
  condition === undefined ? null : simulation.source.element(firstLocation(condition));

/** `CREATE POLICY`; its conditions are kept as they are written, not as the server would print them. */
export function createPolicy(simulation: Simulation, statement: CreatePolicyStmt): Catalog {
  const policy = {
    name: statement.policy_name ?? '',
    permissive: statement.permissive === true,
    command: commands[statement.cmd_name ?? 'all'] ?? 'all',
    roles: all(statement.roles, 'RoleSpec').map((role) => role.rolename ?? 'public'),
    using: conditionText(simulation, statement.qual),
    check: conditionText(simulation, statement.with_check),
    comment: null,
  };
  return editTable(simulation.catalog, simulation.relation(statement.table), (table) =>
    table.policies.some((own) => own.name === policy.name)
      ? table
      : { ...table, policies: [...table.policies, policy] },
  );
}
