import type { Node } from '@pgsql/types';
import type { Catalog, ObjectName } from '../catalog/catalog.ts';
import { all, as, findNodes, nameOf, nameOfParts, strings } from '../sql/nodes.ts';
import { parsePlpgsql, parseScript } from '../sql/parser.ts';
import { plpgsqlQueries } from '../sql/plpgsql-queries.ts';
import { type MissingName, missingNamesIn } from '../sql/references.ts';
import { signatureOfRoutine, takesArguments } from './routine-signature.ts';
import type { CheckContext } from './rule.ts';
import type { SourceRange } from './statement-source.ts';
import { shown } from './wording.ts';

/** A relation, column or function that a query reads or calls and that is not there. */
type UnknownInQuery = {
  readonly what: string;
  readonly range: SourceRange;
  readonly sqlstate: string;
  readonly object: ObjectName;
  /** True when the statement itself goes through and only calls of what it makes fail. */
  readonly whenCalled: boolean;
};

const systemColumns = new Set(['ctid', 'tableoid', 'xmin', 'xmax', 'cmin', 'cmax']);

/** Extensions may bring relations that the catalog does not list. */
const bringsRelations = ({ extensions }: Catalog): boolean =>
  extensions.some(
    ({ name, members }) =>
      name !== 'plpgsql' && (members === undefined ? false : members.some(({ kind }) => /table|view/.test(kind))),
  );

const isSystem = ({ schema, name }: Pick<MissingName, 'schema' | 'name'>): boolean =>
  schema === 'pg_catalog' || schema === 'information_schema' || schema === 'pg_temp' || name.startsWith('pg_');

const queryStatements = [
  'SelectStmt',
  'InsertStmt',
  'UpdateStmt',
  'DeleteStmt',
  'MergeStmt',
  'ViewStmt',
  'CreateTableAsStmt',
] as const;

const missingIn = (context: CheckContext, node: Node): readonly MissingName[] => {
  const { catalog, searchPath } = context.database;
  const isUnsure = (relation: ObjectName): boolean =>
    context.isUncertain(relation) ||
    context.created.has('table from a query', relation) ||
    // A view whose query was not followed to the end is known without its columns.
    (context.database.view(relation) ?? context.database.table(relation))?.columns.length === 0;
  return missingNamesIn(node, { catalog, searchPath, isUnsure }).filter((missing) => {
    if (missing.kind === 'relation') return !isSystem(missing) && !bringsRelations(catalog);
    // A function of one argument may be written like a column.
    return (
      !systemColumns.has(missing.name) && context.database.routines({ schema: null, name: missing.name }).length === 0
    );
  });
};

const unknown = (
  context: CheckContext,
  missing: MissingName,
  range: SourceRange,
  whenCalled: boolean,
): UnknownInQuery => {
  const relation = missing.relation ?? context.database.resolve({ schema: missing.schema, name: missing.name });
  const owner = missing.relation === null ? '' : ` of ${shown({ schema: null, name: missing.relation.name })}`;
  return missing.kind === 'relation'
    ? { what: `Table ${shown(missing)}`, range, sqlstate: '42P01', object: relation, whenCalled }
    : {
        what: `Column ${shown({ schema: null, name: missing.name })}${owner}`,
        range,
        sqlstate: '42703',
        object: relation,
        whenCalled,
      };
};

/**
 * Functions that are called by a name with its schema and are not there, or not with so many arguments. A bare name may
 * be one of the server's own, which the catalog does not list.
 */
const missingCalls = (context: CheckContext, node: Node): readonly Pick<UnknownInQuery, 'what' | 'object'>[] => {
  const { database } = context;
  if (database.catalog.extensions.some(({ name }) => name !== 'plpgsql')) return [];
  const called = as(node, 'CallStmt')?.funccall;
  return [...findNodes(node, 'FuncCall'), ...(called === undefined ? [] : [called])].flatMap((call) => {
    const written = nameOfParts(strings(call.funcname));
    const { schema, name } = written;
    if (schema === null || isSystem({ schema, name: '' }) || !database.hasSchema(schema)) return [];
    const signatures = database.routines(written).map(signatureOfRoutine);
    const count = call.args?.length ?? 0;
    if (signatures.some((one) => one === null || call.func_variadic === true || takesArguments(one, count))) return [];
    const what = signatures.length === 0 ? '' : ` with ${count} argument${count === 1 ? '' : 's'}`;
    return [{ what: `Function ${shown(written)}${what}`, object: { schema, name } }];
  });
};

const unknownCalls = (
  context: CheckContext,
  node: Node,
  range: SourceRange | null,
  whenCalled: boolean,
): readonly UnknownInQuery[] =>
  missingCalls(context, node).map(({ what, object }) => ({
    what,
    object,
    range: range ?? context.source.identifier(object.name) ?? context.source.range,
    sqlstate: '42883',
    whenCalled,
  }));

const inStatement = (context: CheckContext): readonly UnknownInQuery[] => {
  const { node } = context.statement;
  const calls = as(node, 'CreateFunctionStmt') === undefined ? unknownCalls(context, node, null, false) : [];
  return [...unknownInReading(context), ...calls];
};

