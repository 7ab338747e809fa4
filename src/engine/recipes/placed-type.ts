import { formatType, type TypeRef } from '../sql/type-name.ts';
import type { CatalogView } from '../validate/catalog-view.ts';

/** A type with the schema that it was found in, so that it means the same under every search path. */
export const placedType = (type: TypeRef, database: CatalogView): string => {
  const known = type.schema === null ? database.type(type) : null;
  return formatType(known === null ? type : { ...type, schema: known.schema });
};
