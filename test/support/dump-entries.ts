/**
 * The text of a schema-only dump as entries that can be compared whatever order they came in: sorted, each with the
 * settings that it was written under, and without the words about the versions that wrote it.
 */
export function dumpEntries(dump: string): readonly string[] {
  const settings = new Map<string, string>();
  const entries: string[] = [];
  for (const part of dump.split(/^--\n-- (?=Name: )/m).slice(1)) {
    const [title = '', ...rest] = part.replace(/--\n-- PostgreSQL database dump complete\n--\n/, '').split('\n');
    const type = /; Type: ([A-Z ]+);/.exec(title)?.[1] ?? '';
    const body = rest.filter((line) => line !== '' && line !== '--' && !line.startsWith('\\unrestrict '));
    const own = body
      .filter((line) => !SETTING.test(line))
      .map((line) => line.replace(PUBLISHER, "CONNECTION '****'").replace(UNORDERED, inOrder));
    // Privileges of one object come in the order in which they were granted.
    if (type.endsWith('ACL')) own.sort();
    const under = (UNDER_SETTINGS[type] ?? []).map((name) => settings.get(name) ?? '');
    entries.push([title, ...under, ...own].join('\n'));
    // A setting is written at the end of the entry before the one that needs it.
    for (const line of body) {
      const name = SETTING.exec(line)?.[1];
      if (name !== undefined) settings.set(name, line);
    }
  }
  return entries.sort();
}

const SETTING = /^SET (default_tablespace|default_table_access_method) = /;

/** Where a subscription reads from, which no catalog holds. */
const PUBLISHER = /(?<=^CREATE SUBSCRIPTION .* )CONNECTION '(?:[^']|'')*'/;

/** The roles of a policy and the publications of a subscription, whose order says nothing. */
const UNORDERED =
  /(?<=^CREATE POLICY .* TO ).*?(?= USING \(| WITH CHECK \(|;$)|(?<=^CREATE SUBSCRIPTION .* PUBLICATION ).*?(?= WITH \()/g;

const inOrder = (list: string): string => list.split(', ').sort().join(', ');

const UNDER_SETTINGS: Readonly<Record<string, readonly string[] | undefined>> = {
  TABLE: ['default_tablespace', 'default_table_access_method'],
  'MATERIALIZED VIEW': ['default_tablespace', 'default_table_access_method'],
  INDEX: ['default_tablespace'],
  CONSTRAINT: ['default_tablespace'],
};
