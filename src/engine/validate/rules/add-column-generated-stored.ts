import { all, as, findNodes, nameOfParts, strings } from '../../sql/nodes.ts';
import { quoteIdentifier } from '../../sql/quote-identifier.ts';
import { typeRef } from '../../sql/type-name.ts';
import { eachAction } from '../each-action.ts';
import { columnConstraints, isNamedLater, replaceRange } from '../fixes.ts';
import { type AlterAction, type CheckContext, defineRule } from '../rule.ts';
import { shown } from '../wording.ts';

/** Constraints that a virtual column cannot have, and those for which all rows would be read all the same. */
const needsStored: ReadonlySet<string> = new Set(['CONSTR_UNIQUE', 'CONSTR_PRIMARY', 'CONSTR_FOREIGN', 'CONSTR_CHECK']);

/** A virtual column has a type and functions of the server's own, and neither index nor key. */
const canBeVirtual = (context: CheckContext, action: AlterAction): boolean => {
  const column = as(action.cmd.def, 'ColumnDef');
  const { database, serverVersion } = context;
  if (column === undefined || serverVersion < 180_000) return false;
  const parts = [column.typeName?.names, ...findNodes(column.constraints, 'TypeName').map(({ names }) => names)];
  const isBuiltIn = parts.every((names) => database.type(nameOfParts(strings(names))) === null);
  const calls = findNodes(column.constraints, 'FuncCall').map(({ funcname }) => nameOfParts(strings(funcname)));
  return (
    isBuiltIn &&
    typeRef(column.typeName).schema === null &&
    calls.every(({ schema, name }) => schema === 'pg_catalog' || database.routines({ schema, name }).length === 0) &&
    !all(column.constraints, 'Constraint').some(({ contype }) => needsStored.has(contype ?? '')) &&
    context.alter()?.actions.every((other) => other === action || !mentions(context, other, column.colname ?? '')) ===
      true &&
    !isNamedLater(context, column.colname ?? '', ({ node }) => 'IndexStmt' in node || 'AlterTableStmt' in node)
  );
};

const mentions = (context: CheckContext, { range }: AlterAction, name: string): boolean =>
  context.source.identifier(name, range) !== null;

export const addColumnGeneratedStored = defineRule({
  id: 'add-column-generated-stored',
  title: 'Stored generated column rewrites the table',
  category: 'rewrite',
  severity: 'error',
  servers: { from: 12 },
  on: ['AT_AddColumn'],
  docs: {
    what: 'ADD COLUMN … GENERATED ALWAYS AS (…) STORED on an existing table.',
    why: 'The value is computed and written for every row, under ACCESS EXCLUSIVE.',
    instead:
      'From PostgreSQL 18 a VIRTUAL column, computed when read, costs nothing to add. Otherwise a plain column with a trigger, backfilled in batches.',
    ignoreWhen: 'the table is small.',
    manual: 'https://www.postgresql.org/docs/current/ddl-generated-columns.html',
  },
  examples: [
    {
      name: 'on an existing table',
      setup: 'create table orders (a int);',
      up: 'ALTER TABLE orders ADD COLUMN twice int GENERATED ALWAYS AS (a * 2) STORED;',
      finds: [{ text: 'ADD COLUMN twice int GENERATED ALWAYS AS (a * 2) STORED', severity: 'error' }],
      fixed: 'ALTER TABLE orders ADD COLUMN twice int GENERATED ALWAYS AS (a * 2) VIRTUAL;',
      trace: { locks: { orders: 'ACCESS EXCLUSIVE' }, rewrites: ['orders'] },
    },
    {
      name: 'before 18 there is no virtual column to turn to',
      serverVersion: 17,
      up: 'alter table orders add column twice int generated always as (a * 2) stored;',
      finds: [{ text: 'add column twice int generated always as (a * 2) stored', severity: 'error' }],
    },
    {
      name: 'a virtual column',
      serverVersion: 18,
      setup: 'create table orders (a int);',
      up: 'alter table orders add column twice int generated always as (a * 2) virtual;',
      finds: [],
      trace: { rewrites: [] },
    },
    {
      name: 'in a new table',
      up: 'create table fresh (a int, b int generated always as (a) stored);',
      finds: [],
    },
  ],
  check: (context) =>
    eachAction(context, ['AT_AddColumn'], 'error', (action, altered, severity) => {
      const generated = columnConstraints(action).find(({ contype }) => contype === 'CONSTR_GENERATED');
      if (generated === undefined || generated.generated_kind === 'v') return null;
      const stored = context.source.words('STORED', action.range);
      const column = as(action.cmd.def, 'ColumnDef')?.colname ?? '';
      return {
        range: action.range,
        severity,
        message: `Computing ${quoteIdentifier(column)} rewrites all of ${shown(altered.written)} while nobody can read or write it (${altered.standing.words})`,
        evidence: { table: shown(altered.written), column, rewrite: true, rows: altered.standing.rows },
        fix:
          stored !== null && canBeVirtual(context, action)
            ? { title: 'Make it a virtual column', edits: [replaceRange(stored, 'VIRTUAL')] }
            : null,
      };
    }),
});
