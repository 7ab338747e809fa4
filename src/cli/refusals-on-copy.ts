import type { Catalog } from '../engine/catalog/catalog.ts';
import type { CopyForUps } from '../engine/shadow/copy-for-ups.ts';
import type { TransactionMode } from '../engine/sql/transactions.ts';
import type { RefusedStatement } from '../engine/validate/refused/refused-statements.ts';
import type { CommandContext } from './command-context.ts';

/** Runs the next up on the copy; where the server refuses it, or null. */
type RefusalOf = (
  catalog: Catalog | null,
  up: string,
  transaction: TransactionMode,
) => Promise<RefusedStatement | null>;

/**
 * Runs ups one after the other on one copy. Once one has not run to its end the copy tells nothing of those after it, as
 * none does where there is no copy.
 */
export function refusalsOnCopy(
  copy: CopyForUps | null,
  { serverVersion }: { readonly serverVersion: number },
  { clock, signal }: CommandContext,
): RefusalOf {
  let isCurrent = true;
  return async (catalog, up, transaction) => {
    if (!isCurrent || copy === null || catalog === null) return null;
    const { firstRefusal } = await import('../engine/shadow/first-refusal.ts');
    const outcome = await firstRefusal({ copy, serverVersion, transaction, catalog, up, clock, signal });
    isCurrent = outcome.kind === 'taken';
    return outcome.kind === 'refused' ? outcome.statement : null;
  };
}
