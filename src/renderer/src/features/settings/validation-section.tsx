import { BookOpen } from 'lucide-react';
import { Button } from '../../components/button.tsx';
import { SegmentedControl } from '../../components/segmented-control.tsx';
import { openDialog } from '../../state/dialogs.ts';
import { SettingsSection } from './settings-section.tsx';
import { type SavedSettings, useSaveSettings } from './use-save-settings.ts';

const profiles = [
  { id: 'recommended', label: 'Recommended' },
  { id: 'strict', label: 'Strict' },
] as const;

/** Which rules look at a migration. */
export function ValidationSection({ settings }: { readonly settings: SavedSettings }) {
  const save = useSaveSettings();
  return (
    <SettingsSection
      id="validation"
      text="Recommended speaks of what the server does and what breaks. Strict also speaks of types and conventions."
      title="Validation"
    >
      <SegmentedControl
        label="Profile"
        layout="above"
        onChange={(validationProfile) => void save({ ...settings, validationProfile })}
        segments={profiles}
        value={settings.validationProfile}
      />
      <div>
        <Button icon={BookOpen} onPress={() => openDialog({ kind: 'rules', ruleId: null })}>
          What the rules look for
        </Button>
      </div>
    </SettingsSection>
  );
}
