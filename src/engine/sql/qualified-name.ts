import type { ObjectName } from '../catalog/catalog.ts';
import { quoteIdentifier } from './quote-identifier.ts';

/** The dotted form of a name, each part quoted where needed: what reports and effects call a relation. */
export const qualifiedName = (object: ObjectName): string =>
  `${quoteIdentifier(object.schema)}.${quoteIdentifier(object.name)}`;
