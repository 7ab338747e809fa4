import type { ObjectName } from '../../../../../engine/catalog/catalog.ts';

const plain = /^[a-z_][a-z0-9_$]*$/;

const quote = (name: string): string => (plain.test(name) ? name : `"${name.replaceAll('"', '""')}"`);

/** One string per table: its dotted name, quoted where needed, so two tables of one name in two schemas never collide. */
export const tableId = (name: ObjectName): string => `${quote(name.schema)}.${quote(name.name)}`;
