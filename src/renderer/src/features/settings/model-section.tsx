import { NumberField } from '../../components/number-field.tsx';
import { ApiKeyField } from './api-key-field.tsx';
import { SavedTextField } from './saved-text-field.tsx';
import { SettingsSection } from './settings-section.tsx';
import { type SavedSettings, useSaveSettings } from './use-save-settings.ts';

const notEmpty = (value: string): string | null => (value === '' ? 'Enter the name of a model.' : null);

const urlProblem = (value: string): string | null => {
  if (!URL.canParse(value)) return 'Not an address. It starts with https:// or http://.';
  return /^https?:$/.test(new URL(value).protocol) ? null : 'Only https:// and http:// addresses work.';
};

/** Who writes drafts, how hard it may think, and what it may cost. */
export function ModelSection({ settings }: { readonly settings: SavedSettings }) {
  const save = useSaveSettings();
  const { model } = settings;
  const change = (part: Partial<SavedSettings['model']>): void =>
    void save({ ...settings, model: { ...model, ...part } });
  return (
    <SettingsSection
      id="model"
      text="Only the prompt that you saw is sent: names, types and sizes of the tables it needs. Never a row."
      title="Language model"
    >
      <ApiKeyField />
      <SavedTextField
        help="Where requests go. Change it for a proxy or a gateway of your own."
        label="Base URL"
        onSave={(baseUrl) => change({ baseUrl })}
        problemOf={urlProblem}
        value={model.baseUrl}
      />
      <div className="settings-pair">
        <SavedTextField
          help="Chooses the tables that matter; a cheap one is enough."
          label="Planning model"
          onSave={(planning) => change({ planning })}
          problemOf={notEmpty}
          value={model.planning}
        />
        <SavedTextField
          help="Writes the SQL; take a strong one."
          label="Writing model"
          onSave={(writing) => change({ writing })}
          problemOf={notEmpty}
          value={model.writing}
        />
      </div>
      <div className="settings-pair">
        <NumberField
          help="How much the writing model may think before it answers; 0 turns it off."
          isMono
          label="Thinking budget"
          maximum={64_000}
          minimum={0}
          onChange={(thinkingBudget) => change({ thinkingBudget: thinkingBudget ?? 0 })}
          unit="tokens"
          value={model.thinkingBudget}
        />
        <NumberField
          format={{ maximumFractionDigits: 2 }}
          help="Nothing is sent once a calendar month has cost this much. Empty means no cap."
          isMono
          label="Monthly cap"
          minimum={0}
          onChange={(monthlyCapDollars) => change({ monthlyCapDollars })}
          unit="US dollars"
          value={model.monthlyCapDollars}
        />
      </div>
    </SettingsSection>
  );
}
