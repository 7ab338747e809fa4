import type { TypeRef } from '../../sql/type-name.ts';
import type { CatalogView } from '../catalog-view.ts';

const words = (list: string): readonly string[] => list.split(' ');

const numbers = words('int2 int4 int8 numeric float4 float8');

/** To these the server turns a value of any type by itself where it is assigned. */
const texts = new Set(words('text varchar bpchar name'));

/**
 * To which types the server turns values of a type by itself where they are assigned, besides texts and the type itself: the
 * casts of `pg_cast` whose context is `a` or `i`, as they are in 12 to 18.
 */
const assigned: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(numbers.map((type) => [type, numbers])),
  int2: [...numbers, 'oid'],
  int4: [...numbers, 'oid', 'money'],
  int8: [...numbers, 'oid', 'money'],
  numeric: [...numbers, 'money'],
  oid: words('int4 int8'),
  money: ['numeric'],
  text: [],
  varchar: [],
  bpchar: [],
  name: [],
  bool: [],
  uuid: [],
  bytea: [],
  xml: [],
  json: ['jsonb'],
  jsonb: ['json'],
  date: words('timestamp timestamptz'),
  timestamp: words('date time timestamptz'),
  timestamptz: words('date time timetz timestamp'),
  time: words('timetz interval'),
  timetz: ['time'],
  interval: ['time'],
  cidr: ['inet'],
  inet: ['cidr'],
  macaddr: [],
};

/** A type of the server's own, by its bare name, or what a domain is of; null for any other. */
const builtinOf = (type: TypeRef, database: CatalogView): string | null => {
  if (type.array) return null;
  const known = database.type(type);
  if (known !== null) return null;
  return type.schema === null && type.name in assigned ? type.name : null;
};

/** True where the server refuses a value of one type for a place of another, whatever the value is; false where it is not known. */
export const isNeverAssigned = (from: string, to: TypeRef, database: CatalogView): boolean => {
  const isArray = from.endsWith('[]');
  const element = isArray ? from.slice(0, -2) : from;
  if (!(element in assigned) && element !== 'enum') return false;
  if (to.array) return !isArray && element !== 'enum' && database.type(to) === null;
  if (database.type(to)?.kind === 'enum') return element !== 'enum';
  const target = builtinOf(to, database);
  if (target === null || texts.has(target)) return false;
  if (isArray || element === 'enum') return true;
  return element !== target && assigned[element]?.includes(target) !== true;
};
