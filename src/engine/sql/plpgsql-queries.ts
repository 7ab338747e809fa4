/** What the body of a PL/pgSQL routine says of its queries. */
export type PlpgsqlQueries = {
  /** The static queries and expressions, each as the statement that PostgreSQL makes of it. */
  readonly queries: readonly string[];
  /** True when it builds further SQL while it runs. */
  readonly isDynamic: boolean;
  /** Its variables and parameters with their types as written; null for records without one. */
  readonly variables: ReadonlyMap<string, string | null>;
};

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** A text in the body, as the statement that PostgreSQL makes of it. */
function statementOf(expression: Record<string, unknown>): string | null {
  const { query, parseMode } = expression;
  if (typeof query !== 'string') return null;
  switch (parseMode ?? 0) {
    case 0:
      return query;
    case 2:
      return `SELECT ${query}`;
    default:
      // An assignment: what stands behind := or =.
      return `SELECT ${query.replace(/^[^:=]*(?::=|=)/, '')}`;
  }
}

/** Reads the tree that `parsePlpgsql` gives. */
export function plpgsqlQueries(body: unknown): PlpgsqlQueries {
  const queries: string[] = [];
  const variables = new Map<string, string | null>();
  let isDynamic = false;
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) for (const item of value) visit(item);
    else if (isObject(value)) {
      for (const [key, child] of Object.entries(value)) {
        if (
          (key === 'PLpgSQL_var' || key === 'PLpgSQL_rec') &&
          isObject(child) &&
          typeof child['refname'] === 'string'
        ) {
          const type = isObject(child['datatype']) ? child['datatype']['PLpgSQL_type'] : null;
          const name = isObject(type) ? type['typname'] : null;
          variables.set(child['refname'], typeof name === 'string' && name !== 'record' ? name : null);
        }
        if (key === 'PLpgSQL_expr' && isObject(child)) {
          const text = statementOf(child);
          if (text !== null) queries.push(text);
        } else {
          if (/^PLpgSQL_stmt_dyn/.test(key)) isDynamic = true;
          visit(child);
        }
      }
    }
  };
  visit(body);
  return { queries, isDynamic, variables };
}
