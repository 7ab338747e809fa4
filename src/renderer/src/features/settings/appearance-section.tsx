import { SegmentedControl } from '../../components/segmented-control.tsx';
import { SettingsSection } from './settings-section.tsx';
import { type SavedSettings, useSaveSettings } from './use-save-settings.ts';

const themes = [
  { id: 'system', label: 'System' },
  { id: 'light', label: 'Light' },
  { id: 'dark', label: 'Dark' },
] as const;

/** Light, dark, or as the system is; high contrast and reduced motion follow the system. */
export function AppearanceSection({ settings }: { readonly settings: SavedSettings }) {
  const save = useSaveSettings();
  return (
    <SettingsSection
      id="appearance"
      text="High contrast and reduced motion follow the settings of your system."
      title="Appearance"
    >
      <SegmentedControl
        label="Theme"
        layout="above"
        onChange={(theme) => void save({ ...settings, theme })}
        segments={themes}
        value={settings.theme}
      />
    </SettingsSection>
  );
}
