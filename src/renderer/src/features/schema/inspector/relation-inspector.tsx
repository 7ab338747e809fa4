import { ArrowDownUp, PencilLine } from 'lucide-react';
import { useState } from 'react';
import type { Catalog } from '../../../../../engine/catalog/catalog.ts';
import type { CatalogObject } from '../../../../../engine/catalog/catalog-objects.ts';
import type { Relationships } from '../../../../../engine/catalog/relationships.ts';
import { qualifiedName } from '../../../../../engine/sql/qualified-name.ts';
import type { ConnectionId } from '../../../../../shared/ids.ts';
import { Button } from '../../../components/button.tsx';
import { Icon } from '../../../components/icon.tsx';
import { Menu } from '../../../components/menu.tsx';
import { Tabs } from '../../../components/tabs.tsx';
import { useRequest } from '../../../ipc/use-request.ts';
import { openMigration } from '../../../state/navigation.ts';
import { NewMigrationDialog } from '../../migration/new-migration-dialog.tsx';
import { changeRequests } from './change-requests.ts';
import { describeRelation } from './describe-relation.ts';
import { InspectorFacts } from './inspector-facts.tsx';
import { ColumnsTab, ConstraintsTab, DefinitionTab, IndexesTab } from './inspector-tabs.tsx';

type InspectorTab = 'columns' | 'indexes' | 'constraints' | 'definition';

/** Everything about a table or view, and the changes that can begin here. */
export function RelationInspector({
  catalog,
  graph,
  object,
  connectionId,
  firstTab,
  onSelect,
}: {
  readonly catalog: Catalog;
  readonly graph: Relationships;
  readonly object: Extract<CatalogObject, { readonly kind: 'table' | 'view' }>;
  readonly connectionId: ConnectionId;
  readonly firstTab: InspectorTab;
  readonly onSelect: (id: string) => void;
}) {
  const [tab, setTab] = useState(firstTab);
  const [change, setChange] = useState<string | null>(null);
  const migrations = useRequest('migrations.list', {}).data ?? [];
  const table = object.kind === 'table' ? object.table : null;
  const view = object.kind === 'view' ? object.view : null;
  const relation = object.kind === 'table' ? object.table : object.view;
  const touching = migrations.filter(
    (migration) =>
      migration.connectionId === connectionId &&
      migration.status !== 'exported' &&
      `${migration.title} ${migration.request}`
        .toLowerCase()
        .split(/[^\p{L}\p{N}_$]+/u)
        .includes(relation.name.toLowerCase()),
  );
  const referrers = (graph.of.get(qualifiedName(relation)) ?? []).filter(
    (relationship) => relationship.parent === qualifiedName(relation),
  );
  return (
    <>
      <header className="inspector-head">
        <div className="row">
          <h2 className="grow text-ellipsis" title={`${relation.schema}.${relation.name}`}>
            {relation.schema}.{relation.name}
          </h2>
          {table ? (
            <Menu
              actions={changeRequests(catalog, table).map(({ id, label, request }) => ({
                id,
                label,
                onAction: () => setChange(request),
              }))}
              label="Changes"
              trigger={
                <Button aria-haspopup="menu" icon={PencilLine} size="small">
                  Change…
                </Button>
              }
            />
          ) : null}
        </div>
        <p className="text-small text-2">{describeRelation(table, view)}</p>
      </header>
      <div className="inspector-tabs">
        <Tabs<InspectorTab>
          items={[
            { id: 'columns', label: 'Columns', content: <ColumnsTab table={table} view={view} /> },
            {
              id: 'indexes',
              label: 'Indexes',
              content: <IndexesTab catalog={catalog} indexes={relation.indexes} schema={relation.schema} />,
            },
            {
              id: 'constraints',
              label: 'Constraints',
              content: <ConstraintsTab constraints={table?.constraints ?? []} />,
            },
            {
              id: 'definition',
              label: 'Definition',
              content: <DefinitionTab catalog={catalog} object={object} />,
            },
          ]}
          label="About the object"
          onSelect={setTab}
          selected={tab}
        />
      </div>
      {view !== null && !view.materialized ? null : <InspectorFacts catalog={catalog} relation={relation} />}
      {referrers.length > 0 ? (
        <section className="inspector-section">
          <h3 className="eyebrow">Referenced by</h3>
          <dl className="inspector-pairs">
            {referrers.map((relationship) => (
              <div key={relationship.id}>
                <dt title={`${relationship.child} (${relationship.childColumns.join(', ')})`}>
                  <Button className="mono text-ellipsis" onPress={() => onSelect(relationship.child)} variant="link">
                    {relationship.child}
                  </Button>
                </dt>
                <dd className="text-2">
                  {relationship.onDelete === 'no action' ? 'no action' : `on delete ${relationship.onDelete}`}
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ) : null}
      {touching.length > 0 ? (
        <section className="inspector-section">
          <h3 className="eyebrow">Open migrations that touch it</h3>
          {touching.map((migration) => (
            <div className="row row-close" key={migration.id}>
              <Icon className="text-2" of={ArrowDownUp} size={14} />
              <Button onPress={() => openMigration(migration.id)} variant="link">
                {migration.title}
              </Button>
            </div>
          ))}
        </section>
      ) : null}
      {change === null ? null : (
        <NewMigrationDialog connectionId={connectionId} onClose={() => setChange(null)} request={change} />
      )}
    </>
  );
}
