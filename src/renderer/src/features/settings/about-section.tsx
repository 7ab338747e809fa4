import { FolderOpen } from 'lucide-react';
import { Button } from '../../components/button.tsx';
import { request } from '../../ipc/client.ts';
import { useRequest } from '../../ipc/use-request.ts';
import { showError } from '../../state/show-error.ts';
import { SettingsSection } from './settings-section.tsx';

/** Which version this is, and where the history is kept. */
export function AboutSection() {
  const info = useRequest('app.info', {}).data;
  const reveal = async (path: string): Promise<void> => {
    const answer = await request('export.reveal', { path });
    if (!answer.ok) showError(answer.error);
  };
  return (
    <SettingsSection id="about" text="No account, no telemetry, no cloud." title="About">
      {info === undefined ? null : (
        <dl className="settings-facts">
          <dt>Lockstep</dt>
          <dd>{info.version}</dd>
          <dt>Runtime</dt>
          <dd>
            Electron {info.electron}, {info.platform}
          </dd>
          <dt>History</dt>
          <dd className="row">
            <span className="mono text-selectable text-ellipsis">{info.historyPath}</span>
            <Button icon={FolderOpen} onPress={() => void reveal(info.historyPath)} size="small">
              Show in folder
            </Button>
          </dd>
        </dl>
      )}
    </SettingsSection>
  );
}
