import { type KeyboardEvent, useId, useRef } from 'react';
import type { ComparedObject } from '../../../../../engine/catalog/compared-objects.ts';
import { useSight } from '../../../components/use-sight.ts';
import { changeWords, summaryOf } from './change-words.ts';

const rowHeight = 28;
/** Lines beyond the edges that are there before somebody scrolls to them. */
const margin = 10;

const signs = { added: '+', removed: '−', changed: '~', renamed: '?' } as const;

const indexOf = (target: EventTarget): number | null => {
  const index = (target instanceof Element ? target.closest<HTMLElement>('[data-index]') : null)?.dataset['index'];
  return index === undefined ? null : Number(index);
};

/** The objects that differ, one line each; arrow keys choose, Enter goes to the object. Only lines in sight are elements. */
export function ComparisonList({
  objects,
  chosen,
  onChoose,
  onShow,
}: {
  readonly objects: readonly ComparedObject[];
  /** Which line is chosen. */
  readonly chosen: number;
  readonly onChoose: (index: number) => void;
  readonly onShow: (object: ComparedObject) => void;
}) {
  const list = useRef<HTMLDivElement>(null);
  const [top, height] = useSight(list, (margin / 2) * rowHeight);
  const prefix = useId();
  const first = Math.max(0, Math.floor(top / rowHeight) - margin);
  const last = Math.min(objects.length - 1, Math.ceil((top + height) / rowHeight) + margin);
  const inSight = objects.slice(first, last + 1).map((object, at) => ({ object, index: first + at }));
  const active = objects[chosen];
  // The chosen line stays an element when it is scrolled out of sight: assistive technology is told of it by its id.
  const shown =
    active !== undefined && (chosen < first || chosen > last)
      ? [...inSight, { object: active, index: chosen }]
      : inSight;

  const choose = (index: number): void => {
    const to = Math.max(0, Math.min(objects.length - 1, index));
    onChoose(to);
    const element = list.current;
    if (element === null) return;
    if (element.scrollTop > to * rowHeight) element.scrollTop = to * rowHeight;
    const below = (to + 1) * rowHeight - element.clientHeight;
    if (element.scrollTop < below) element.scrollTop = below;
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const page = Math.max(1, Math.floor((list.current?.clientHeight ?? 0) / rowHeight) - 1);
    const steps: Readonly<Record<string, number>> = {
      ArrowDown: chosen + 1,
      ArrowUp: chosen - 1,
      PageDown: chosen + page,
      PageUp: chosen - page,
      Home: 0,
      End: objects.length - 1,
    };
    const to = steps[event.key];
    if (to !== undefined) choose(to);
    else if (event.key === 'Enter' && active !== undefined) onShow(active);
    else return;
    event.preventDefault();
  };
  return (
    <div
      aria-activedescendant={active === undefined ? undefined : `${prefix}${chosen}`}
      aria-label="Objects that differ"
      className="comparison-list"
      onClick={({ target }) => {
        const index = indexOf(target);
        if (index !== null) onChoose(index);
      }}
      onDoubleClick={({ target }) => {
        const object = objects[indexOf(target) ?? -1];
        if (object !== undefined) onShow(object);
      }}
      onKeyDown={onKeyDown}
      ref={list}
      role="listbox"
      tabIndex={0}
    >
      <div role="presentation" style={{ height: objects.length * rowHeight, position: 'relative' }}>
        {shown.map(({ object, index }) => (
          <div
            aria-posinset={index + 1}
            aria-selected={index === chosen}
            aria-setsize={objects.length}
            className={`comparison-line change-${object.change}`}
            id={`${prefix}${index}`}
            key={`${object.kind} ${object.object}`}
            data-index={index}
            role="option"
            tabIndex={-1}
            style={{ top: index * rowHeight }}
          >
            <span aria-hidden="true" className="comparison-sign">
              {signs[object.change]}
            </span>
            <span className="visually-hidden">{changeWords[object.change]}</span>
            <span className="comparison-name text-ellipsis" title={object.object}>
              {object.object}
            </span>
            <span className="comparison-kind">{object.kind}</span>
            <span className="comparison-summary text-ellipsis">{summaryOf(object)}</span>
          </div>
        ))}
      </div>
    </div>
  );
}
