import { blank, sectionOf, type ToolFile } from './section.ts';
import { transactionOfOneString } from './transaction-of-one-string.ts';

const header = /^\s*--\s*liquibase\s+formatted\s+sql/i;
const changeset = /^[ \t]*--\s*changeset\s+(?<id>[^\s:]+:\S+)(?<attributes>.*)$/gim;
const rollbackLine = /^[ \t]*--\s*rollback(?:[ \t]+(?<sql>.*))?$/gim;
const rollbackBlock = /\/\*[ \t]*liquibase[ \t]+rollback\b(?<sql>[\s\S]*?)\*\//gi;

/** Says that nothing needs to be taken back. */
const nothing = /^(?:not required|empty)\s*$/i;

const attribute = (attributes: string, name: string): string | undefined =>
  new RegExp(`\\b${name}:(?:"([^"]*)"|(\\S+))`, 'i').exec(attributes)?.slice(1).find(Boolean);

/** Semicolons where statements end in another way, as long as what they replace. */
function withSemicolons(text: string, delimiter: string | undefined): string {
  if (delimiter === undefined || delimiter === ';' || delimiter === '') return text;
  const literal = delimiter.replace(/^\\n/, '').replace(/[$()*+.?[\\\]^{|}]/g, '\\$&');
  const atLineEnd = new RegExp(`${literal}(?=[ \\t]*$)`, 'gim');
  return text.replace(atLineEnd, (found) => ';'.padEnd(found.length));
}

/** What takes a changeset back, where it stands in the file; null where nothing says so. */
function rollbackOf(text: string, start: number, end: number): string | null {
  const found = [...text.matchAll(rollbackLine), ...text.matchAll(rollbackBlock)].filter(
    ({ index }) => index >= start && index < end,
  );
  if (found.length === 0) return null;
  let down = blank(text);
  for (const { 0: whole, index, groups } of found) {
    const sql = groups?.['sql'] ?? '';
    if (nothing.test(sql)) continue;
    const at = index + whole.lastIndexOf(sql);
    down = `${down.slice(0, at)}${sql}${down.slice(at + sql.length)}`;
  }
  return down;
}

/**
 * The changesets of a file of Liquibase's formatted SQL, each a migration of its own with a transaction of its own, at the
 * places that they have there; null for any other text.
 */
export function liquibaseFileOf(text: string): readonly ToolFile[] | null {
  if (!header.test(text)) return null;
  const found = [...text.matchAll(changeset)];
  return found.flatMap(({ index: start, groups }, at): readonly ToolFile[] => {
    const end = found[at + 1]?.index ?? text.length;
    const attributes = groups?.['attributes'] ?? '';
    if (!/^$|postgresql|^all$/i.test(attribute(attributes, 'dbms') ?? '')) return [];
    const alone = /^false$/i.test(attribute(attributes, 'runInTransaction') ?? '');
    const splits = !/^false$/i.test(attribute(attributes, 'splitStatements') ?? '');
    const written = sectionOf(text, start, end);
    const up = withSemicolons(written.text, attribute(attributes, 'endDelimiter'));
    const transaction = alone ? (splits ? 'none' : transactionOfOneString(up)) : 'file';
    const down = rollbackOf(text, start, end);
    return [
      {
        part: groups?.['id'] ?? '',
        up: { ...(up === written.text ? written : { text: up, around: null }), transaction },
        down: down === null ? null : { text: down, around: null, transaction },
      },
    ];
  });
}
