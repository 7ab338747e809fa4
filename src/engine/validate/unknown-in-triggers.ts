import type { CreateTrigStmt } from '@pgsql/types';
import type { ObjectName, Routine } from '../catalog/catalog.ts';
import { all, as, findNodes, nameOf, nameOfParts, strings } from '../sql/nodes.ts';
import { parseScript } from '../sql/parser.ts';
import { quoteIdentifier } from '../sql/quote-identifier.ts';
import { tokensOf } from '../sql/tokens.ts';
import { unquoteIdentifier } from '../sql/unquote-identifier.ts';
import type { CheckContext } from './rule.ts';
import type { SourceRange } from './statement-source.ts';
import { shown } from './wording.ts';

/** A field of NEW or OLD that the function of a new trigger uses and the trigger's table has not. */
type UnknownInTrigger = {
  readonly what: string;
  readonly range: SourceRange;
  readonly sqlstate: '42703';
  readonly object: ObjectName;
  readonly whenCalled: true;
};

/** A body that asks which table it is called for, or what went wrong, knows what it does not always find. */
const asks = /\btg_(?:table_name|relname|relid|argv)\b|\bexception\b|\binformation_schema\b|\bpg_attribute\b/i;

const systemColumns = new Set(['ctid', 'tableoid', 'xmin', 'xmax', 'cmin', 'cmax']);

const bodyOf = ({ definition }: Routine): string => {
  const script = parseScript(definition);
  const create = script.ok ? as(script.value.statements[0]?.node, 'CreateFunctionStmt') : undefined;
  const body = all(create?.options, 'DefElem').find(({ defname }) => defname === 'as')?.arg;
  return strings(as(body, 'List')?.items)[0] ?? '';
};

/** The fields of NEW and OLD that a body in PL/pgSQL reads or sets. */
const fieldsIn = (body: string): readonly string[] => {
  const tokens = tokensOf(body, 0, body.length).filter(({ kind }) => kind !== 'space' && kind !== 'comment');
  const texts = tokens.map(({ start, end }) => body.slice(start, end));
  return tokens.flatMap(({ kind }, at) => {
    const isField = kind === 'word' || kind === 'quoted identifier';
    if (!isField || texts[at - 1] !== '.' || !/^(?:new|old)$/i.test(texts[at - 2] ?? '') || texts[at - 3] === '.')
      return [];
    return [unquoteIdentifier(texts[at] ?? '')];
  });
};

/** True where a later statement gives the table the column, or makes the function anew. */
const comesLater = (context: CheckContext, column: string, trigger: CreateTrigStmt): boolean =>
  context.script.statements.slice(context.statement.index + 1).some(({ node }) => {
    const anew = as(node, 'CreateFunctionStmt');
    if (anew !== undefined) return strings(anew.funcname).at(-1) === strings(trigger.funcname).at(-1);
    const altered = as(node, 'AlterTableStmt');
    const renamed = as(node, 'RenameStmt');
    return (
      (altered ?? renamed)?.relation?.relname === trigger.relation?.relname &&
      (findNodes(altered, 'ColumnDef').some(({ colname }) => colname === column) || renamed?.newname === column)
    );
  });

/** What the function of a new trigger for each row uses of its rows although the table has no such column. */
export const unknownInTriggers = (context: CheckContext): readonly UnknownInTrigger[] => {
  const trigger = as(context.statement.node, 'CreateTrigStmt');
  if (trigger?.row !== true) return [];
  const relation = context.database.table(nameOf(trigger.relation)) ?? context.database.view(nameOf(trigger.relation));
  if (relation === null || context.created.has('table from a query', relation) || context.isUncertain(relation))
    return [];
  const written = nameOfParts(strings(trigger.funcname));
  const called = context.database.routines(written).find(({ arguments: taken }) => taken === '');
  const body = called?.language === 'plpgsql' ? bodyOf(called) : '';
  if (asks.test(body)) return [];
  const known = new Set(relation.columns.map(({ name }) => name));
  const missing = [...new Set(fieldsIn(body))].filter(
    (name) => !known.has(name) && !systemColumns.has(name) && !comesLater(context, name, trigger),
  );
  return missing.map((name) => ({
    what: `Column ${quoteIdentifier(name)} of ${shown(nameOf(trigger.relation))}, which ${shown(written)} uses,`,
    range: context.source.identifier(written.name) ?? context.source.range,
    sqlstate: '42703',
    object: relation,
    whenCalled: true,
  }));
};
