import { Fragment, type ReactNode, useState } from 'react';
import { Button } from './button.tsx';

/** The first of many things, and a button that brings as many again: hundreds at once would hold up the window. */
export function FirstOf<T>({
  things,
  atOnce,
  keyOf,
  children,
}: {
  readonly things: readonly T[];
  readonly atOnce: number;
  readonly keyOf: (thing: T) => string;
  readonly children: (thing: T) => ReactNode;
}) {
  const [shown, setShown] = useState(atOnce);
  const hidden = things.length - shown;
  return (
    <>
      {things.slice(0, shown).map((thing) => (
        <Fragment key={keyOf(thing)}>{children(thing)}</Fragment>
      ))}
      {hidden > 0 ? (
        <Button onPress={() => setShown(shown + atOnce)} size="small" variant="ghost">
          {hidden > atOnce ? `Show ${atOnce} of ${hidden} more` : `Show ${hidden} more`}
        </Button>
      ) : null}
    </>
  );
}
