import { ReactFlowProvider } from '@xyflow/react';
import { DatabaseZap, RefreshCw } from 'lucide-react';
import type { ConnectionId } from '../../../../shared/ids.ts';
import { Button } from '../../components/button.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Progress } from '../../components/progress.tsx';
import { useEscape } from '../migration/state/use-escape.ts';
import { ChangesNotice } from './comparison/changes-notice.tsx';
import { useComparison } from './comparison/use-comparison.ts';
import { SchemaBrowser } from './schema-browser.tsx';
import { type CatalogState, useCatalog } from './use-catalog.ts';
import './schema-screen.css';

function Reading({ reading }: { readonly reading: CatalogState['reading'] }) {
  useEscape(reading.cancel);
  if (!('since' in reading.state)) return null;
  const { progress, since, status } = reading.state;
  return (
    <div className="schema-reading">
      <Progress
        fraction={progress && progress.total > 0 ? progress.done / progress.total : null}
        isCancelling={status === 'cancelling'}
        label="Reading the catalog"
        note={progress && progress.total > 0 ? `${progress.done} of ${progress.total}` : ''}
        onCancel={reading.cancel}
        phases={[{ label: progress?.phase ?? 'Reading the catalog', state: 'running' }]}
        since={since}
      />
    </div>
  );
}

/** The schema of one database: tree, diagram, inspector. */
export function SchemaScreen({ connectionId }: { readonly connectionId: ConnectionId }) {
  const { catalog, error, isLoading, reading, refresh } = useCatalog(connectionId);
  const comparison = useComparison(connectionId, catalog);
  const notice = error ? <ErrorNotice className="schema-notice" error={error} remedies={{ retry: refresh }} /> : null;
  if (!catalog) {
    return (
      <div className="schema-empty">
        {notice}
        {reading.isRunning ? (
          <Reading reading={reading} />
        ) : isLoading ? null : (
          <EmptyState
            action={
              <Button icon={RefreshCw} onPress={refresh} variant="primary">
                Read the catalog
              </Button>
            }
            icon={DatabaseZap}
            title="The catalog has not been read yet"
          >
            Lockstep reads names, types, keys and sizes. It never reads rows, and it cannot write.
          </EmptyState>
        )}
      </div>
    );
  }
  return (
    <div className="schema-screen">
      {notice}
      {reading.isRunning ? <Reading reading={reading} /> : null}
      <ChangesNotice comparison={comparison} connectionId={connectionId} />
      <ReactFlowProvider>
        <SchemaBrowser catalog={catalog} comparison={comparison} connectionId={connectionId} onRefresh={refresh} />
      </ReactFlowProvider>
    </div>
  );
}
