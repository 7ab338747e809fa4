import type { ChangeStyle } from '../../engine/catalog/change/change-context.ts';
import { type ChangeScript, scriptText } from '../../engine/catalog/change/change-script.ts';
import type { RenameCandidate } from '../../engine/catalog/rename-candidates.ts';

/** A change as a file of SQL: what it turns into what, what to look at first, and the statements. */
export function changeSqlText(change: {
  readonly script: ChangeScript;
  readonly candidates: readonly RenameCandidate[];
  readonly form: ChangeStyle['form'];
  readonly sides: readonly [string, string];
}): string {
  const { script, candidates, form, sides } = change;
  const comment = (text: string): string => `-- ${text.replaceAll(/\s+/g, ' ')}`;
  const head = [comment(`Turns ${sides[0]} into ${sides[1]}.`)];
  if (script.statements.length === 0) head.push(comment('There is nothing to run.'));
  else if (form === 'online' && script.statements.some(({ inTransaction }) => !inTransaction)) {
    head.push(comment('Not in one transaction: PostgreSQL refuses some of these statements there.'));
  }
  const losing = new Set(script.statements.flatMap(({ object, loses }) => (loses === null ? [] : [object])));
  const renames = candidates
    .filter(({ from }) => losing.has(from))
    .map(({ kind, from, to }) =>
      comment(
        `${kind} ${from} may be ${to} under its old name: below, one is dropped and the other made. If it is the same, rename it first and compare again, so that its data stays.`,
      ),
    );
  const text = scriptText(script);
  const body = form === 'transaction' && script.statements.length > 0 ? `BEGIN;\n${text}COMMIT;\n` : text;
  return [...head, ...renames, '', body].join('\n').trimEnd();
}
