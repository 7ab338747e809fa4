import { NumberField } from '../../components/number-field.tsx';
import { SettingsSection } from './settings-section.tsx';
import { type SavedSettings, useSaveSettings } from './use-save-settings.ts';

/** How long a query of Lockstep may run on a server. */
export function SessionsSection({ settings }: { readonly settings: SavedSettings }) {
  const save = useSaveSettings();
  return (
    <SettingsSection
      id="sessions"
      text="Every session is read-only and ends queries that take too long."
      title="Sessions"
    >
      <div className="settings-pair">
        <NumberField
          help="The server itself ends a query after this time. Used from the next connection on."
          isMono
          label="Statement timeout"
          maximum={3600}
          minimum={1}
          onChange={(seconds) => {
            if (seconds !== null) void save({ ...settings, statementTimeoutSeconds: seconds });
          }}
          unit="seconds"
          value={settings.statementTimeoutSeconds}
        />
      </div>
    </SettingsSection>
  );
}
