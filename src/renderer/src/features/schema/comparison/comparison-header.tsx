import { Check, FileSearch, X } from 'lucide-react';
import type { ConnectionId } from '../../../../../shared/ids.ts';
import { Button } from '../../../components/button.tsx';
import { SegmentedControl } from '../../../components/segmented-control.tsx';
import { Select, type SelectOption } from '../../../components/select.tsx';
import { request } from '../../../ipc/client.ts';
import { useRequest } from '../../../ipc/use-request.ts';
import { momentInSentence } from '../../../state/ages.ts';
import { showError } from '../../../state/show-error.ts';
import { useNow } from '../../../state/use-now.ts';
import { type Base, changeComparison, fileName } from './comparison-choice.ts';
import type { Comparison } from './use-comparison.ts';
import { useMarkSeen } from './use-mark-seen.ts';

const idOf = (base: Base): string => {
  switch (base.kind) {
    case 'seen':
      return 'seen';
    case 'reading':
      return `reading ${base.fingerprint}`;
    case 'connection':
      return `connection ${base.connectionId}`;
    case 'file':
      return `file ${base.path}`;
  }
};

/** What faithful copies differ in: owners, tablespaces, the order of columns, line breaks in bodies. */
const extents = [
  { id: 'all', label: 'Everything' },
  { id: 'copies', label: 'Without owners, layout' },
] as const;

/** What a catalog can be compared with, each as an option. */
function useBases(
  connectionId: ConnectionId,
  { choice, readings, seen }: Comparison,
): readonly { readonly base: Base; readonly option: SelectOption<string> }[] {
  const now = useNow();
  const connections = useRequest('connections.list', {}).data ?? [];
  const option = (base: Base, label: string, more: string) => ({ base, option: { id: idOf(base), label, more } });
  const newest = readings[0]?.fingerprint;
  return [
    option(
      { kind: 'seen' },
      seen === null ? 'What you saw last' : `What you saw last, ${momentInSentence(seen.capturedAt, now)}`,
      seen === null ? 'nothing has changed since' : 'this database, before it changed',
    ),
    ...readings
      .filter(({ fingerprint }) => fingerprint !== newest && fingerprint !== seen?.fingerprint)
      .map(({ fingerprint, capturedAt }) =>
        option(
          { kind: 'reading', fingerprint },
          `Reading of ${momentInSentence(capturedAt, now)}`,
          'this database, earlier',
        ),
      ),
    ...connections
      .filter(({ id, catalogAt }) => id !== connectionId && catalogAt !== null)
      .map(({ id, name, catalogAt }) =>
        option(
          { kind: 'connection', connectionId: id },
          name,
          `another database, read ${momentInSentence(catalogAt ?? '', now)}`,
        ),
      ),
    ...(choice.base.kind === 'file' ? [option(choice.base, fileName(choice.base.path), 'a file')] : []),
  ];
}

/** What is compared with what, and how. */
export function ComparisonHeader({
  comparison,
  connectionId,
}: {
  readonly comparison: Comparison;
  readonly connectionId: ConnectionId;
}) {
  const bases = useBases(connectionId, comparison);
  const markSeen = useMarkSeen(connectionId);
  const { choice, readings, seen } = comparison;
  const newest = readings[0]?.fingerprint;
  const chooseFile = async (): Promise<void> => {
    const answer = await request('catalog.chooseFile', {});
    if (!answer.ok) showError(answer.error);
    else if (answer.value.path !== null) {
      // What a file makes belongs to another role and lies elsewhere.
      changeComparison(connectionId, { base: { kind: 'file', path: answer.value.path }, asCopies: true });
    }
  };
  return (
    <header className="comparison-header">
      <h2 className="text-strong">Changes</h2>
      <Select
        label="Compare with"
        layout="hidden"
        onChange={(id) => {
          const chosen = bases.find(({ option }) => option.id === id);
          if (chosen === undefined) return;
          const { base } = chosen;
          changeComparison(connectionId, { base, asCopies: base.kind === 'connection' || base.kind === 'file' });
        }}
        options={bases.map(({ option }) => option)}
        value={idOf(choice.base)}
      />
      <Button icon={FileSearch} onPress={() => void chooseFile()} tooltip="A snapshot (.json) or a schema file (.sql)">
        File…
      </Button>
      <span className="comparison-to text-2">→ this database, now</span>
      <SegmentedControl
        label="What counts"
        onChange={(what) => changeComparison(connectionId, { asCopies: what === 'copies' })}
        segments={extents}
        value={choice.asCopies ? 'copies' : 'all'}
      />
      <span className="grow" />
      {seen !== null && newest !== undefined && choice.base.kind === 'seen' ? (
        <Button
          icon={Check}
          onPress={() => {
            markSeen(newest);
            changeComparison(connectionId, { isOpen: false });
          }}
          size="small"
          tooltip="From now on only later changes are told"
        >
          Mark as seen
        </Button>
      ) : null}
      <Button
        icon={X}
        label="Close the comparison"
        onPress={() => changeComparison(connectionId, { isOpen: false })}
        size="small"
        variant="ghost"
      />
    </header>
  );
}
