import type { Catalog } from '../catalog/catalog.ts';
import type { Facts } from '../catalog/facts.ts';
import { all, as, strings } from '../sql/nodes.ts';
import type { Script } from '../sql/parser.ts';
import { modeOf, type TransactionModes } from '../sql/transactions.ts';
import type { Tier } from './report.ts';
import type { ValidationSettings } from './validation-settings.ts';

type Known = {
  readonly tier: Tier;
  readonly catalog: Catalog | null;
  readonly facts: Facts | null;
  readonly scripts: { readonly up: Script; readonly down: Script | null };
  readonly parsed: { readonly up: boolean; readonly down: boolean };
  readonly transaction: TransactionModes;
  readonly unsure: readonly string[];
  readonly suppressed: readonly string[];
  readonly settings: ValidationSettings;
};

/** Statements whose text is only known when it runs. */
const dynamicSql = (script: Script): readonly string[] =>
  script.statements.flatMap((statement) => {
    if (as(statement.node, 'DoStmt') !== undefined)
      return [`the DO block at line ${statement.line}: what it executes is only known when it runs`];
    const routine = as(statement.node, 'CreateFunctionStmt');
    const language = all(routine?.options, 'DefElem').find(({ defname }) => defname === 'language');
    if (routine !== undefined && as(language?.arg, 'String')?.sval?.toLowerCase() !== 'sql')
      return [`the body of ${strings(routine.funcname).join('.')} (line ${statement.line})`];
    if (as(statement.node, 'CallStmt') !== undefined)
      return [`the procedure called at line ${statement.line}: what it does is not followed`];
    if (as(statement.node, 'CopyStmt') !== undefined) return [`the rows that COPY brings at line ${statement.line}`];
    return [];
  });

/** What the settings leave out beyond what the rules leave out by themselves. */
const leftOutBy = ({ rules, ignoredSchemas }: ValidationSettings): readonly string[] => {
  const off = Object.keys(rules).filter((id) => rules[id] === 'off');
  return [
    ...(off.length === 0 ? [] : [`rules that the settings switch off: ${off.join(', ')}`]),
    ...(ignoredSchemas.length === 0 ? [] : [`schemas that the settings ignore: ${ignoredSchemas.join(', ')}`]),
  ];
};

/** Says plainly what the findings do not speak about, each as a sentence part. */
export const notChecked = (known: Known): readonly string[] => {
  const list: string[] = [];
  if (!known.parsed.up) list.push('the up and the down together: the up does not parse');
  else if (!known.parsed.down) list.push('the down: it does not parse');
  if (known.catalog === null)
    list.push('whether names exist, what columns are, and what depends on them: no catalog was given');
  if (known.facts === null)
    list.push('how large the tables are: no facts were given, so tables that exist count as large and busy');
  if (known.catalog !== null && known.catalog.notModelled.length > 0)
    list.push(`objects that the catalog does not hold: ${known.catalog.notModelled.join(', ')}`);
  if (modeOf(known.transaction, 'up') === 'auto')
    list.push(
      'how your runner wraps the file: it is taken to run statement by statement, with BEGIN and COMMIT as written',
    );
  for (const script of [known.scripts.up, known.scripts.down]) if (script !== null) list.push(...dynamicSql(script));
  list.push(...known.unsure);
  if (known.tier !== 'shadow') list.push('whether the migration runs and the down restores: no shadow run was made');
  list.push(...leftOutBy(known.settings));
  for (const suppressed of known.suppressed) list.push(`suppressed: ${suppressed}`);
  return list;
};
