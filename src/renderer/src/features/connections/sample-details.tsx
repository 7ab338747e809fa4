import { Database } from 'lucide-react';
import type { ConnectionListItem } from '../../../../shared/ipc/contract.ts';
import { Button } from '../../components/button.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { OpeningNotice } from './opening-notice.tsx';
import type { OpeningConnection } from './use-open-connection.ts';

/** The sample database has nothing to configure; it says what it is and opens. */
export function SampleDetails({
  item,
  opening,
}: {
  readonly item: ConnectionListItem;
  readonly opening: OpeningConnection;
}) {
  return (
    <aside aria-label="Connection details" className="connections-empty">
      <EmptyState
        action={
          <>
            <Button isPending={opening.isOpening} onPress={() => void opening.open(item.id)} variant="primary">
              {item.identity === null ? 'Open sample database' : 'Open schema'}
            </Button>
            <OpeningNotice id={item.id} keepsCatalog={item.catalogAt !== null} opening={opening} />
          </>
        }
        icon={Database}
        title="Sample database"
      >
        <p>
          A small shop on an embedded PostgreSQL, inside the application. No network, no key; you can break nothing.
        </p>
      </EmptyState>
    </aside>
  );
}
