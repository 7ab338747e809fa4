import { GitCompareArrows, Search } from 'lucide-react';
import { useDeferredValue, useMemo, useState } from 'react';
import type { ComparedObject } from '../../../../../engine/catalog/compared-objects.ts';
import type { ConnectionId } from '../../../../../shared/ids.ts';
import { EmptyState } from '../../../components/empty-state.tsx';
import { ErrorNotice } from '../../../components/error-notice.tsx';
import { Progress } from '../../../components/progress.tsx';
import { SegmentedControl } from '../../../components/segmented-control.tsx';
import { Split, SplitHandle, SplitPane } from '../../../components/splitter.tsx';
import { TextField } from '../../../components/text-field.tsx';
import { useRequest } from '../../../ipc/use-request.ts';
import { exactCount } from '../quantities.ts';
import { changesInWords, changeWords, countChanges } from './change-words.ts';
import { type Base, fileName } from './comparison-choice.ts';
import { ComparisonDetail } from './comparison-detail.tsx';
import { ComparisonHeader } from './comparison-header.tsx';
import { ComparisonList } from './comparison-list.tsx';
import type { Comparison } from './use-comparison.ts';
import './comparison-panel.css';

/** The order of the tree: `part_2` before `part_10`. */
const collator = new Intl.Collator('en', { numeric: true });

type Wanted = ComparedObject['change'] | 'all';

const hasText = (object: ComparedObject, text: string): boolean =>
  [object.object, object.kind, ...object.renames.map(({ from }) => from)].some((one) =>
    one.toLowerCase().includes(text),
  ) || object.differences.some(({ difference }) => difference.object.toLowerCase().includes(text));

/** What differs between the shown catalog and another one: a list with a filter, and all about the chosen object. */
export function ComparisonPanel({
  comparison,
  connectionId,
  onShow,
}: {
  readonly comparison: Comparison;
  readonly connectionId: ConnectionId;
  /** Shows an object of the catalog in tree, diagram and inspector. */
  readonly onShow: (id: string) => void;
}) {
  const { objects, operation, hasBase, again, notes } = comparison;
  const { state } = operation;
  const titles = useSideTitles(comparison.choice.base);
  return (
    <section aria-label="Changes" className="comparison-panel">
      <ComparisonHeader comparison={comparison} connectionId={connectionId} />
      {notes.length > 0 ? <p className="comparison-notes">{notes.join(' ')}</p> : null}
      {state.status === 'failed' && hasBase ? (
        <div className="comparison-state">
          <ErrorNotice error={state.error} remedies={{ retry: again }} />
        </div>
      ) : objects !== null ? (
        objects.length === 0 ? (
          <EmptyState icon={GitCompareArrows} title="Nothing differs">
            Every object that is compared is the same on both sides.
          </EmptyState>
        ) : (
          <Differing key={connectionId} objects={objects} onShow={onShow} titles={titles} />
        )
      ) : 'since' in state ? (
        <div className="comparison-state">
          <Progress
            isCancelling={state.status === 'cancelling'}
            label="Comparing the catalogs"
            onCancel={operation.cancel}
            phases={[{ label: state.progress?.phase ?? 'Comparing', state: 'running' }]}
            since={state.since}
          />
        </div>
      ) : hasBase ? null : (
        <EmptyState icon={GitCompareArrows} title="Nothing has changed since you looked last">
          Choose above what to compare with: an earlier reading, another database that was read, a snapshot or a schema
          file.
        </EmptyState>
      )}
    </section>
  );
}

/** What the two sides of a comparison are called. */
function useSideTitles(base: Base): readonly [before: string, after: string] {
  const connections = useRequest('connections.list', {}).data ?? [];
  switch (base.kind) {
    case 'seen':
    case 'reading':
      return ['Before', 'Now'];
    case 'connection':
      return [connections.find(({ id }) => id === base.connectionId)?.name ?? '', 'This database'];
    case 'file':
      return [fileName(base.path), 'This database'];
  }
}

function Differing({
  objects,
  titles,
  onShow,
}: {
  readonly objects: readonly ComparedObject[];
  readonly titles: readonly [before: string, after: string];
  readonly onShow: (id: string) => void;
}) {
  const [change, setChange] = useState<Wanted>('all');
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState(0);
  const inOrder = useMemo(() => objects.toSorted((a, b) => collator.compare(a.object, b.object)), [objects]);
  const counts = useMemo(() => countChanges(objects), [objects]);
  const segments = useMemo(
    () => [
      { id: 'all' as Wanted, label: `All ${exactCount(objects.length)}` },
      ...[...counts].map(([id, count]) => ({ id: id as Wanted, label: `${changeWords[id]} ${exactCount(count)}` })),
    ],
    [objects, counts],
  );
  const isThere = change === 'all' || counts.has(change);
  const wanted = useDeferredValue(text.trim().toLowerCase());
  const found = useMemo(
    () =>
      inOrder.filter(
        (object) =>
          (!isThere || change === 'all' || object.change === change) && (wanted === '' || hasText(object, wanted)),
      ),
    [inOrder, change, isThere, wanted],
  );
  const at = Math.min(chosen, Math.max(0, found.length - 1));
  const object = found[at];
  return (
    <>
      <div className="comparison-filter">
        {counts.size === 1 ? (
          <span className="text-2">{changesInWords(objects)}</span>
        ) : (
          <SegmentedControl
            label="Kinds of changes"
            onChange={(next) => {
              setChange(next);
              setChosen(0);
            }}
            segments={segments}
            value={isThere ? change : 'all'}
          />
        )}
        <TextField
          icon={Search}
          isQuiet
          label="Filter changes"
          layout="hidden"
          onChange={(next) => {
            setText(next);
            setChosen(0);
          }}
          placeholder="Filter changes"
          value={text}
        />
      </div>
      {object === undefined ? (
        <p className="comparison-none">Nothing matches “{text.trim()}”.</p>
      ) : (
        <Split className="comparison-split" direction="columns">
          <SplitPane id="objects" minimum={220} size="40%">
            <ComparisonList
              chosen={at}
              objects={found}
              onChoose={setChosen}
              onShow={({ id }) => {
                if (id !== null) onShow(id);
              }}
            />
          </SplitPane>
          <SplitHandle label="Width of the list of changes" />
          <SplitPane id="detail" minimum={280}>
            <ComparisonDetail key={object.object} object={object} onShow={onShow} titles={titles} />
          </SplitPane>
        </Split>
      )}
    </>
  );
}
