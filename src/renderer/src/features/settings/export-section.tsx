import { FolderOpen } from 'lucide-react';
import { Button } from '../../components/button.tsx';
import { request } from '../../ipc/client.ts';
import { showError } from '../../state/show-error.ts';
import { SettingsSection } from './settings-section.tsx';
import { type SavedSettings, useSaveSettings } from './use-save-settings.ts';

/** Where exported files go unless another folder is chosen. */
export function ExportSection({ settings }: { readonly settings: SavedSettings }) {
  const save = useSaveSettings();
  const choose = async (): Promise<void> => {
    const answer = await request('export.chooseDirectory', {});
    if (!answer.ok) {
      showError(answer.error);
      return;
    }
    const { directory } = answer.value;
    if (directory !== null) await save({ ...settings, exportDirectory: directory });
  };
  return (
    <SettingsSection id="export" text="Files are only ever added; nothing is overwritten." title="Export">
      <div className="field">
        <span className="field-label">Folder</span>
        <div className="row">
          <div className="field-box grow">
            <span className="mono text-ellipsis text-selectable grow">
              {settings.exportDirectory ?? <span className="text-3">Asked at the first export</span>}
            </span>
            {settings.exportDirectory === null ? null : (
              <Button onPress={() => void save({ ...settings, exportDirectory: null })} variant="link">
                Clear
              </Button>
            )}
          </div>
          <Button icon={FolderOpen} onPress={() => void choose()}>
            Choose folder…
          </Button>
        </div>
      </div>
    </SettingsSection>
  );
}
