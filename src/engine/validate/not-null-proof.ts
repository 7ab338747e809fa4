import type { Table } from '../catalog/catalog.ts';
import { parseCheck, provesNotNull } from '../sql/expressions.ts';
import { as, strings, type WrittenName } from '../sql/nodes.ts';
import { keyOf } from '../sql/table-index.ts';
import type { CheckContext } from './rule.ts';

const checkProvesNotNull = (definition: string, column: string): boolean => {
  // Most checks are not about NULL at all: the parser is only asked about those that may be.
  const condition = /is\s+not\s+null/i.test(definition) ? parseCheck(definition) : null;
  return condition !== null && provesNotNull(condition, column);
};

const provedByCatalog = (table: Table, column: string, serverVersion: number): boolean => {
  if (table.columns.some((c) => c.name === column && c.notNull)) return true;
  if (table.constraints.some((c) => c.kind === 'primary key' && c.columns.includes(column))) return true;
  if (serverVersion < 120_000) return false;
  return table.constraints.some((c) => c.kind === 'check' && c.validated && checkProvesNotNull(c.definition, column));
};

/** Follows the checks that earlier statements of this file added and validated, for a table that no catalog knows. */
const provedInFile = (context: CheckContext, wanted: WrittenName, column: string): boolean => {
  const key = keyOf(context.database.resolve(wanted));
  const pending = new Set<string>();
  let proved = false;
  for (const statement of context.script.statements.slice(0, context.statement.index)) {
    const altered = context.alter(statement);
    if (altered === null || keyOf(altered.name) !== key) continue;
    for (const { cmd } of altered.actions) {
      const constraint = as(cmd.def, 'Constraint');
      if (cmd.subtype === 'AT_AddConstraint' && constraint !== undefined) {
        const check =
          constraint.contype === 'CONSTR_CHECK' &&
          context.serverVersion >= 120_000 &&
          constraint.raw_expr !== undefined &&
          provesNotNull(constraint.raw_expr, column);
        const notNull = constraint.contype === 'CONSTR_NOTNULL' && strings(constraint.keys).includes(column);
        if ((check || notNull) && constraint.skip_validation !== true) proved = true;
        else if (check || notNull) pending.add(constraint.conname ?? '');
      }
      if (cmd.subtype === 'AT_ValidateConstraint' && pending.has(cmd.name ?? '')) proved = true;
      if (cmd.subtype === 'AT_SetNotNull' && cmd.name === column) proved = true;
      if (cmd.subtype === 'AT_DropNotNull' && cmd.name === column) proved = false;
    }
  }
  return proved;
};

/**
 * True when PostgreSQL knows without reading the rows that a column holds no NULL: it is NOT NULL already, part of the
 * primary key, or (since 12) a validated CHECK says so.
 */
export const provenNotNull = (context: CheckContext, table: WrittenName, column: string): boolean => {
  const known = context.database.table(table);
  if (known !== null && provedByCatalog(known, column, context.serverVersion)) return true;
  return provedInFile(context, table, column);
};
