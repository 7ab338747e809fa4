import { byObject } from '../sql/by-object.ts';
import { all, as } from '../sql/nodes.ts';
import type { Script, Statement } from '../sql/parser.ts';

/** A `SET`, `RESET` or `set_config` of a file. */
export type SessionSetting = {
  readonly statement: Statement;
  /** In lower case; `*` for RESET ALL and DISCARD ALL. */
  readonly name: string;
  /** Null: back to what it was when the session began. */
  readonly value: string | null;
  readonly local: boolean;
};

const constantText = (node: Parameters<typeof as>[0]): string => {
  const constant = as(node, 'A_Const');
  return constant?.sval?.sval ?? constant?.fval?.fval ?? String(constant?.ival?.ival ?? '');
};

const readSetting = (statement: Statement): SessionSetting | null => {
  const { node } = statement;
  if (as(node, 'DiscardStmt')?.target === 'DISCARD_ALL') return { statement, name: '*', value: null, local: false };
  const set = as(node, 'VariableSetStmt');
  if (set !== undefined) {
    const value = set.kind === 'VAR_SET_VALUE' ? (set.args ?? []).map(constantText).join(', ') : null;
    const name = set.kind === 'VAR_RESET_ALL' ? '*' : (set.name ?? '').toLowerCase();
    return { statement, name, value, local: set.is_local === true };
  }
  const call = as(all(as(node, 'SelectStmt')?.targetList, 'ResTarget')[0]?.val, 'FuncCall');
  const [setting, value, local] = call?.args ?? [];
  if (as(call?.funcname?.at(-1), 'String')?.sval !== 'set_config' || value === undefined) return null;
  return {
    statement,
    name: constantText(setting).toLowerCase(),
    value: constantText(value),
    local: as(local, 'A_Const')?.boolval?.boolval === true,
  };
};

/** What a file sets, in order. */
export const sessionSettings = byObject(10, (script: Script): readonly SessionSetting[] =>
  script.statements.flatMap((statement) => readSetting(statement) ?? []),
);
