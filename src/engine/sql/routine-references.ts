import type { CreateFunctionStmt, Node } from '@pgsql/types';
import type { Catalog, ObjectName, Routine } from '../catalog/catalog.ts';
import { byObject } from './by-object.ts';
import { catalogLookup, firstFound } from './catalog-lookup.ts';
import { all, as, strings } from './nodes.ts';
import { parsePlpgsql, parseScript } from './parser.ts';
import { plpgsqlQueries } from './plpgsql-queries.ts';
import { resultTypes } from './references/calls.ts';
import { inWords } from './references/in-words.ts';
import type { QueryFault, Reference, ReferenceContext } from './references/surroundings.ts';
import { typesIn } from './references/types.ts';
import { readQuery } from './references.ts';
import { parseType, typeRef } from './type-name.ts';

/** What a routine uses, as far as its text says. */
export type RoutineReferences = {
  readonly references: readonly Reference[];
  /** What the server will have against its queries when it is called. */
  readonly faults: readonly QueryFault[];
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

type Body = {
  readonly nodes: readonly Node[];
  readonly notFollowed: readonly string[];
  readonly fields: readonly string[];
  /** Variables of PL/pgSQL with their types as written; null for the others. */
  readonly variables: ReadonlyMap<string, string | null>;
};

type Parsed = {
  readonly create: CreateFunctionStmt;
  readonly body: Body;
} | null;

const noBody: Omit<Body, 'notFollowed'> = { nodes: [], fields: [], variables: new Map() };

function plpgsqlBody(definition: string): Body {
  // A row type is taken for that of a scalar, to whose fields nothing can be assigned, unless the table alone is named.
  const body = parsePlpgsql(definition.replaceAll(/%\s*rowtype\b/gi, (written) => ' '.repeat(written.length)));
  if (body === null) return { ...noBody, notFollowed: ['its body, which cannot be parsed'] };
  const { queries, isDynamic, variables } = plpgsqlQueries(body);
  const notFollowed = new Set<string>();
  const nodes = queries.flatMap((text) => {
    const script = parseScript(text);
    if (!script.ok) notFollowed.add(`"${text}", which cannot be parsed`);
    return script.ok ? script.value.statements.map(({ node }) => node) : [];
  });
  if (isDynamic) notFollowed.add('SQL that it builds while it runs');
  return { nodes, notFollowed: [...notFollowed], fields: assignedFields(body), variables };
}

function sqlBody(create: CreateFunctionStmt): Body {
  if (create.sql_body !== undefined) return { ...noBody, nodes: [create.sql_body], notFollowed: [] };
  const body = all(create.options, 'DefElem').find(({ defname }) => defname === 'as')?.arg;
  const parsed = parseScript(strings(as(body, 'List')?.items)[0] ?? '');
  if (!parsed.ok) return { ...noBody, notFollowed: ['its body, which cannot be parsed'] };
  return { ...noBody, nodes: parsed.value.statements.map(({ node }) => node), notFollowed: [] };
}

/** Bodies are parsed once, however many catalogs they are held against. */
const parsedOf = byObject(2_000, ({ definition, language }: Routine): { readonly parsed: Parsed } => {
  const script = parseScript(definition);
  const create = script.ok ? as(script.value.statements[0]?.node, 'CreateFunctionStmt') : undefined;
  if (create === undefined) return { parsed: null };
  const body = language.toLowerCase() === 'plpgsql' ? plpgsqlBody(definition) : sqlBody(create);
  return { parsed: { create, body } };
});

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

const missing = (fault: Pick<QueryFault, 'kind' | 'sqlstate' | 'reason' | 'name'>): QueryFault => ({
  schema: null,
  relation: null,
  location: null,
  ...fault,
});

/** What is wrong with the types of variables, `t.c%TYPE` among them. */
function faultsOfTypes(body: Body, context: ReferenceContext): readonly QueryFault[] {
  const lookup = catalogLookup(context.catalog);
  const types = typesIn(lookup, context.searchPath);
  return [...body.variables.values()].flatMap((written): readonly QueryFault[] => {
    if (written === null) return [];
    const copied = /^(.*?)\s*%\s*type$/is.exec(written)?.[1];
    const type = parseType(copied ?? written);
    if (type === null) return [];
    if (copied === undefined) {
      if (types.written(type) !== undefined) return [];
      return [missing({ kind: 'type', sqlstate: '42704', reason: `type ${written} does not exist`, name: type.name })];
    }
    // The parser takes the table for the schema of the column; with a schema of its own it stands before both.
    const [schema, table] = namesOf(copied, type.name);
    if (table === undefined) return [];
    const relation = firstFound(
      { schema: schema ?? null, name: table },
      context.searchPath,
      (name) => lookup.table(name) ?? lookup.view(name),
    );
    if (relation?.columns.some(({ name }) => name === type.name) === true) return [];
    const reason = `column ${inWords(table)}.${inWords(type.name)} of a %TYPE does not exist`;
    return [missing({ kind: 'column', sqlstate: '42703', reason, name: type.name })];
  });
}

/** The schema, if any, and the table before the name of a column. */
function namesOf(written: string, column: string): readonly [string | undefined, string | undefined] {
  const parts = (written.match(/"(?:[^"]|"")+"|[^."\s]+/gu) ?? []).map((part) =>
    part.startsWith('"') ? part.slice(1, -1).replaceAll('""', '"') : part.toLowerCase(),
  );
  return parts.at(-1) === column ? [parts.at(-3), parts.at(-2)] : [undefined, undefined];
}

