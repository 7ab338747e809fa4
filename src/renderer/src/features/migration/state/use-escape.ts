import { useEffect } from 'react';
import { useIsTabActive } from '../../../state/tab-activity.ts';

/** Runs something on Esc while the component is in sight and nothing nearer has used the key. */
export function useEscape(run: () => void): void {
  const isTabActive = useIsTabActive();
  useEffect(() => {
    if (!isTabActive) return;
    const listen = (event: KeyboardEvent): void => {
      if (event.key === 'Escape' && !event.defaultPrevented) run();
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, [run, isTabActive]);
}
