import { Database } from 'lucide-react';
import { sampleConnectionId } from '../../../../shared/ids.ts';
import { Button } from '../../components/button.tsx';
import { Icon } from '../../components/icon.tsx';
import { OpeningNotice } from './opening-notice.tsx';
import type { OpeningConnection } from './use-open-connection.ts';
import './sample-hint.css';

/** Offers the sample database to whoever has no server at hand. */
export function SampleHint({
  opening,
  isSelected,
}: {
  readonly opening: OpeningConnection;
  /** The panel on the right is about the sample database and tells what happens. */
  readonly isSelected: boolean;
}) {
  return (
    <section aria-label="Sample database" className="sample-hint">
      <span className="sample-hint-icon">
        <Icon of={Database} size={20} />
      </span>
      <div>
        <b className="text-strong">No server at hand? Use the sample database.</b>
        <p className="text-small text-2">
          A small shop inside the application. No network and no key. Drafting, rules and the shadow run all work on it.
        </p>
      </div>
      <Button
        isPending={opening.isOpening && opening.id === sampleConnectionId}
        onPress={() => void opening.open(sampleConnectionId)}
      >
        Open sample database
      </Button>
      <div className="sample-hint-notice">
        <OpeningNotice id={isSelected ? null : sampleConnectionId} keepsCatalog={false} opening={opening} />
      </div>
    </section>
  );
}
