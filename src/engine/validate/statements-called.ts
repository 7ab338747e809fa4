import type { FuncCall, Node } from '@pgsql/types';
import { all, as, findNodes, nameOfParts, strings } from '../sql/nodes.ts';
import { parsePlpgsql, parseScript } from '../sql/parser.ts';
import { plpgsqlQueries } from '../sql/plpgsql-queries.ts';
import { namesSingleRows, unknownRows } from './few-rows.ts';
import type { CheckContext } from './rule.ts';

/** What a body in PL/pgSQL runs, unless it commits in between. */
const bodyOf = (definition: string): readonly Node[] =>
  /\bcommit\b/i.test(definition)
    ? []
    : plpgsqlQueries(parsePlpgsql(definition)).queries.flatMap((query) => {
        const script = parseScript(query);
        return script.ok ? script.value.statements.map(({ node }) => node) : [];
      });

/** What a body in SQL runs. */
const queriesOf = (definition: string): readonly Node[] => {
  const script = parseScript(definition);
  const create = script.ok ? as(script.value.statements[0]?.node, 'CreateFunctionStmt') : undefined;
  const body = all(create?.options, 'DefElem').find(({ defname }) => defname === 'as')?.arg;
  const parsed = parseScript(strings(as(body, 'List')?.items)[0] ?? '');
  return parsed.ok ? parsed.value.statements.map(({ node }) => node) : [];
};

/** The routines that a CALL, or the list of a SELECT, calls; `often`: once for each row of tables. */
const callsIn = ({ node }: CheckContext['statement']): readonly { call: FuncCall; often: boolean }[] => {
  const call = as(node, 'CallStmt')?.funccall;
  if (call !== undefined) return [{ call, often: false }];
  return all([node], 'SelectStmt').flatMap(({ targetList, fromClause, whereClause, limitCount }) => {
    const often =
      findNodes(fromClause, 'RangeVar').length > 0 &&
      limitCount === undefined &&
      !namesSingleRows(whereClause, unknownRows);
    return findNodes(targetList, 'FuncCall').map((called) => ({ call: called, often }));
  });
};

/**
 * The statements that routines run which a statement calls, as far as their bodies are read: those in SQL, and those in
 * PL/pgSQL that commit nothing in between. `often`: once for each row of a table.
 */
export const statementsCalled = ({ statement, database }: CheckContext): readonly { node: Node; often: boolean }[] =>
  (database.catalog.routines.length === 0 ? [] : callsIn(statement)).flatMap(({ call, often }) =>
    database.routines(nameOfParts(strings(call.funcname))).flatMap(({ language, definition }) =>
      (language === 'plpgsql' ? bodyOf(definition) : language === 'sql' ? queriesOf(definition) : []).map((node) => ({
        node,
        often,
      })),
    ),
  );
