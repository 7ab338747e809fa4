import { Crosshair } from 'lucide-react';
import { useMemo } from 'react';
import type { ComparedObject } from '../../../../../engine/catalog/compared-objects.ts';
import type { Difference } from '../../../../../engine/catalog/difference.ts';
import { Button } from '../../../components/button.tsx';
import { SideBySide } from '../../../components/side-by-side.tsx';
import { DifferenceList } from '../../migration/proof/difference-list.tsx';
import { changeWords } from './change-words.ts';

/** A longer value is shown in the definitions below. */
const longest = 48;

/** A difference as it is told under its object: with the name of a part alone, and values of one line. */
function shortened(difference: Difference, owner: string): Difference {
  const short = (text: string | null): string | null => {
    const line = text?.replaceAll(/\s+/g, ' ') ?? null;
    return line !== null && line.length > longest ? `${line.slice(0, longest)}…` : line;
  };
  const object = difference.object.startsWith(`${owner}.`)
    ? difference.object.slice(owner.length + 1)
    : difference.object;
  return { ...difference, object, before: short(difference.before), after: short(difference.after) };
}

/** All that differs in one object: what changed from what to what, what follows from it, and both definitions. */
export function ComparisonDetail({
  object,
  titles,
  onShow,
}: {
  readonly object: ComparedObject;
  readonly titles: readonly [before: string, after: string];
  readonly onShow: (id: string) => void;
}) {
  const { differences, renames, before, after, id, change, kind, object: path } = object;
  const own = useMemo(() => differences.map(({ difference }) => shortened(difference, path)), [differences, path]);
  const following = useMemo(
    () => differences.flatMap(({ consequences }) => consequences.map((one) => shortened(one, path))),
    [differences, path],
  );
  return (
    <section aria-label={`Changes of ${object.object}`} className="comparison-detail">
      <header>
        <h3 className="mono text-ellipsis" title={object.object}>
          {object.object}
        </h3>
        <span className="text-2">
          {kind}, {changeWords[change].toLowerCase()}
        </span>
        <span className="grow" />
        {id === null ? null : (
          <Button icon={Crosshair} onPress={() => onShow(id)} size="small">
            Show in the schema
          </Button>
        )}
      </header>
      {renames.map(({ from, to, kind: renamedKind, likeness, evidence }) => (
        <p className="comparison-rename" key={`${renamedKind} ${from}`}>
          <b className="text-strong">Perhaps renamed:</b> {renamedKind} <span className="mono">{from}</span> →{' '}
          <span className="mono">{to}</span>
          <span className="text-2">
            {' '}
            {Math.round(likeness * 100)} % alike: {evidence.join(', ')}
          </span>
        </p>
      ))}
      {change === 'changed' ? <DifferenceList differences={own} label="What changed" /> : null}
      {following.length > 0 ? (
        <>
          <h4 className="eyebrow">What follows from it</h4>
          <DifferenceList differences={following} label="What follows from it" />
        </>
      ) : null}
      {before === null && after === null ? null : before === after ? (
        <p className="text-2">The statements that make it are the same; what changed is only said above.</p>
      ) : (
        <SideBySide after={after} before={before} label="Definition" titles={titles} />
      )}
    </section>
  );
}
