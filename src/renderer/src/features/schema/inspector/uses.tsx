import { useMemo, useState } from 'react';
import { type CatalogObject, objectId, shownFor } from '../../../../../engine/catalog/catalog-objects.ts';
import { type GraphObject, pathOf, type Reached } from '../../../../../engine/catalog/dependency-graph.ts';
import { Button } from '../../../components/button.tsx';
import { useRequest } from '../../../ipc/use-request.ts';
import { countOf } from '../quantities.ts';

type Line = {
  readonly object: GraphObject;
  readonly kind: string;
  readonly target: string | null;
  readonly path: string;
  /** How many objects stand between. */
  readonly distance: number;
  /** True when the server does not know of it: it was found in the text of a routine. */
  readonly isParsed: boolean;
};

const linesAtOnce = 12;

/** What uses the object and what it uses, each a way to go on, and the routines whose text may use it. */
export function Uses({
  object,
  fingerprint,
  objects,
  onSelect,
}: {
  readonly object: GraphObject;
  /** Of the catalog that the object is in. */
  readonly fingerprint: string;
  readonly objects: ReadonlyMap<string, CatalogObject>;
  readonly onSelect: (id: string) => void;
}) {
  const own = objectId(object);
  const { data: uses } = useRequest('catalog.uses', { fingerprint, object });
  const lists = useMemo(() => {
    const lines = (reached: readonly Reached[]): readonly Line[] =>
      reached.flatMap(({ object: found, path, isParsed }) => {
        const target = shownFor(found, objects);
        // Columns and constraints of its own are shown above; a column stands for its table, which is in the list too.
        if (target === own || found.kind === 'column') return [];
        const shown = target === null ? undefined : objects.get(target);
        const isPartition = found.kind === 'table' && shown?.kind === 'table' && shown.table.partitionOf !== null;
        const kind = isPartition ? 'partition' : found.kind;
        return [{ object: found, kind, target, path: path.map(pathOf).join(' → '), distance: path.length, isParsed }];
      });
    const by = lines(uses?.by ?? []);
    const known = new Set(by.map((line) => objectId(line.object)));
    return {
      by,
      on: lines(uses?.on ?? []),
      naming: (uses?.naming ?? [])
        .filter((routine) => !known.has(objectId(routine)) && objectId(routine) !== own)
        .map(
          (routine): Line => ({
            object: routine,
            kind: routine.kind,
            target: objectId(routine),
            path: pathOf(routine),
            distance: 1,
            isParsed: false,
          }),
        ),
    };
  }, [uses, objects, own]);
  return (
    <>
      <UseList lines={lists.by} onSelect={onSelect} title="Used by" />
      <UseList lines={lists.naming} onSelect={onSelect} title="Named in the text of" />
      <UseList lines={lists.on} onSelect={onSelect} title="Uses" />
    </>
  );
}

function UseList({
  title,
  lines,
  onSelect,
}: {
  readonly title: string;
  readonly lines: readonly Line[];
  readonly onSelect: (id: string) => void;
}) {
  const [showsAll, setShowsAll] = useState(false);
  if (lines.length === 0) return null;
  const direct = lines.filter(({ distance }) => distance === 1);
  const shown = showsAll ? lines : direct.slice(0, linesAtOnce);
  return (
    <section aria-label={title} className="inspector-section">
      <div className="row">
        <h3 className="eyebrow grow">{title}</h3>
        <span className="text-micro text-2">{direct.length}</span>
      </div>
      <ul className="inspector-uses">
        {shown.map(({ object, kind, target, path, distance, isParsed }) => (
          <li key={`${object.kind} ${path}`} title={path}>
            <span className="text-2">{kind}</span>
            {target === null ? (
              <span className="mono text-ellipsis">{pathOf(object)}</span>
            ) : (
              <Button className="mono text-ellipsis" onPress={() => onSelect(target)} variant="link">
                {pathOf(object)}
              </Button>
            )}
            {isParsed ? (
              <span className="text-3" title="Found by parsing the text of a routine: the server does not know of it">
                in text
              </span>
            ) : null}
            {distance > 1 ? <span className="text-3">{countOf(distance - 1, 'step')} away</span> : null}
          </li>
        ))}
      </ul>
      {shown.length < lines.length ? (
        <Button onPress={() => setShowsAll(true)} variant="link">
          {countOf(lines.length - shown.length, 'more')
            .replace(/mores?$/, 'more')
            .concat(direct.length <= shown.length ? ', through these' : '')}
        </Button>
      ) : null}
    </section>
  );
}
