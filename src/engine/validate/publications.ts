import type { Table } from '../catalog/catalog.ts';
import { all, as, nameOf } from '../sql/nodes.ts';
import { parseScript } from '../sql/parser.ts';
import { keyOf } from '../sql/table-index.ts';
import type { CatalogView } from './catalog-view.ts';

/** A publication that sends changes of a table; `columns`: it names the columns that it sends. */
export type PublishedBy = { readonly name: string; readonly columns: boolean; readonly updates: boolean };

type Target = { readonly columns: boolean };

/** What one of the statements that make a publication says about a table; null when nothing. */
const targetIn = (database: CatalogView, table: Table, text: string): Target | 'left' | null => {
  const script = parseScript(text);
  const node = script.ok ? script.value.statements[0]?.node : undefined;
  const create = as(node, 'CreatePublicationStmt');
  const alter = as(node, 'AlterPublicationStmt');
  if (create?.for_all_tables === true || alter?.for_all_tables === true) return { columns: false };
  const objects = all(create?.pubobjects ?? alter?.pubobjects, 'PublicationObjSpec');
  for (const object of objects) {
    const schema = object.pubobjtype === 'PUBLICATIONOBJ_TABLES_IN_SCHEMA' ? object.name : undefined;
    const relation = object.pubtable?.relation;
    const named = relation !== undefined && keyOf(database.resolve(nameOf(relation))) === keyOf(table);
    if (named || schema === table.schema)
      return alter?.action === 'AP_DropObjects' ? 'left' : { columns: (object.pubtable?.columns ?? []).length > 0 };
  }
  return alter?.action === 'AP_SetObjects' && objects.length > 0 ? 'left' : null;
};

/** False when the publication says that it sends neither updates nor deletes. */
const sendsUpdates = (texts: readonly string[]): boolean => {
  const publish = texts
    .map((text) => /\bpublish\s*=\s*'([^']*)'/i.exec(text)?.[1])
    .findLast((list) => list !== undefined);
  return publish === undefined || /\b(?:update|delete)\b/i.test(publish);
};

/** The publications that send changes of a table, by the statements that the catalog says they are made with. */
export const publicationsOf = (database: CatalogView, table: Table): readonly PublishedBy[] =>
  (database.catalog.otherObjects ?? []).flatMap((object) => {
    if (object.kind !== 'publication') return [];
    const texts = [object.definition, ...(object.further ?? [])];
    const last = texts.map((text) => targetIn(database, table, text)).findLast((target) => target !== null);
    if (last === undefined || last === 'left') return [];
    return [{ name: object.name, columns: last.columns, updates: sendsUpdates(texts) }];
  });
