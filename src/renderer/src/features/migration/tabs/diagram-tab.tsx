import { ReactFlowProvider } from '@xyflow/react';
import { useMemo, useState } from 'react';
import type { MigrationId } from '../../../../../shared/ids.ts';
import { ErrorNotice } from '../../../components/error-notice.tsx';
import { DiagramCanvas } from '../../schema/diagram/diagram-canvas.tsx';
import type { Point } from '../../schema/diagram/edge-route.ts';
import { countOf } from '../../schema/quantities.ts';
import { changeDiagram } from '../model/change-diagram.ts';
import { useChangePicture } from '../state/use-change-picture.ts';
import './diagram-tab.css';

const nowhere: ReadonlyMap<string, Point> = new Map();

/** What up makes of the tables that it touches, and their neighbours, worked out from the text without running it. */
export function DiagramTab({ id, up }: { readonly id: MigrationId; readonly up: string }) {
  const { answer, error } = useChangePicture(id, up);
  const picture = answer?.picture ?? null;
  const diagram = useMemo(() => (picture ? changeDiagram(picture) : null), [picture]);
  const [selected, setSelected] = useState<string | null>(null);
  const [placed, setPlaced] = useState({ diagram, moved: nowhere });
  if (error) return <ErrorNotice error={error} />;
  if (answer === undefined) return null;
  if (answer === null) {
    return <p className="tab-empty">The catalog of this connection was never read, so there is nothing to draw.</p>;
  }
  if (!diagram || !picture) return <p className="tab-empty">The text of up is not SQL yet.</p>;
  const doubts = [
    ...(answer.unknown ? ['Up runs code that may do anything: what that does is not in the picture.'] : []),
    ...(answer.uncertain.length > 0 ? [`Not known how they stand afterwards: ${answer.uncertain.join(', ')}.`] : []),
    ...(picture.neighboursLeftOut > 0
      ? [`${countOf(picture.neighboursLeftOut, 'neighbour')} left out, because there are too many.`]
      : []),
  ];
  return (
    <div className="diagram-tab">
      {doubts.length > 0 ? <p className="diagram-tab-doubts">{doubts.join(' ')}</p> : null}
      {diagram.cards.size === 0 ? (
        <p className="tab-empty">Up changes no table and no view.</p>
      ) : (
        <ReactFlowProvider>
          <DiagramCanvas
            center={null}
            diagram={diagram}
            fit={0}
            focus={null}
            moved={placed.diagram === diagram ? placed.moved : nowhere}
            onExpand={() => {}}
            onMove={(moved) => setPlaced({ diagram, moved })}
            onSelect={setSelected}
            selected={selected}
          />
        </ReactFlowProvider>
      )}
    </div>
  );
}
