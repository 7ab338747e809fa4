import type { AlterTableStmt, DropStmt, RenameStmt } from '@pgsql/types';
import type { Catalog, ObjectName } from '../../catalog/catalog.ts';
import { sameName } from '../catalog-lookup.ts';
import { all, as, nameOf, nameOfObject } from '../nodes.ts';
import { qualifiedName } from '../qualified-name.ts';
import { keyOf } from '../table-index.ts';
import { parseType, typeRef } from '../type-name.ts';
import { withoutColumn } from './alter-table.ts';
import { withItem } from './catalog-edit.ts';
import { shownType } from './define-column.ts';
import { drop } from './drop.ts';
import { advance, type Simulation } from './simulation.ts';
import { findType } from './types-and-others.ts';

/** True when a type, as `format_type` says it, is the type of the name or an array of it. */
const isOf = (text: string, { schema, name }: ObjectName): boolean => {
  if (!text.includes(name)) return false;
  const type = parseType(text);
  return type?.schema === schema && type.name === name;
};

/** The types that a DROP takes away with whatever is of them, those of the rows of relations included. */
function typesDropped(simulation: Simulation, statement: DropStmt): readonly ObjectName[] {
  if (statement.behavior !== 'DROP_CASCADE') return [];
  const names = (statement.objects ?? []).map(nameOfObject);
  switch (statement.removeType) {
    case 'OBJECT_TYPE':
    case 'OBJECT_DOMAIN':
      return names.map((written) => findType(simulation, written));
    case 'OBJECT_TABLE':
    case 'OBJECT_FOREIGN_TABLE':
    case 'OBJECT_VIEW':
    case 'OBJECT_MATVIEW':
      // The rows of a relation are of a type of its name.
      return names.map(simulation.relation);
    case 'OBJECT_SCHEMA':
      return simulation.catalog.types.filter(({ schema }) => names.some(({ name }) => name === schema));
    default:
      return [];
  }
}

/** `DROP … CASCADE` of types, or of a schema with some: columns of theirs go as well, and what is made of them. */
export function dropWithTypes(before: Simulation, statement: DropStmt): Catalog {
  let simulation = before;
  for (const type of typesDropped(before, statement)) {
    for (const table of before.catalog.tables)
      for (const column of table.columns)
        if (isOf(column.type, type))
          simulation = advance(simulation, withoutColumn(simulation, table, column.name, true));
    const { catalog } = simulation;
    const types = catalog.types
      .filter((other) => other.kind !== 'domain' || !isOf(other.baseType, type))
      .map((other) =>
        other.kind === 'composite' && other.attributes.some((one) => isOf(one.type, type))
          ? { ...other, attributes: other.attributes.filter((one) => !isOf(one.type, type)) }
          : other,
      );
    const using = new Set(
      before.catalog.dependencies.flatMap(({ dependent, on }) =>
        dependent.kind === 'routine' && sameName(on, type) ? [keyOf(dependent)] : [],
      ),
    );
    const routines = catalog.routines.filter(
      ({ schema, name, arguments: taken, result }) =>
        !namesType(taken, type) &&
        !namesType(result ?? '', type) &&
        !using.has(keyOf({ schema, name: `${name}(${taken})` })),
    );
    simulation = advance(simulation, { ...catalog, types, routines });
  }
  return drop(simulation, statement);
}

/** True when the arguments or the result of a routine, as the server writes them, name a type. */
const namesType = (text: string, type: ObjectName): boolean =>
  ` ${text.replaceAll(/[(),[\]]/g, ' ')} `.includes(` ${qualifiedName(type)} `);

/** `ALTER TYPE` of a composite type: its attributes. */
export function alterComposite(simulation: Simulation, statement: AlterTableStmt): Catalog {
  const found = simulation.lookup.type(findType(simulation, nameOf(statement.relation)));
  if (found?.kind !== 'composite') return simulation.catalog;
  let { attributes } = found;
  for (const { subtype, name, def } of all(statement.cmds, 'AlterTableCmd')) {
    const column = as(def, 'ColumnDef');
    const type = column?.typeName === undefined ? '' : shownType(simulation, typeRef(column.typeName));
    if (subtype === 'AT_AddColumn')
      attributes = [...attributes, { name: column?.colname ?? '', type, collation: null }];
    if (subtype === 'AT_DropColumn') attributes = attributes.filter((own) => own.name !== name);
    if (subtype === 'AT_AlterColumnType')
      attributes = attributes.map((own) => (own.name === name ? { ...own, type } : own));
  }
  return { ...simulation.catalog, types: withItem(simulation.catalog.types, { ...found, attributes }) };
}

/** `ALTER TYPE … RENAME ATTRIBUTE`. */
export function renameAttribute(simulation: Simulation, statement: RenameStmt): Catalog {
  const { types } = simulation.catalog;
  const found = simulation.lookup.type(findType(simulation, nameOf(statement.relation)));
  if (found?.kind !== 'composite') return simulation.catalog;
  const attributes = found.attributes.map((own) =>
    own.name === statement.subname ? { ...own, name: statement.newname ?? '' } : own,
  );
  return { ...simulation.catalog, types: withItem(types, { ...found, attributes }) };
}
