import type { Node } from '@pgsql/types';
import { all, as, strings } from '../../engine/sql/nodes.ts';
import { parseScript } from '../../engine/sql/parser.ts';
import { guardedSettingObjection } from './guarded-setting.ts';
import { isReadingFunction } from './reading-functions.ts';

/** What a read-only session may do with a statement: send it, knowing what it does to the transaction, or refuse it. */
export type ReadOnlyVerdict =
  | { readonly kind: 'reads' }
  | { readonly kind: 'opens transaction' }
  | { readonly kind: 'closes transaction' }
  | { readonly kind: 'refused'; readonly why: string };

/**
 * Judges a text by its parse tree: exactly one statement, of a kind that reads, which names no function but those that are
 * known to read. This is the last of four layers. It cannot see what a view, an operator or a column that is really a
 * function does; the server's own read-only mode can. `loadParser` must have finished before.
 */
export function readOnlyVerdict(text: string): ReadOnlyVerdict {
  const script = parseScript(text);
  if (!script.ok) return refused(`it is not SQL: ${script.error.message}`);
  const [statement, second] = script.value.statements;
  if (statement === undefined) return refused('it is empty');
  if (second !== undefined) return refused('it holds more than one statement');
  const { node } = statement;
  const transaction = as(node, 'TransactionStmt');
  if (transaction !== undefined) return transactionVerdict(transaction);
  const why = statementObjection(node);
  return why === null ? { kind: 'reads' } : refused(why);
}

const refused = (why: string): ReadOnlyVerdict => ({ kind: 'refused', why });

type TransactionContent = Extract<Node, { TransactionStmt: unknown }>['TransactionStmt'];

function transactionVerdict({ kind, options, chain }: TransactionContent): ReadOnlyVerdict {
  switch (kind) {
    case 'TRANS_STMT_BEGIN':
    case 'TRANS_STMT_START': {
      const modes = all(options, 'DefElem').filter(({ defname }) => defname === 'transaction_read_only');
      return modes.length > 0 && modes.every(({ arg }) => isTrue(arg))
        ? { kind: 'opens transaction' }
        : refused('a transaction of this session must be read only');
    }
    case 'TRANS_STMT_COMMIT':
    case 'TRANS_STMT_ROLLBACK':
      return chain === true ? refused('AND CHAIN opens another transaction') : { kind: 'closes transaction' };
    case 'TRANS_STMT_SAVEPOINT':
    case 'TRANS_STMT_RELEASE':
    case 'TRANS_STMT_ROLLBACK_TO':
      return { kind: 'reads' };
    default:
      return refused('a prepared transaction outlives its session');
  }
}

/** True, or the `1` that the parser writes for READ ONLY. */
function isTrue(node: Node | undefined): boolean {
  const constant = as(node, 'A_Const');
  return constant?.boolval?.boolval === true || (constant?.ival?.ival ?? 0) === 1;
}

function statementObjection(node: Node): string | null {
  if (as(node, 'VariableShowStmt') !== undefined) return null;
  const explain = as(node, 'ExplainStmt');
  if (explain !== undefined) {
    const runs = all(explain.options, 'DefElem').some(({ defname }) => /^analy[sz]e$/i.test(defname ?? ''));
    if (runs) return 'EXPLAIN ANALYZE runs the statement';
    return explain.query === undefined ? null : statementObjection(explain.query);
  }
  if (as(node, 'SelectStmt') === undefined) return `${wordsOf(node)} does more than read`;
  return treeObjection(node);
}

/** Why a part of the query may not be sent; null when all parts only read. */
function treeObjection(root: Node): string | null {
  const waiting: unknown[] = [root];
  while (waiting.length > 0) {
    const part = waiting.pop();
    if (Array.isArray(part)) waiting.push(...part);
    else if (typeof part === 'object' && part !== null) {
      for (const [name, content] of Object.entries(part)) {
        const why = partObjection(name, content);
        if (why !== null) return why;
        waiting.push(content);
      }
    }
  }
  return null;
}

function partObjection(name: string, content: unknown): string | null {
  if (name === 'intoClause') return 'SELECT INTO makes a table';
  if (name === 'lockingClause') return 'it locks rows';
  if (name === 'FuncCall') return functionObjection({ FuncCall: content } as Node);
  if (name === 'A_Expr') return operatorObjection({ A_Expr: content } as Node);
  if (name.endsWith('Stmt') && name !== 'SelectStmt') return `${wordsOf({ [name]: content })} does more than read`;
  return null;
}

function functionObjection(node: Node): string | null {
  const call = as(node, 'FuncCall');
  const [name = '', schema = 'pg_catalog', ...rest] = strings(call?.funcname).toReversed();
  if (schema !== 'pg_catalog' || rest.length > 0) return `${schema}.${name}() is not a function of the server`;
  if (name === 'set_config') return guardedSettingObjection(call?.args ?? []);
  return isReadingFunction(name) ? null : `${name}() is not known to only read`;
}

function operatorObjection(node: Node): string | null {
  const [schema, operator] = strings(as(node, 'A_Expr')?.name);
  const foreign = operator !== undefined && schema !== 'pg_catalog';
  return foreign ? `OPERATOR(${schema}.${operator}) is not an operator of the server` : null;
}

/** `AlterTableStmt` becomes `ALTER TABLE`. */
const wordsOf = (node: object): string =>
  (Object.keys(node)[0] ?? '')
    .replace(/Stmt$/, '')
    .replace(/(?<=[a-z])(?=[A-Z])/g, ' ')
    .toUpperCase();
