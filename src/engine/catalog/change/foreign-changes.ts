import { identifier, joinSql, literal, type Sql, sql } from '../../sql/sql.ts';

/** `OPTIONS (…)` that turns the options of one foreign object into those of another; null when they are equal. */
export function foreignChanges(was: readonly string[], is: readonly string[]): Sql | null {
  const split = (option: string): readonly [string, string] => {
    const at = option.indexOf('=');
    return [option.slice(0, at), option.slice(at + 1)];
  };
  const [old, now] = [new Map(was.map(split)), new Map(is.map(split))];
  const actions: Sql[] = [];
  for (const name of old.keys()) if (!now.has(name)) actions.push(sql`DROP ${identifier(name)}`);
  for (const [name, value] of now) {
    if (old.get(name) === value) continue;
    actions.push(sql`${old.has(name) ? sql`SET` : sql`ADD`} ${identifier(name)} ${literal(value)}`);
  }
  return actions.length === 0 ? null : sql`OPTIONS (${joinSql(actions)})`;
}
