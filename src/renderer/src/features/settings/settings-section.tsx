import type { ReactNode } from 'react';
import type { SettingsSection as SectionId } from '../../state/navigation.ts';

/** One titled group of settings. */
export function SettingsSection({
  id,
  title,
  text,
  children,
}: {
  readonly id: SectionId;
  readonly title: string;
  readonly text: string;
  readonly children: ReactNode;
}) {
  return (
    <section aria-labelledby={`settings-${id}-title`} className="settings-section" id={`settings-${id}`}>
      <header>
        <h2 className="settings-section-title" id={`settings-${id}-title`}>
          {title}
        </h2>
        <p className="text-2">{text}</p>
      </header>
      <div className="settings-fields">{children}</div>
    </section>
  );
}
