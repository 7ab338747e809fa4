import type { ConnectionId } from '../../../../shared/ids.ts';
import { Button } from '../../components/button.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Progress } from '../../components/progress.tsx';
import { openSchema } from '../../state/navigation.ts';
import type { Remedies } from '../../state/remedies.ts';
import type { OpeningConnection } from './use-open-connection.ts';

/** The phase of connecting, or why it failed; a kept catalog can then be opened without the server. */
export function OpeningNotice({
  id,
  keepsCatalog,
  opening,
  remedies = {},
}: {
  /** The connection that this place is about; another one's fate is told elsewhere. */
  readonly id: ConnectionId | null;
  readonly keepsCatalog: boolean;
  readonly opening: OpeningConnection;
  /** What this place can do about an error, beside trying again. */
  readonly remedies?: Remedies;
}) {
  if (id === null || opening.id !== id) return null;
  if (opening.isOpening) {
    return (
      <Progress
        isCancelling={opening.isCancelling}
        label="Connecting"
        onCancel={opening.cancel}
        phases={[{ label: opening.phase ?? 'Connecting', state: 'running' }]}
        {...(opening.since === null ? {} : { since: opening.since })}
      />
    );
  }
  if (opening.error === null) return null;
  return (
    <div className="stack">
      <ErrorNotice
        error={opening.error}
        remedies={{
          retry: () => void opening.open(id),
          ...remedies,
        }}
      />
      {keepsCatalog ? (
        <Button onPress={() => openSchema(id)} size="small">
          Open the kept catalog without the server
        </Button>
      ) : null}
    </div>
  );
}
