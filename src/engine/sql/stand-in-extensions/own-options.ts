import { quoteLiteral } from '../quote-literal.ts';

const INDEX = /^\s*create\s+(?:unique\s+)?index\b[\s\S]*?\busing\s+"?(\w+)"?\s*\(/i;

const OPTIONS = /\bwith\s*\(([^()]*)\)/i;

/**
 * A `CREATE INDEX` by a method that stands in for another, without the options that only the other one knows, and the
 * statement that writes them down for the index afterwards; null where there are none. Positions in it stay what they are.
 */
export function withoutOwnOptions(
  statement: string,
): { readonly method: string; readonly statement: string; readonly after: string } | null {
  const method = INDEX.exec(statement)?.[1];
  const found = OPTIONS.exec(statement);
  if (method === undefined || found?.[1] === undefined) return null;
  const options = found[1].split(',').map((option) => {
    const [name = '', value = 'true'] = option.split('=').map((part) => part.trim());
    return quoteLiteral(`${name.toLowerCase()}=${value.replace(/^'(.*)'$/s, '$1')}`);
  });
  const start = found.index;
  const end = start + found[0].length;
  return {
    method: method.toLowerCase(),
    statement: statement.slice(0, start) + ' '.repeat(end - start) + statement.slice(end),
    after: `update pg_catalog.pg_class set reloptions = array[${options.join(', ')}] where oid = (
      select max(c.oid) from pg_catalog.pg_class c join pg_catalog.pg_am m on m.oid = c.relam
      where m.amname = ${quoteLiteral(method.toLowerCase())} and c.relkind in ('i', 'I'))`,
  };
}
