import type { AlterTableType } from '@pgsql/types';
import type { Severity } from './report.ts';
import type { AlterAction, AlteredTable, CheckContext, Found } from './rule.ts';
import { severityFor } from './standing.ts';

/**
 * Looks at those actions of an `ALTER TABLE` that are of the wanted kinds; `severity` is what `full` becomes on this
 * table. Tables that the migration itself created are passed over.
 */
export const eachAction = (
  context: CheckContext,
  kinds: readonly AlterTableType[],
  full: Severity,
  look: (action: AlterAction, altered: AlteredTable, severity: Severity) => Found | null,
): readonly Found[] => {
  const altered = context.alter();
  if (altered === null) return [];
  const severity = severityFor(altered.standing, full);
  if (severity === null) return [];
  return altered.actions.flatMap((action) => {
    if (action.cmd.subtype === undefined || !kinds.includes(action.cmd.subtype)) return [];
    const found = look(action, altered, severity);
    return found === null ? [] : [found];
  });
};
