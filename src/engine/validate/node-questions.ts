import type { Node, TypeName } from '@pgsql/types';
import { nameOfObject, strings, type WrittenName } from '../sql/nodes.ts';

/** The objects that a `DROP` names. */
export const droppedNames = (objects: readonly Node[] | undefined): readonly WrittenName[] =>
  (objects ?? []).map(nameOfObject);

/** The last part of a written type name, for example `int4` or `serial`. */
export const typeBaseName = (type: TypeName | undefined): string => strings(type?.names).at(-1) ?? '';
