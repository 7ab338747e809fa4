import { Brain, FlaskConical, Folder, Info, ListChecks, type LucideIcon, Palette, Timer } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Icon } from '../../components/icon.tsx';
import { useRequest } from '../../ipc/use-request.ts';
import { type SettingsSection, useNavigation } from '../../state/navigation.ts';
import { AboutSection } from './about-section.tsx';
import { AppearanceSection } from './appearance-section.tsx';
import { ExportSection } from './export-section.tsx';
import { ModelSection } from './model-section.tsx';
import { SessionsSection } from './sessions-section.tsx';
import { ShadowSection } from './shadow-section.tsx';
import { ValidationSection } from './validation-section.tsx';
import './settings-screen.css';

const sections: readonly { readonly id: SettingsSection; readonly label: string; readonly icon: LucideIcon }[] = [
  { id: 'model', label: 'Language model', icon: Brain },
  { id: 'validation', label: 'Validation', icon: ListChecks },
  { id: 'shadow', label: 'Shadow runs', icon: FlaskConical },
  { id: 'appearance', label: 'Appearance', icon: Palette },
  { id: 'export', label: 'Export', icon: Folder },
  { id: 'sessions', label: 'Sessions', icon: Timer },
  { id: 'about', label: 'About', icon: Info },
];

/** All settings on one page, with a list of its sections; every change is saved at once. */
export function SettingsScreen() {
  const settings = useRequest('settings.get', {});
  const section = useNavigation((state) => state.settingsSection);
  const page = useRef<HTMLDivElement>(null);
  const isLoaded = settings.data !== undefined;
  useEffect(() => {
    if (isLoaded) page.current?.querySelector(`#settings-${section}`)?.scrollIntoView({ block: 'start' });
  }, [section, isLoaded]);

  return (
    <div className="settings-screen">
      <nav aria-label="Sections of the settings" className="settings-sections">
        <h1 className="settings-title">Settings</h1>
        {sections.map((item) => (
          <button
            aria-current={item.id === section ? 'true' : undefined}
            className="settings-section-link"
            key={item.id}
            onClick={() => useNavigation.setState({ settingsSection: item.id })}
            type="button"
          >
            <Icon of={item.icon} size={14} />
            {item.label}
          </button>
        ))}
      </nav>
      <div className="settings-page" ref={page}>
        {settings.error === null ? null : <ErrorNotice error={settings.error} remedies={{ retry: settings.refetch }} />}
        {settings.data === undefined ? null : (
          <>
            <ModelSection settings={settings.data} />
            <ValidationSection settings={settings.data} />
            <ShadowSection settings={settings.data} />
            <AppearanceSection settings={settings.data} />
            <ExportSection settings={settings.data} />
            <SessionsSection settings={settings.data} />
            <AboutSection />
          </>
        )}
      </div>
    </div>
  );
}
