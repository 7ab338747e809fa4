import { useEffect, useState } from 'react';
import { type Ink, type Inks, inkNames } from './shapes.ts';

/** The colours of the design as a canvas takes them: of the theme in use, or always of the light one. */
export function readInks(theme: 'current' | 'light'): Inks {
  const probe = document.createElement('span');
  probe.hidden = true;
  if (theme === 'light') probe.style.colorScheme = 'light';
  document.body.append(probe);
  try {
    const read = (ink: Ink): string => {
      probe.style.color = `var(--${ink})`;
      return getComputedStyle(probe).color;
    };
    return Object.fromEntries(inkNames.map((ink) => [ink, read(ink)])) as Inks;
  } finally {
    probe.remove();
  }
}

const preferences = ['(prefers-color-scheme: dark)', '(prefers-contrast: more)'] as const;

/** The colours of the theme in use, again after each change of the theme. */
export function useInks(): Inks {
  const [inks, setInks] = useState(() => readInks('current'));
  useEffect(() => {
    const again = (): void => setInks(readInks('current'));
    const themes = new MutationObserver(again);
    themes.observe(document.documentElement, { attributeFilter: ['data-theme'] });
    const queries = preferences.map((query) => matchMedia(query));
    for (const query of queries) query.addEventListener('change', again);
    return () => {
      themes.disconnect();
      for (const query of queries) query.removeEventListener('change', again);
    };
  }, []);
  return inks;
}

/** The fonts of the design as a canvas takes them. */
export function readFonts(): Readonly<Record<'ui' | 'mono', string>> {
  const styles = getComputedStyle(document.documentElement);
  return { ui: styles.getPropertyValue('--font-ui'), mono: styles.getPropertyValue('--font-mono') };
}
