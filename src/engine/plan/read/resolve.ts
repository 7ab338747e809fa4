import type { Catalog, Column, Table } from '../../catalog/catalog.ts';
import { looksLike, nameFit, nameKey, stemKey } from './same-name.ts';

/** What a said name stands for, or why that is not clear. `note` says what was decided, when something was. */
export type Resolved<T> =
  | { readonly found: T; readonly note: string | null }
  | { readonly found: null; readonly reason: string };

/** `schema.name` for people to read. */
export const dotted = (object: { readonly schema: string; readonly name: string }): string =>
  `${object.schema}.${object.name}`;

const oneOf = (names: readonly string[]): string =>
  names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;

function best<T extends { readonly name: string }>(things: readonly T[], said: string, quoted: boolean): readonly T[] {
  const fits = things.flatMap((thing) => {
    const fit = nameFit(said, thing.name);
    return fit === null || (quoted && fit > 0) ? [] : [{ thing, fit }];
  });
  const least = Math.min(...fits.map((each) => each.fit));
  return fits.filter((each) => each.fit === least).map((each) => each.thing);
}

/** Finds the one table that a name stands for; a name that several schemas hold is not clear without its schema. */
export function resolveTable(
  catalog: Catalog,
  said: { readonly schema: string | null; readonly text: string; readonly quoted: boolean },
): Resolved<Table> {
  const inSchema =
    said.schema === null
      ? catalog.tables
      : catalog.tables.filter((table) => table.schema.toLowerCase() === said.schema?.toLowerCase());
  const found = best(inSchema, said.text, said.quoted);
  const [table] = found;
  if (table !== undefined && found.length === 1) {
    const exact = table.name === said.text;
    return { found: table, note: exact ? null : `"${said.text}" means the table ${dotted(table)}.` };
  }
  if (found.length > 1) {
    return { found: null, reason: `"${said.text}" could be ${oneOf(found.map(dotted))}; please say which` };
  }
  const near = catalog.tables.filter((other) => looksLike(said.text, other.name)).slice(0, 3);
  const name = said.schema === null ? said.text : `${said.schema}.${said.text}`;
  const hint = near.length > 0 ? `; did you mean ${oneOf(near.map(dotted))}?` : '';
  return { found: null, reason: `there is no table "${name}"${hint}` };
}

// "email address" may well be the column email, and "start date" the column start.
const vague = new Set(['address', 'number', 'value', 'date', 'time', 'code', 'field', 'text', 'flag']);

/** Finds the one column of a table that a name stands for. */
export function resolveColumn(
  table: Table,
  said: { readonly text: string; readonly quoted: boolean },
): Resolved<Column> {
  let found = best(table.columns, said.text, said.quoted);
  if (found.length === 0 && !said.quoted) {
    // "category names": the column category_name of the table categories.
    found = table.columns.filter((column) => nameKey(column.name) === `${nameKey(table.name)}_${nameKey(said.text)}`);
  }
  if (found.length === 0 && !said.quoted) {
    const parts = nameKey(said.text).split('_');
    const last = parts.at(-1) ?? '';
    if (parts.length > 1 && vague.has(last)) {
      found = table.columns.filter((column) => nameKey(column.name) === parts.slice(0, -1).join('_'));
    }
  }
  if (found.length === 0 && !said.quoted) {
    found = table.columns.filter((column) => stemKey(column.name) === stemKey(said.text));
  }
  const [column] = found;
  if (column !== undefined && found.length === 1) {
    const exact = column.name === said.text;
    return {
      found: column,
      note: exact ? null : `"${said.text.replaceAll('_', ' ')}" means the column ${column.name} of ${dotted(table)}.`,
    };
  }
  if (found.length > 1) {
    return {
      found: null,
      reason: `"${said.text}" could be ${oneOf(found.map((each) => each.name))} of ${dotted(table)}`,
    };
  }
  const near = table.columns.filter((other) => looksLike(said.text, other.name)).map((other) => other.name);
  const known = near.length > 0 ? near : table.columns.map((other) => other.name);
  const listed = known.length > 12 ? [...known.slice(0, 12), '…'] : known;
  return {
    found: null,
    reason: `${dotted(table)} has no column "${said.text}"${near.length > 0 ? `; did you mean ${oneOf(near)}?` : `; its columns are ${listed.join(', ')}`}`,
  };
}
