import { identifier, joinSql, literal, type Sql, sql } from '../../sql/sql.ts';

/** Options as the catalogs keep them (`name=value`, perhaps with a `toast.` before the name), as SQL between brackets. */
export function optionList(options: readonly string[]): Sql {
  return joinSql(
    options.map((option) => {
      const at = option.indexOf('=');
      const name = at === -1 ? option : option.slice(0, at);
      const dotted = joinSql(name.split('.').map(identifier), sql`.`);
      return at === -1 ? dotted : sql`${dotted} = ${literal(option.slice(at + 1))}`;
    }),
  );
}

/** `OPTIONS (…)` of a foreign object, empty when there are none. */
export function foreignOptions(options: readonly string[]): Sql {
  if (options.length === 0) return sql``;
  const pairs = options.map((option) => {
    const at = option.indexOf('=');
    return sql`${identifier(option.slice(0, at))} ${literal(option.slice(at + 1))}`;
  });
  return sql` OPTIONS (${joinSql(pairs)})`;
}

/** True for an option of a column that the server itself knows; any other is for the wrapper of a foreign table. */
export const isPlannerOption = (option: string): boolean => /^n_distinct(?:_inherited)?=/.test(option);