const plpgsqlNames = ['tg_argv', 'found', 'sqlstate', 'sqlerrm'];

/** What the names in a body stand for. */
function contextOf(
  routine: Routine,
  { create, body }: NonNullable<Parsed>,
  context: Pick<ReferenceContext, 'catalog' | 'refuses'>,
): ReferenceContext {
  const { catalog } = context;
  const searchPath = searchPathOf(create.options, catalog);
  const lookup = catalogLookup(catalog);
  const rowOf = (type: ReturnType<typeof parseType>): ObjectName | undefined =>
    type === null || type.array
      ? undefined
      : firstFound(type, searchPath, (name) => lookup.table(name) ?? lookup.view(name));
  const triggering = tablesTriggering(catalog, routine);
  const records = new Map<string, readonly ObjectName[]>([
    ['new', triggering],
    ['old', triggering],
  ]);
  const parameters = all(create.parameters, 'FunctionParameter');
  for (const { name, argType } of parameters) {
    const row = rowOf(typeRef(argType));
    if (name !== undefined && row !== undefined) records.set(name, [row]);
  }
  const isPlpgsql = routine.language.toLowerCase() === 'plpgsql';
  for (const [name, type] of body.variables) {
    const row = type === null || type === 'record' ? undefined : rowOf(parseType(type));
    if (row !== undefined) records.set(name, [row]);
  }
  return {
    ...context,
    searchPath,
    records,
    variables: new Set([
      ...parameters.flatMap(({ name }) => name ?? []),
      ...body.variables.keys(),
      ...(isPlpgsql ? plpgsqlNames : []),
      routine.name,
    ]),
    variablesConflict: isPlpgsql && !/#variable_conflict\s+use_/i.test(routine.definition),
  };
}

/** What the last query of a SQL function gives and its result cannot hold. */
function faultsOfResult(
  routine: Routine,
  columns: readonly { readonly type: string | null }[] | null,
  context: ReferenceContext,
): readonly QueryFault[] {
  const types = typesIn(catalogLookup(context.catalog), context.searchPath);
  const wanted = columns === null || routine.result === 'void' ? null : resultTypes(routine, types);
  if (columns === null || wanted === null) return [];
  const fault = (reason: string): readonly QueryFault[] => [
    missing({ kind: 'shape', sqlstate: '42P13', reason, name: '' }),
  ];
  // One column may be the whole row.
  if (columns.length !== wanted.length)
    return columns.length === 1 ? [] : fault(`its last query gives ${columns.length} columns, not ${wanted.length}`);
  for (const [index, { type }] of columns.entries()) {
    const [from, to] = [types.base(type), types.base(wanted[index] ?? null)];
    const reason =
      from === null || to === null || from === to || from === 'unknown'
        ? null
        : (context.refuses?.({ type: from }, to) ?? null);
    if (reason !== null) return fault(reason);
  }
  return [];
}

/**
 * The tables, views and columns that the body of a routine uses, and what is wrong with that: of SQL and PL/pgSQL, whose
 * static queries PostgreSQL's own parser reads; NEW and OLD are rows of the tables whose triggers call it. `loadParser`
 * must have finished before.
 */
export function routineReferences(
  routine: Routine,
  catalog: Catalog,
  refuses?: ReferenceContext['refuses'],
): RoutineReferences {
  const language = routine.language.toLowerCase();
  const none = { references: [], faults: [] };
  if (language !== 'sql' && language !== 'plpgsql')
    return { ...none, notFollowed: [`its body in ${routine.language}`] };
  const { parsed } = parsedOf(routine);
  if (parsed === null) return { ...none, notFollowed: ['its definition, which cannot be parsed'] };
  const context = contextOf(routine, parsed, { catalog, ...(refuses === undefined ? {} : { refuses }) });
  const { nodes, fields, notFollowed } = parsed.body;
  const readings = nodes.flatMap((node) => readQuery(node, context) ?? []);
  const records = context.records?.get('new') ?? [];
  const references = readings.flatMap((reading) => reading.references);
  for (const column of fields) for (const relation of records) references.push({ relation, column, location: null });
  const isText = parsed.create.sql_body === undefined;
  // A body that the server has parsed itself it keeps right.
  const faults = isText
    ? [
        ...readings.flatMap((reading) => reading.faults),
        ...faultsOfTypes(parsed.body, context),
        ...faultsOfFields(fields, records, catalog),
        ...(language === 'sql' ? faultsOfResult(routine, readings.at(-1)?.columns ?? null, context) : []),
      ]
    : [];
  return { references, faults, notFollowed };
}

/** Fields of NEW that every one of the tables whose triggers call the routine lacks. */
function faultsOfFields(
  fields: readonly string[],
  records: readonly ObjectName[],
  catalog: Catalog,
): readonly QueryFault[] {
  const lookup = catalogLookup(catalog);
  const tables = records.flatMap((name) => lookup.table(name) ?? lookup.view(name) ?? []);
  return fields
    .filter((field) => tables.length > 0 && tables.some(({ columns }) => !columns.some(({ name }) => name === field)))
    .map((name) =>
      missing({ kind: 'column', sqlstate: '42703', reason: `record new has no field ${inWords(name)}`, name }),
    );
}
