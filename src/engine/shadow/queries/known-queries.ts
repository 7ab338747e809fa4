import type { Node } from '@pgsql/types';
import type { Catalog, Routine } from '../../catalog/catalog.ts';
import type { Facts } from '../../catalog/facts.ts';
import { as, findNodes, strings } from '../../sql/nodes.ts';
import { parsePlpgsql, parseScript, type Statement } from '../../sql/parser.ts';
import { plpgsqlQueries } from '../../sql/plpgsql-queries.ts';
import { qualifiedName } from '../../sql/qualified-name.ts';
import { quoteIdentifier } from '../../sql/quote-identifier.ts';
import { tokensOf } from '../../sql/tokens.ts';

/** A query that somebody is known to run. */
export type KnownQuery = {
  readonly source: 'pg_stat_statements' | 'view' | 'function' | 'file';
  /** Where it stands: the view, the function, the file with its line; null for `pg_stat_statements`. */
  readonly name: string | null;
  /** What the report calls it. */
  readonly query: string;
  /** One statement that can be prepared, or whose columns can be asked for. */
  readonly text: string;
  /** True for a plain SELECT without parameters, whose result columns have names that can be asked for. */
  readonly isSelect: boolean;
};

/** A text with queries, and the file and line where it begins. */
export type QueryText = { readonly text: string; readonly path: string; readonly line: number };

/** Statements that can be prepared. */
const canBePrepared = (node: Node): boolean =>
  'SelectStmt' in node || 'InsertStmt' in node || 'UpdateStmt' in node || 'DeleteStmt' in node || 'MergeStmt' in node;

const isPlainSelect = ({ node }: Statement): boolean =>
  as(node, 'SelectStmt') !== undefined &&
  as(node, 'SelectStmt')?.intoClause === undefined &&
  findNodes(node, 'ParamRef').length === 0 &&
  (as(node, 'SelectStmt')?.lockingClause ?? []).length === 0;

function queriesIn(
  text: string,
  source: KnownQuery['source'],
  nameOf: (statement: Statement) => string | null,
): readonly KnownQuery[] {
  const script = parseScript(text);
  if (!script.ok) return [];
  return script.value.statements
    .filter(({ node }) => canBePrepared(node))
    .map((statement) => ({
      source,
      name: nameOf(statement),
      query: statement.text,
      text: statement.text,
      isSelect: isPlainSelect(statement),
    }));
}

/** Where the name of a column reference ends: names and dots from its first character on. */
function endOfReference(text: string, start: number): number {
  let end = start;
  for (const token of tokensOf(text)) {
    if (token.start < start) continue;
    const piece = text.slice(token.start, token.end);
    const isName = token.kind === 'word' || token.kind === 'quoted identifier' || piece === '.';
    if (token.start !== end || !isName) break;
    end = token.end;
  }
  return end;
}

/** The statement with the routine's variables taken for nulls of their types, so that it can be prepared by itself. */
function withoutVariables(text: string, variables: ReadonlyMap<string, string | null>, routine: string): string | null {
  const script = parseScript(text);
  const [statement, more] = script.ok ? script.value.statements : [];
  if (!script.ok || statement === undefined || more !== undefined || !canBePrepared(statement.node)) return null;
  const places = findNodes(statement.node, 'ColumnRef')
    .flatMap(({ fields, location }) => {
      const names = strings(fields);
      const parts = names[0] === routine ? names.slice(1) : names;
      const [first] = parts;
      if (first === undefined || (!variables.has(first) && first !== 'new' && first !== 'old')) return [];
      const type = parts.length === 1 ? (variables.get(first) ?? null) : null;
      return [{ start: script.value.offsets.fromByte(location ?? 0), type }];
    })
    .sort((a, b) => b.start - a.start);
  let filled = text;
  for (const { start, type } of places) {
    const isKnown = type !== null && !/%|^(?:record|refcursor|trigger)$/i.test(type);
    filled = `${filled.slice(0, start)}${isKnown ? `(null::${type})` : 'null'}${filled.slice(endOfReference(filled, start))}`;
  }
  return filled;
}

/** The static queries of a PL/pgSQL routine that read or write tables. */
function queriesOfRoutine(routine: Routine): readonly KnownQuery[] {
  if (routine.language !== 'plpgsql') return [];
  const body = parsePlpgsql(routine.definition);
  if (body === null) return [];
  const { queries, variables } = plpgsqlQueries(body);
  return queries.flatMap((query) => {
    const text = withoutVariables(query, variables, routine.name);
    const script = text === null ? null : parseScript(text);
    if (text === null || script === null || !script.ok) return [];
    const [statement] = script.value.statements;
    const readsNothing =
      statement !== undefined && 'SelectStmt' in statement.node && findNodes(statement.node, 'RangeVar').length === 0;
    if (statement === undefined || readsNothing) return [];
    const name = `${qualifiedName(routine)}(${routine.arguments})`;
    // What it returns goes into variables; only whether it can be prepared counts.
    return [{ source: 'function' as const, name, query: query.trim().replaceAll(/\s+/g, ' '), text, isSelect: false }];
  });
}

/** Every query that is known to run on a database: of its views and routines, of its statistics, of the given texts. */
export function knownQueries(
  catalog: Catalog,
  facts: Facts | null,
  texts: readonly QueryText[],
): readonly KnownQuery[] {
  const views = catalog.views.map((view): KnownQuery => {
    const columns = view.columns.map(({ name }) => quoteIdentifier(name)).join(', ');
    const text = `select ${columns} from ${qualifiedName(view)}`;
    return { source: 'view', name: qualifiedName(view), query: text, text, isSelect: true };
  });
  return [
    ...views,
    ...catalog.routines.flatMap(queriesOfRoutine),
    ...(facts?.statements ?? []).flatMap(({ text }) => queriesIn(text, 'pg_stat_statements', () => null)),
    ...texts.flatMap(({ text, path, line }) =>
      queriesIn(text, 'file', (statement) => `${path}:${line + statement.line - 1}`),
    ),
  ];
}
