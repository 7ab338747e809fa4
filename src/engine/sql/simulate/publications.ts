import type { AlterPublicationStmt, CreatePublicationStmt, DropStmt } from '@pgsql/types';
import type { Catalog, DefinedObject } from '../../catalog/catalog.ts';
import { nameOfObject } from '../nodes.ts';
import type { Simulation } from './simulation.ts';

const isPublication = (object: DefinedObject, name: string): boolean =>
  object.kind === 'publication' && object.name === name;

/** `CREATE PUBLICATION`, kept as the text that makes it. */
export function createPublication({ catalog }: Simulation, statement: CreatePublicationStmt, text: string): Catalog {
  const name = statement.pubname ?? '';
  const others = catalog.otherObjects ?? [];
  if (others.some((object) => isPublication(object, name))) return catalog;
  const made = { kind: 'publication', schema: '', name, table: null, definition: text, owner: '', comment: null };
  return { ...catalog, otherObjects: [...others, made] };
}

/** `ALTER PUBLICATION`: one more of the texts that make it. */
export function alterPublication({ catalog }: Simulation, statement: AlterPublicationStmt, text: string): Catalog {
  const name = statement.pubname ?? '';
  return {
    ...catalog,
    otherObjects: (catalog.otherObjects ?? []).map((object) =>
      isPublication(object, name) ? { ...object, further: [...(object.further ?? []), text] } : object,
    ),
  };
}

/** `DROP PUBLICATION`. */
export function dropPublication({ catalog }: Simulation, statement: DropStmt): Catalog {
  const gone = new Set((statement.objects ?? []).map((object) => nameOfObject(object).name));
  const others = catalog.otherObjects ?? [];
  return { ...catalog, otherObjects: others.filter(({ kind, name }) => kind !== 'publication' || !gone.has(name)) };
}
