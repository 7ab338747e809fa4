import type { ConnectionId } from '../../../../shared/ids.ts';
import { Select } from '../../components/select.tsx';
import { useRequest } from '../../ipc/use-request.ts';
import { SettingsSection } from './settings-section.tsx';
import { type SavedSettings, useSaveSettings } from './use-save-settings.ts';

/** No id of a connection: the choice that names none. */
const NONE = 'none';

/** The server that shadow runs may use where the embedded PostgreSQL lacks something. */
export function ShadowSection({ settings }: { readonly settings: SavedSettings }) {
  const save = useSaveSettings();
  const connections = useRequest('connections.list', {}).data ?? [];
  const servers = connections.filter(({ environment }) => environment === 'development' || environment === 'staging');
  const options: readonly {
    readonly id: ConnectionId | typeof NONE;
    readonly label: string;
    readonly more?: string;
  }[] = [
    { id: NONE, label: 'Only the embedded PostgreSQL' },
    ...servers.map(({ id, name, host, port, user }) => ({ id, label: name, more: `${user} on ${host}:${port}` })),
  ];
  return (
    <SettingsSection
      id="shadow"
      text="Proofs run on the embedded PostgreSQL. One that needs an extension, a language, a version or a second session that it lacks runs on this server, in a database that Lockstep makes there, marks and drops."
      title="Shadow runs"
    >
      <Select
        help="The role needs the right to create databases, and no other, or an empty database lent to it whose name begins with lockstep_shadow. Production connections are not listed."
        label="Shadow server"
        onChange={(id) => void save({ ...settings, shadowConnectionId: id === NONE ? null : id })}
        options={options}
        value={settings.shadowConnectionId ?? NONE}
      />
    </SettingsSection>
  );
}
