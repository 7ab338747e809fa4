import { useMemo } from 'react';
import type { Catalog } from '../../../../../engine/catalog/catalog.ts';
import { catalogObjects, graphObjectOf } from '../../../../../engine/catalog/catalog-objects.ts';
import type { Relationships } from '../../../../../engine/catalog/relationships.ts';
import type { ConnectionId } from '../../../../../shared/ids.ts';
import { DatabaseOverview } from './database-overview.tsx';
import { ObjectInspector } from './object-inspector.tsx';
import { RelationInspector } from './relation-inspector.tsx';
import { Uses } from './uses.tsx';
import './inspector.css';

/** Everything about the selected object, and the changes that can begin here; about the database while none is. */
export function Inspector({
  catalog,
  graph,
  selected,
  connectionId,
  onSelect,
}: {
  readonly catalog: Catalog;
  readonly graph: Relationships;
  readonly selected: string | null;
  readonly connectionId: ConnectionId;
  readonly onSelect: (id: string) => void;
}) {
  const objects = useMemo(() => catalogObjects(catalog), [catalog]);
  const object = (selected === null ? undefined : objects.get(selected)) ?? { kind: 'database' };
  const named = useMemo(() => graphObjectOf(object), [object]);
  return (
    <aside aria-label="Inspector" className="inspector">
      {object.kind === 'database' ? (
        <DatabaseOverview catalog={catalog} onSelect={onSelect} />
      ) : object.kind === 'table' || object.kind === 'view' ? (
        <RelationInspector
          catalog={catalog}
          connectionId={connectionId}
          graph={graph}
          firstTab={selected?.startsWith('index:') === true ? 'indexes' : 'columns'}
          key={`relation ${selected}`}
          object={object}
          onSelect={onSelect}
        />
      ) : (
        <ObjectInspector catalog={catalog} object={object} />
      )}
      {named === null ? null : (
        <Uses
          fingerprint={catalog.fingerprint}
          key={`uses ${selected}`}
          object={named}
          objects={objects}
          onSelect={onSelect}
        />
      )}
    </aside>
  );
}
