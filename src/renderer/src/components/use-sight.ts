import { type RefObject, useEffect, useState } from 'react';

/** The part of a scrolled list that is in sight, in pixels; it is told in steps, not with every pixel. */
export function useSight(list: RefObject<HTMLElement | null>, step: number): readonly [top: number, height: number] {
  const [sight, setSight] = useState<readonly [number, number]>([0, 800]);
  useEffect(() => {
    const element = list.current;
    if (element === null) return;
    const look = (): void => {
      const top = Math.floor(element.scrollTop / step) * step;
      const height = Math.ceil(element.clientHeight / step) * step;
      setSight((old) => (old[0] === top && old[1] === height ? old : [top, height]));
    };
    look();
    const observer = new ResizeObserver(look);
    observer.observe(element);
    element.addEventListener('scroll', look, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', look);
    };
  }, [list, step]);
  return sight;
}
