import { useEffect, useMemo, useRef, useState } from 'react';
import type { Catalog } from '../../../../../engine/catalog/catalog.ts';
import type { ComparedObject } from '../../../../../engine/catalog/compared-objects.ts';
import type { CatalogComparison } from '../../../../../shared/catalog-comparison.ts';
import type { ConnectionId } from '../../../../../shared/ids.ts';
import type { ComparedSide } from '../../../../../shared/ipc/contract.ts';
import type { RequestOutput } from '../../../../../shared/ipc/wire.ts';
import { unpack } from '../../../ipc/unpack.ts';
import { type Operation, useOperation } from '../../../ipc/use-operation.ts';
import { useRequest } from '../../../ipc/use-request.ts';
import { type ComparisonChoice, useComparisonChoice } from './comparison-choice.ts';
import { type ObjectMarks, objectMarks } from './object-marks.ts';

export type KeptReading = RequestOutput<'catalog.readings'>[number];

/** How the shown catalog differs from another one: from the reading that was seen last, unless something else was chosen. */
export type Comparison = {
  readonly choice: ComparisonChoice;
  /** The kept readings of this database, the newest first. */
  readonly readings: readonly KeptReading[];
  /** The reading up to which changes were seen, where the shown one differs from it. */
  readonly seen: KeptReading | null;
  /** What differs; null while nothing is compared, and before the answer is there. */
  readonly objects: readonly ComparedObject[] | null;
  readonly notes: readonly string[];
  readonly marks: ObjectMarks;
  readonly operation: Operation<'catalog.compare'>;
  /** False where there is nothing to compare with yet. */
  readonly hasBase: boolean;
  readonly again: () => void;
};

const none: readonly KeptReading[] = [];
const noMarks: ObjectMarks = new Map();

/** Compares the shown catalog in a job, anew whenever it or what it is compared with is another one. */
export function useComparison(connectionId: ConnectionId, catalog: Catalog | null): Comparison {
  const choice = useComparisonChoice(connectionId);
  const { base, isOpen, asCopies } = choice;
  const readings = useRequest('catalog.readings', { connectionId }).data ?? none;
  const other = base.kind === 'connection' ? base.connectionId : connectionId;
  const [newestOfOther] = useRequest('catalog.readings', { connectionId: other }).data ?? none;
  const fingerprint = catalog?.fingerprint ?? null;
  const last = readings.find(({ isSeen }) => isSeen);
  const seen = last === undefined || fingerprint === null || last.fingerprint === fingerprint ? null : last;
  // While the panel is closed, only what changed by itself is of interest.
  const [kind, name] = useMemo((): readonly [ComparedSide['kind'], string | null] => {
    if (!isOpen || base.kind === 'seen') return ['reading', seen?.fingerprint ?? null];
    if (base.kind === 'file') return ['file', base.path];
    return ['reading', base.kind === 'reading' ? base.fingerprint : (newestOfOther?.fingerprint ?? null)];
  }, [isOpen, base, seen, newestOfOther]);

  const copies = isOpen && asCopies;
  const operation = useOperation('catalog.compare');
  const { run, reset, cancel } = operation;
  const [output, setOutput] = useState<CatalogComparison | null>(null);
  const newest = useRef(0);
  const again = useMemo(
    () => () => {
      newest.current += 1;
      const own = newest.current;
      setOutput(null);
      if (name === null || fingerprint === null) return;
      const before: ComparedSide = kind === 'file' ? { kind, path: name } : { kind, fingerprint: name };
      void run({ before, after: { kind: 'reading', fingerprint }, asCopies: copies }).then(async (result) => {
        if (!result.ok) return;
        const compared = await unpack<CatalogComparison>(result.value.packed);
        if (own === newest.current) setOutput(compared);
      });
    },
    [kind, name, fingerprint, copies, run],
  );
  useEffect(() => {
    again();
    return () => {
      cancel();
      reset();
    };
  }, [again, cancel, reset]);
  const marks = useMemo(() => (output === null ? noMarks : objectMarks(output.objects)), [output]);
  return {
    choice,
    readings,
    seen,
    objects: output?.objects ?? null,
    notes: output?.notes ?? [],
    marks,
    operation,
    hasBase: name !== null,
    again,
  };
}
