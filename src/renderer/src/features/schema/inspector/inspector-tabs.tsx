import { KeyRound, Link2, TriangleAlert } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { Catalog, Constraint, Index, Table, View } from '../../../../../engine/catalog/catalog.ts';
import type { CatalogObject } from '../../../../../engine/catalog/catalog-objects.ts';
import { definitionText } from '../../../../../engine/catalog/definition-text.ts';
import { Button } from '../../../components/button.tsx';
import { Icon } from '../../../components/icon.tsx';
import { SqlText } from '../../../components/sql-text.tsx';
import { shortType } from '../diagram/table-card.ts';
import { bytesText, compactCount, countOf } from '../quantities.ts';

const columnsAtOnce = 14;

/** The columns with type, null, and whether they are part of a key. */
export function ColumnsTab({ table, view }: { readonly table: Table | null; readonly view: View | null }) {
  const [showsAll, setShowsAll] = useState(false);
  const constraints = table?.constraints ?? [];
  const inKey = (column: string, kind: Constraint['kind']): boolean =>
    constraints.some((constraint) => constraint.kind === kind && constraint.columns.includes(column));
  const columns = table
    ? table.columns.map((column) => ({
        name: column.name,
        title: [column.default === null ? '' : `default ${column.default}`, column.comment ?? '']
          .filter(Boolean)
          .join('\n'),
        type: `${shortType(column.type, table.schema)}${column.notNull ? '' : ', null'}`,
      }))
    : (view?.columns ?? []).map(({ name, type, comment }) => ({
        name,
        title: comment ?? '',
        type: shortType(type, view?.schema),
      }));
  const shown = showsAll ? columns : columns.slice(0, columnsAtOnce);
  return (
    <>
      <table className="inspector-columns">
        <tbody>
          {shown.map((column) => (
            <tr key={column.name} title={column.title}>
              <td>
                {inKey(column.name, 'primary key') ? (
                  <Icon className="text-warn" of={KeyRound} size={14} />
                ) : inKey(column.name, 'foreign key') ? (
                  <Icon className="text-accent" of={Link2} size={14} />
                ) : null}
                <span className="visually-hidden">
                  {inKey(column.name, 'primary key')
                    ? 'primary key'
                    : inKey(column.name, 'foreign key')
                      ? 'foreign key'
                      : ''}
                </span>
              </td>
              <th className="mono" scope="row">
                {column.name}
              </th>
              <td className="mono">{column.type}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {columns.length > shown.length ? (
        <div className="inspector-more">
          <Button onPress={() => setShowsAll(true)} variant="link">
            {countOf(columns.length - shown.length, 'more column')}
          </Button>
        </div>
      ) : null}
    </>
  );
}

/** What is wrong with one line of a list. */
function Unwell({ children }: { readonly children: string }) {
  return (
    <span className="row row-tight text-warn text-medium">
      <Icon of={TriangleAlert} size={12} />
      {children}
    </span>
  );
}

/** The indexes with their keys, and how much they are used. */
export function IndexesTab({
  catalog,
  indexes,
  schema,
}: {
  readonly catalog: Catalog;
  readonly indexes: readonly Index[];
  readonly schema: string;
}) {
  if (indexes.length === 0) return <p className="inspector-none">No indexes.</p>;
  return (
    <ul className="inspector-list">
      {indexes.map((index) => {
        const fact = catalog.facts?.indexes.find((each) => each.schema === schema && each.name === index.name);
        return (
          <li key={index.name} title={index.definition}>
            <span className="mono">{index.name}</span>
            <span className="text-2">
              {index.unique ? 'unique, ' : ''}
              {index.method} ({index.keys.map((key) => key.column ?? key.expression).join(', ')})
              {fact ? `, ${compactCount(fact.scans)} scans, ${bytesText(fact.bytes)}` : ''}
            </span>
            {index.valid ? null : <Unwell>not valid: no query uses it</Unwell>}
          </li>
        );
      })}
    </ul>
  );
}

/** The constraints with their definitions. */
export function ConstraintsTab({ constraints }: { readonly constraints: readonly Constraint[] }) {
  if (constraints.length === 0) return <p className="inspector-none">No constraints.</p>;
  return (
    <ul className="inspector-list">
      {constraints.map((constraint) => (
        <li key={constraint.name}>
          <span className="mono">{constraint.name}</span>
          <span className="text-2">{constraint.definition || constraint.kind}</span>
          {constraint.validated ? null : <Unwell>not validated: older rows may break it</Unwell>}
        </li>
      ))}
    </ul>
  );
}

/** The object as SQL. */
export function DefinitionTab({ catalog, object }: { readonly catalog: Catalog; readonly object: CatalogObject }) {
  const sql = useMemo(() => definitionText(catalog, object), [catalog, object]);
  return <SqlText label="Definition" sql={sql} />;
}
