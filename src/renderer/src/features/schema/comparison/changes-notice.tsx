import { Check, GitCompareArrows } from 'lucide-react';
import type { ConnectionId } from '../../../../../shared/ids.ts';
import { Button } from '../../../components/button.tsx';
import { Icon } from '../../../components/icon.tsx';
import { momentInSentence } from '../../../state/ages.ts';
import { useNow } from '../../../state/use-now.ts';
import { countOf } from '../quantities.ts';
import { changesInWords } from './change-words.ts';
import { changeComparison } from './comparison-choice.ts';
import type { Comparison } from './use-comparison.ts';
import { useMarkSeen } from './use-mark-seen.ts';
import './changes-notice.css';

/** Says in one line what changed since the reading that was seen last; nothing when nothing did. */
export function ChangesNotice({
  comparison,
  connectionId,
}: {
  readonly comparison: Comparison;
  readonly connectionId: ConnectionId;
}) {
  const now = useNow();
  const markSeen = useMarkSeen(connectionId);
  const { seen, objects, choice, readings } = comparison;
  if (seen === null || objects === null || choice.isOpen) return null;
  const newest = readings[0]?.fingerprint;
  return (
    <div className="changes-notice" role="status">
      <Icon className="text-warn" of={GitCompareArrows} size={14} />
      <p className="text-ellipsis">
        <b className="text-strong">
          {countOf(objects.length, 'object')} changed since {momentInSentence(seen.capturedAt, now)}
        </b>
        <span className="text-2">{objects.length === 0 ? 'only what is not compared' : changesInWords(objects)}</span>
      </p>
      <Button
        onPress={() => changeComparison(connectionId, { isOpen: true, base: { kind: 'seen' }, asCopies: false })}
        size="small"
      >
        Show changes
      </Button>
      <Button
        icon={Check}
        onPress={() => newest !== undefined && markSeen(newest)}
        size="small"
        tooltip="From now on only later changes are told"
        variant="ghost"
      >
        Mark as seen
      </Button>
    </div>
  );
}
