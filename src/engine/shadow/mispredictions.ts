import type { StatementEffects } from '../sql/effects.ts';
import { isStrongerLock, type LockMode } from '../sql/lock-mode.ts';
import type { Statement } from '../sql/parser.ts';
import type { Observation, RelationsSnapshot } from './observe-relations.ts';
import type { ShadowRunReport } from './report.ts';

export type Misprediction = NonNullable<ShadowRunReport['statements'][number]['mispredicted']>[number];

/** Statements whose plan decides what is read; only their locks can be foretold. */
const isPlanned = ({ node }: Pick<Statement, 'node'>): boolean =>
  'SelectStmt' in node ||
  'InsertStmt' in node ||
  'UpdateStmt' in node ||
  'DeleteStmt' in node ||
  'MergeStmt' in node ||
  'CopyStmt' in node ||
  'CreateTableAsStmt' in node ||
  'ExplainStmt' in node;

function strongest(modes: readonly LockMode[]): LockMode | null {
  return modes.reduce<LockMode | null>(
    (known, mode) => (known === null || isStrongerLock(mode, known) ? mode : known),
    null,
  );
}

/**
 * Where what was predicted of a statement and what it was seen to do disagree, for relations that were there before it.
 * Nothing is held against a prediction that says itself that it does not know, and no lock that the transaction held
 * already can be seen again.
 */
export function mispredictions(
  statement: Pick<Statement, 'node'>,
  predicted: StatementEffects,
  seen: Observation,
  before: RelationsSnapshot,
): readonly Misprediction[] {
  if (predicted.unsure.length > 0) return [];
  const found: Misprediction[] = [];
  const planned = isPlanned(statement);
  for (const [oid, { name, kind }] of before.relations) {
    const held = before.locks.get(oid) ?? new Set<LockMode>();
    const said = strongest(predicted.locks.filter(({ relation }) => relation === name).map(({ mode }) => mode));
    const took = strongest(seen.locks.filter(({ relation }) => relation === name).map(({ mode }) => mode));
    // A value that a default takes from a sequence keeps nobody waiting, and reading keeps nobody but DROP.
    const isTaken = kind === 'S' && said === null && (planned || took === 'ROW EXCLUSIVE');
    const isNoise = took === 'ACCESS SHARE' || isTaken;
    const observed = isNoise ? null : took;
    const isHeld = said !== null && held.has(said) && (observed === null || isStrongerLock(said, observed));
    // A copy without rows fires no trigger, and nothing follows a key: what is not seen then may happen all the same.
    const isUnseen = planned && observed === null;
    if (said !== observed && !isHeld && !isUnseen)
      found.push({ effect: 'lock', relation: name, predicted: said, observed });
    if (planned || (kind !== 'r' && kind !== 'm')) continue;
    const rewrite = [predicted.rewrites.includes(name), seen.rewrites.includes(name)] as const;
    const reads = seen.scans.includes(name) && !rewrite[1];
    const scan = [predicted.plannedScans.includes(name) ? reads : predicted.scans.includes(name), reads] as const;
    for (const [effect, [expected, happened]] of [['rewrite', rewrite] as const, ['scan', scan] as const]) {
      if (expected !== happened) {
        found.push({ effect, relation: name, predicted: expected ? effect : null, observed: happened ? effect : null });
      }
    }
  }
  return found;
}
