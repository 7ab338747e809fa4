import { CircleHelp, LockKeyhole, LockKeyholeOpen, Plug } from 'lucide-react';
import type { ConnectionListItem } from '../../../../shared/ipc/contract.ts';
import { EnvironmentMark } from '../../components/environment-mark.tsx';
import { Icon } from '../../components/icon.tsx';
import { useRequest } from '../../ipc/use-request.ts';
import { ageInWords } from '../../state/ages.ts';
import { openDialog } from '../../state/dialogs.ts';
import { openConnections } from '../../state/navigation.ts';
import { useNow } from '../../state/use-now.ts';
import { useCurrentConnection } from './use-current-connection.ts';
import './status-bar.css';

type Identity = NonNullable<ConnectionListItem['identity']>;

const serverAddress = ({ environment }: ConnectionListItem, identity: Identity): string => {
  if (identity.address === null) return environment === 'sample' ? 'in this application' : 'local socket';
  const host = identity.address.includes(':') ? `[${identity.address}]` : identity.address;
  return identity.port === null ? host : `${host}:${identity.port}`;
};

function Server({ connection, identity }: { readonly connection: ConnectionListItem; readonly identity: Identity }) {
  return (
    <>
      <span className="status-bar-item status-bar-server" title="Reported by the server, not by the saved profile">
        <span className="text-3">server says</span> {serverAddress(connection, identity)} /{' '}
        <b className="status-bar-strong">{identity.database}</b> / {identity.user}
      </span>
      <span className="status-bar-item">PostgreSQL {identity.versionText}</span>
      {identity.readOnly ? (
        <span className="status-bar-item text-ok">
          <Icon of={LockKeyhole} size={14} />
          <span>
            Read-only session<span className="status-bar-wide">, enforced by the server</span>
          </span>
        </span>
      ) : (
        <span className="status-bar-item text-bad">
          <Icon of={LockKeyholeOpen} size={14} />
          This session could write
        </span>
      )}
    </>
  );
}

/** Always in sight: where you are, as the server itself reports it, and how old the catalog is. */
export function StatusBar() {
  const connection = useCurrentConnection();
  const info = useRequest('app.info', {}).data;
  const now = useNow();
  return (
    <footer className="status-bar">
      {connection === null ? (
        <>
          <span className="status-bar-item status-bar-first">
            <Icon of={Plug} size={14} />
            No connection
          </span>
          <span className="status-bar-item text-ok">
            <Icon of={LockKeyhole} size={14} />
            Reading only
          </span>
        </>
      ) : (
        <>
          <span className="status-bar-item status-bar-first">
            <EnvironmentMark environment={connection.environment} isLoud />
          </span>
          <button className="status-bar-item status-bar-button" onClick={openConnections} type="button">
            <Icon of={Plug} size={14} />
            <b className="status-bar-strong">{connection.name}</b>
          </button>
          {connection.identity === null ? (
            <span className="status-bar-item">Not connected</span>
          ) : (
            <Server connection={connection} identity={connection.identity} />
          )}
        </>
      )}
      <span className="status-bar-space" />
      {connection?.catalogAt === undefined || connection.catalogAt === null ? null : (
        <span className="status-bar-item status-bar-end" title={`Catalog read at ${connection.catalogAt}`}>
          {ageInWords(connection.catalogAt, now) === 'just now'
            ? 'Catalog read just now'
            : `Catalog ${ageInWords(connection.catalogAt, now)} old`}
        </span>
      )}
      {connection === null && info !== undefined ? (
        <span className="status-bar-item status-bar-end">Lockstep {info.version}</span>
      ) : null}
      <button
        className="status-bar-item status-bar-button status-bar-keys"
        onClick={() => openDialog({ kind: 'cheat-sheet' })}
        type="button"
      >
        <Icon of={CircleHelp} size={14} />
        Keys
      </button>
    </footer>
  );
}
