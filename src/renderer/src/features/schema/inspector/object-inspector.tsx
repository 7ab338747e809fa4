import { useMemo } from 'react';
import type { Catalog } from '../../../../../engine/catalog/catalog.ts';
import { type CatalogObject, signatureOf } from '../../../../../engine/catalog/catalog-objects.ts';
import { definitionText } from '../../../../../engine/catalog/definition-text.ts';
import { SqlText } from '../../../components/sql-text.tsx';
import { exactCount, percentText } from '../quantities.ts';
import { type Pair, Pairs } from './pairs.tsx';

/** What is neither a table nor a view. */
type SmallObject = Exclude<CatalogObject, { readonly kind: 'database' | 'table' | 'view' }>;

/** Name, kind, facts and definition of an object that is neither a table nor a view. */
export function ObjectInspector({ catalog, object }: { readonly catalog: Catalog; readonly object: SmallObject }) {
  const sql = useMemo(() => definitionText(catalog, object), [catalog, object]);
  const { title, about } = describe(object);
  const pairs = pairsOf(catalog, object);
  return (
    <>
      <header className="inspector-head">
        <h2 className="text-ellipsis" title={title}>
          {title}
        </h2>
        <p className="text-small text-2">{about}</p>
      </header>
      {pairs.length === 0 ? null : <Pairs pairs={pairs} title="Facts" />}
      <section className="inspector-section inspector-section-wide">
        <h3 className="eyebrow">Definition</h3>
        <SqlText label="Definition" sql={sql} />
      </section>
    </>
  );
}

const sentence = (...parts: readonly (string | null)[]): string => {
  const text = parts.filter((part) => part !== null && part !== '').join(', ');
  return text.charAt(0).toUpperCase() + text.slice(1);
};

function describe(object: SmallObject): { readonly title: string; readonly about: string } {
  switch (object.kind) {
    case 'sequence': {
      const { schema, name, type, ownedBy, comment } = object.sequence;
      const owner = ownedBy === null ? null : `owned by ${ownedBy.table.name}.${ownedBy.column}`;
      return { title: `${schema}.${name}`, about: sentence('sequence', type, owner, comment) };
    }
    case 'type': {
      const { schema, name, kind, comment } = object.type;
      return { title: `${schema}.${name}`, about: sentence(kind, 'type', comment) };
    }
    case 'routine': {
      const { routine } = object;
      return {
        title: `${routine.schema}.${signatureOf(routine)}`,
        about: sentence(
          routine.kind,
          routine.language,
          routine.volatility,
          routine.securityDefiner ? 'runs with the rights of its owner' : null,
          routine.comment,
        ),
      };
    }
    case 'extension': {
      const { name, version, schema } = object.extension;
      return { title: name, about: sentence('extension', `version ${version}`, `in schema ${schema}`) };
    }
    case 'other': {
      const { schema, name, kind, comment } = object.object;
      return { title: schema === '' ? name : `${schema}.${name}`, about: sentence(kind, comment) };
    }
  }
}

function pairsOf(catalog: Catalog, object: SmallObject): readonly Pair[] {
  if (object.kind === 'extension') {
    return (object.extension.members ?? []).map(({ kind, count }) => ({ label: kind, value: exactCount(count) }));
  }
  if (object.kind !== 'sequence') return [];
  const { schema, name } = object.sequence;
  const fact = catalog.facts?.sequences?.find((each) => each.schema === schema && each.name === name);
  if (fact === undefined) return [];
  return [
    { label: 'Last value', value: fact.lastValue ?? (fact.usedFraction === null ? 'not visible' : 'never used') },
    { label: fact.cycles ? 'Begins again after' : 'Ends at', value: fact.end },
    ...(fact.usedFraction === null ? [] : [{ label: 'Used', value: percentText(fact.usedFraction) }]),
    ...(fact.column === null
      ? []
      : [{ label: 'Fills', value: `${fact.column.table}.${fact.column.name}, ${fact.column.type}` }]),
  ];
}
