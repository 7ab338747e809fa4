import type { Node } from '@pgsql/types';
import type { Catalog, ObjectName, Routine } from '../catalog/catalog.ts';
import { all, as, strings } from './nodes.ts';
import { parsePlpgsql, parseScript } from './parser.ts';
import { plpgsqlQueries } from './plpgsql-queries.ts';
import type { Reference, ReferenceContext } from './references/surroundings.ts';
import { referencesIn } from './references.ts';

/** What a routine uses, as far as its text says. */
export type RoutineReferences = {
  readonly references: readonly Reference[];
  /** Why there may be more: each in words. Empty when the whole body was read. */
  readonly notFollowed: readonly string[];
};

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** The fields of NEW and OLD that a PL/pgSQL body assigns to: they are no part of any query. */
function assignedFields(body: unknown): readonly string[] {
  const fields: string[] = [];
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) for (const item of value) visit(item);
    else if (isObject(value)) {
      const assignment = value['PLpgSQL_stmt_assign'];
      const expression =
        isObject(assignment) && isObject(assignment['expr']) ? assignment['expr']['PLpgSQL_expr'] : null;
      const text = isObject(expression) && typeof expression['query'] === 'string' ? expression['query'] : '';
      const field = /^\s*(?:new|old)\s*\.\s*(?:"((?:[^"]|"")+)"|([\p{L}_][\p{L}\p{N}_$]*))/iu.exec(text);
      if (field !== null) fields.push(field[1]?.replaceAll('""', '"') ?? field[2]?.toLowerCase() ?? '');
      for (const child of Object.values(value)) visit(child);
    }
  };
  visit(body);
  return fields;
}

function plpgsqlReferences(definition: string, context: ReferenceContext): RoutineReferences {
  const body = parsePlpgsql(definition);
  if (body === null) return { references: [], notFollowed: ['its body, which cannot be parsed'] };
  const references: Reference[] = [];
  const notFollowed = new Set<string>();
  const read = (text: string): void => {
    const script = parseScript(text);
    if (!script.ok) {
      notFollowed.add(`"${text}", which cannot be parsed`);
      return;
    }
    for (const { node } of script.value.statements) references.push(...(referencesIn(node, context) ?? []));
  };
  const { queries, isDynamic } = plpgsqlQueries(body);
  for (const text of queries) read(text);
  if (isDynamic) notFollowed.add('SQL that it builds while it runs');
  const records = context.records?.get('new') ?? [];
  for (const column of assignedFields(body))
    for (const relation of records) references.push({ relation, column, location: null });
  return { references, notFollowed: [...notFollowed] };
}

/** The tables whose triggers call a routine. */
const tablesTriggering = (catalog: Catalog, routine: ObjectName): readonly ObjectName[] =>
  [...catalog.tables, ...catalog.views].filter(({ triggers }) =>
    triggers.some(({ function: called }) => called.schema === routine.schema && called.name === routine.name),
  );

/** The search path that the routine sets for itself, or the database's. */
function searchPathOf(options: readonly Node[] | undefined, catalog: Catalog): readonly string[] {
  for (const { defname, arg } of all(options, 'DefElem')) {
    const setting = defname === 'set' ? as(arg, 'VariableSetStmt') : undefined;
    if (setting?.name !== 'search_path') continue;
    return all(setting.args, 'A_Const').flatMap(({ sval }) => (sval?.sval === undefined ? [] : [sval.sval]));
  }
  return catalog.server.searchPath;
}

/**
 * The tables, views and columns that the body of a routine uses: of SQL and PL/pgSQL, whose static queries PostgreSQL's
 * own parser reads; NEW and OLD are rows of the tables whose triggers call it. `loadParser` must have finished before.
 */
export function routineReferences(routine: Routine, catalog: Catalog): RoutineReferences {
  const language = routine.language.toLowerCase();
  if (language !== 'sql' && language !== 'plpgsql')
    return { references: [], notFollowed: [`its body in ${routine.language}`] };
  const script = parseScript(routine.definition);
  const statement = script.ok ? as(script.value.statements[0]?.node, 'CreateFunctionStmt') : undefined;
  if (statement === undefined) return { references: [], notFollowed: ['its definition, which cannot be parsed'] };
  const triggering = tablesTriggering(catalog, routine);
  const context: ReferenceContext = {
    catalog,
    searchPath: searchPathOf(statement.options, catalog),
    records: new Map([
      ['new', triggering],
      ['old', triggering],
    ]),
  };
  if (language === 'plpgsql') return plpgsqlReferences(routine.definition, context);
  if (statement.sql_body !== undefined)
    return { references: referencesIn(statement.sql_body, context) ?? [], notFollowed: [] };
  const body = all(statement.options, 'DefElem').find(({ defname }) => defname === 'as')?.arg;
  const parsed = parseScript(strings(as(body, 'List')?.items)[0] ?? '');
  if (!parsed.ok) return { references: [], notFollowed: ['its body, which cannot be parsed'] };
  const references = parsed.value.statements.flatMap(({ node }) => referencesIn(node, context) ?? []);
  return { references, notFollowed: [] };
}