const unknownInReading = (context: CheckContext): readonly UnknownInQuery[] => {
  const { node } = context.statement;
  if (!queryStatements.some((kind) => as(node, kind) !== undefined)) return [];
  return missingIn(context, node).map((missing) => {
    const from = { start: context.offset(missing.location ?? undefined), end: context.statement.end };
    return unknown(context, missing, context.source.identifier(missing.name, from) ?? context.source.range, false);
  });
};

/** The names of relations that some statement of a text makes, such as a temporary table of a body. */
const madeIn = (nodes: readonly Node[]): ReadonlySet<string> =>
  new Set(
    nodes.flatMap((node) => {
      const made =
        as(node, 'CreateStmt')?.relation ?? as(node, 'CreateTableAsStmt')?.into?.rel ?? as(node, 'ViewStmt')?.view;
      return made === undefined ? [] : [nameOf(made).name];
    }),
  );

/** True where a FROM names the relation: elsewhere its name only stands before that of a parameter or variable. */
const isRead = (nodes: readonly Node[], name: string): boolean =>
  findNodes(nodes, 'RangeVar').some(({ relname }) => relname === name);

const parsed = (text: string): readonly Node[] => {
  const script = parseScript(text);
  return script.ok ? script.value.statements.map(({ node }) => node) : [];
};

const setsBodiesUnchecked = (context: CheckContext): boolean =>
  context.script.statements
    .slice(0, context.statement.index)
    .some(({ node }) => as(node, 'VariableSetStmt')?.name === 'check_function_bodies');

/** What guards a query from running where its table is not there. */
const guarded = /\bexception\b|\bto_reg\w+|\bpg_(?:class|tables|attribute)\b|\binformation_schema\b|\balias\s+for\b/i;
const plpgsqlNames = /^(?:tg_\w+|found|sqlstate|sqlerrm|new|old)$/;

const inRoutine = (context: CheckContext): readonly UnknownInQuery[] => {
  const routine = as(context.statement.node, 'CreateFunctionStmt');
  if (routine === undefined) return [];
  const options = all(routine.options, 'DefElem');
  const language = as(options.find(({ defname }) => defname === 'language')?.arg, 'String')?.sval ?? 'sql';
  // A search path of its own leads elsewhere.
  if (options.some(({ defname }) => defname === 'set')) return [];
  const body = strings(as(options.find(({ defname }) => defname === 'as')?.arg, 'List')?.items)[0] ?? '';
  const own = nameOfParts(strings(routine.funcname)).name;
  const range = context.source.identifier(own) ?? context.source.head(2);
  const parameters = new Set(all(routine.parameters, 'FunctionParameter').flatMap(({ name }) => name ?? []));
  if (language === 'sql') {
    if (setsBodiesUnchecked(context)) return [];
    const nodes = routine.sql_body === undefined ? parsed(body) : [routine.sql_body];
    const made = madeIn(nodes);
    return nodes
      .flatMap((node) => missingIn(context, node))
      .filter(({ name }) => !parameters.has(name) && !made.has(name) && (name !== own || isRead(nodes, name)))
      .map((missing) => unknown(context, missing, range, false))
      .concat(nodes.flatMap((node) => unknownCalls(context, node, range, false)));
  }
  if (language !== 'plpgsql' || guarded.test(body)) return [];
  const isOfTrigger = strings(routine.returnType?.names).at(-1) === 'trigger';
  const tree = parsePlpgsql(context.statement.text);
  if (tree === null) return [];
  const { queries, variables } = plpgsqlQueries(tree);
  const nodes = queries.flatMap(parsed);
  const later = context.script.statements.slice(context.statement.index).map(({ node }) => node);
  // Parameters and variables may be written with the routine's own name, or that of their block, before them.
  const qualifiers = new Set([
    own,
    ...[...body.matchAll(/<<\s*"?(\w+)"?\s*>>/g)].map(([, label = '']) => label.toLowerCase()),
  ]);
  const made = madeIn([...nodes, ...later]);
  const isMadeLater = ({ name }: ObjectName): boolean =>
    later.some((node) => strings(as(node, 'CreateFunctionStmt')?.funcname).at(-1) === name);
  const addedLater = new Set(
    later.flatMap((node) => findNodes(node, 'ColumnDef').flatMap(({ colname }) => colname ?? [])),
  );
  return nodes
    .flatMap((node) => missingIn(context, node))
    .filter(({ kind, schema, name }) => {
      // The function of a trigger may read transition tables, which the trigger names.
      if (kind === 'relation')
        return (
          !made.has(name) &&
          !variables.has(name) &&
          (!qualifiers.has(name) || isRead(nodes, name)) &&
          !(isOfTrigger && schema === null)
        );
      return !variables.has(name) && !parameters.has(name) && !plpgsqlNames.test(name) && !addedLater.has(name);
    })
    .map((missing) => unknown(context, missing, range, true))
    .concat(
      nodes.flatMap((node) => unknownCalls(context, node, range, true)).filter(({ object }) => !isMadeLater(object)),
    );
};

/** What the queries of a statement read or call, those of a routine's body included, and that is not there. */
export const unknownInQueries = (context: CheckContext): readonly UnknownInQuery[] => {
  const seen = new Set<string>();
  return [...inStatement(context), ...inRoutine(context)].filter(({ what }) => {
    if (seen.has(what)) return false;
    seen.add(what);
    return true;
  });
};
