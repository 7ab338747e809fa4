import { Plus, Table2 } from 'lucide-react';
import { useState } from 'react';
import type { ConnectionId } from '../../../../shared/ids.ts';
import { Button } from '../../components/button.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { NewMigrationDialog } from '../migration/new-migration-dialog.tsx';

/** What stands in place of the diagram while there is nothing to draw, with the way to the first table. */
export function NoTables({ connectionId }: { readonly connectionId: ConnectionId }) {
  const [begins, setBegins] = useState(false);
  return (
    <>
      <EmptyState
        action={
          <Button icon={Plus} onPress={() => setBegins(true)}>
            New migration
          </Button>
        }
        icon={Table2}
        title="No tables yet"
      >
        Once a migration has made some, they are drawn here with the keys between them.
      </EmptyState>
      {begins ? <NewMigrationDialog connectionId={connectionId} onClose={() => setBegins(false)} request="" /> : null}
    </>
  );
}
