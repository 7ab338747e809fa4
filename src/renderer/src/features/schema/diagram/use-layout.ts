import { useEffect, useMemo, useRef, useState } from 'react';
import type { Diagram } from './build-diagram.ts';
import { layoutDiagram } from './layout-diagram.ts';
import { type LayoutResult, layoutRequest } from './layout-request.ts';

const nothing: LayoutResult = { positions: {}, routes: {}, areas: {} };

/** A diagram's layout while it is made and after. */
export type Layout = {
  readonly result: LayoutResult;
  /** True while the worker is busy. */
  readonly busy: boolean;
  /** Grows with every finished layout. */
  readonly generation: number;
  readonly failed: boolean;
  readonly cancel: () => void;
};

/**
 * Lays out a diagram whenever its shape changes; the newest request replaces one that is still being worked on. Of the
 * canvas it asks only then: a window that gets another size moves no card.
 */
export function useLayout(diagram: Diagram, aspectRatio: () => number): Layout {
  const [state, setState] = useState<{ result: LayoutResult; generation: number; failed: boolean }>({
    result: nothing,
    generation: 0,
    failed: false,
  });
  const [busy, setBusy] = useState(false);
  const running = useRef<AbortController | null>(null);
  const request = useMemo(() => layoutRequest(diagram), [diagram]);
  // A refresh that changes nothing about the shape must not move anything.
  const shape = useMemo(() => JSON.stringify(request), [request]);
  const newest = useRef(request);
  newest.current = request;
  const canvas = useRef(aspectRatio);
  canvas.current = aspectRatio;

  useEffect(() => {
    if (shape === '') return;
    const controller = new AbortController();
    running.current = controller;
    setBusy(true);
    layoutDiagram(newest.current, canvas.current(), controller.signal).then(
      (result) => {
        setBusy(false);
        setState((old) => ({ result, generation: old.generation + 1, failed: false }));
      },
      () => {
        if (running.current !== controller) return;
        setBusy(false);
        setState((old) => ({ ...old, failed: !controller.signal.aborted }));
      },
    );
    return () => {
      running.current = null;
      controller.abort();
    };
  }, [shape]);

  return { ...state, busy, cancel: () => running.current?.abort() };
}
