import { err, ok, type Result } from '../../shared/result.ts';
import type { Catalog, DefinedObject, Policy, Sequence, Table, Trigger, View } from '../catalog/catalog.ts';
import { memberName } from '../catalog/object-key.ts';
import { dependantsOfColumn, viewsUsing } from '../plan/write/dependants.ts';
import { parseExpression } from '../sql/expressions.ts';
import { columnsIn } from '../sql/nodes.ts';
import { keyOf, type PlacedConstraint, tableIndex } from '../sql/table-index.ts';
import { tokensOf } from '../sql/tokens.ts';
import { catalogView } from '../validate/catalog-view.ts';
import { publicationsOf } from '../validate/publications.ts';

/** What stands on a column and is neither an index nor a constraint of its table. */
export type ColumnUsers = {
  /** All that read it, and all that read those, in an order in which they can be made. */
  readonly views: readonly View[];
  readonly triggers: readonly Trigger[];
  readonly policies: readonly Policy[];
  readonly statistics: readonly DefinedObject[];
  /** Foreign keys that refer to it. */
  readonly references: readonly PlacedConstraint[];
  /** The sequence that counts it: its identity's, or one that it owns. */
  readonly sequence: Sequence | null;
  /** Everything else, in words. */
  readonly others: readonly string[];
};

const isOf = (table: Table, name: { readonly schema: string; readonly name: string } | undefined): boolean =>
  name?.schema === table.schema && name.name === table.name;

const nameIn = (text: string): string =>
  text.startsWith('"') ? text.slice(1, -1).replaceAll('""', '"') : text.toLowerCase();

/** True for a definition in which the name stands as a word of its own. */
const names = (definition: string, name: string): boolean =>
  tokensOf(definition).some(
    ({ kind, start, end }) =>
      (kind === 'word' || kind === 'quoted identifier') && nameIn(definition.slice(start, end)) === name,
  );

const reads = (expression: string | null, column: string): boolean => {
  const node = expression === null ? null : parseExpression(expression);
  return node !== null && columnsIn(node).includes(column);
};

/** The triggers that fire for an update of the column alone, or look at it before they fire. */
const triggersOn = (table: Table, column: string): readonly Trigger[] =>
  table.triggers.filter(({ definition }) => {
    const [head = '', condition = ''] = definition.split(/\bFOR EACH\b/);
    const own = head.slice(0, Math.max(0, head.search(/\sON\s/)));
    return /\bUPDATE OF\b/.test(own) ? names(definition, column) : names(condition, column);
  });

/** Collects what uses a column, apart from indexes and constraints of its own table. */
export function usersOfColumn(catalog: Catalog, table: Table, column: string): ColumnUsers {
  const direct = dependantsOfColumn(catalog, table, column);
  const views = viewsUsing(catalog, direct);
  const triggers = triggersOn(table, column);
  const policies = table.policies.filter(({ using, check }) => reads(using, column) || reads(check, column));
  const known = new Set([...triggers, ...policies].map(({ name }) => memberName(table.name, name)));
  const listed = publicationsOf(catalogView(catalog), table).filter(({ columns }) => columns);
  const isKnown = ({ kind, name }: { readonly kind: string; readonly name: string }): boolean =>
    (kind === 'publication' && listed.some((publication) => publication.name === name)) ||
    kind === 'view' ||
    kind === 'materialized view' ||
    ((kind === 'trigger' || kind === 'policy') && known.has(name));
  const statistics = (catalog.otherObjects ?? []).filter(
    (other) =>
      other.kind === 'statistics' &&
      isOf(table, other.table ?? undefined) &&
      names(other.definition.replace(/^.*?\sON\s/s, ''), column),
  );
  return {
    views,
    triggers,
    policies,
    statistics,
    references: tableIndex(catalog.tables)
      .referencesTo(keyOf(table))
      .filter(({ constraint }) => constraint.references?.columns.includes(column)),
    sequence: catalog.sequences.find(({ ownedBy }) => ownedBy?.column === column && isOf(table, ownedBy.table)) ?? null,
    others: [
      ...new Set([
        ...listed.map(({ name }) => `the column list of publication ${name}`),
        ...direct
          .filter((each) => !isKnown(each))
          .map(({ kind, schema, name }) => `${kind} ${schema === '' ? name : `${schema}.${name}`}`),
        ...table.columns
          .filter(({ generated, default: expression }) => generated !== null && reads(expression, column))
          .map(({ name }) => `column ${table.schema}.${memberName(table.name, name)}`),
      ]),
    ],
  };
}

/** The views as ones that can be dropped and made again within one transaction, or why they cannot. */
export function replaceableViews(catalog: Catalog, { views }: ColumnUsers): Result<readonly View[], string> {
  const stored = views.find(({ materialized }) => materialized);
  if (stored !== undefined)
    return err(
      `the materialized view ${stored.schema}.${stored.name} reads it, and would have to be filled again while nobody can read it`,
    );
  for (const view of views) {
    const user = catalog.dependencies.find(
      ({ on, dependent }) =>
        on.schema === view.schema &&
        on.name === view.name &&
        !['view', 'materialized view', 'trigger', 'type'].includes(dependent.kind) &&
        !(dependent.kind === 'rule' && dependent.name.endsWith('."_RETURN"')),
    );
    if (user !== undefined)
      return err(
        `the view ${view.schema}.${view.name} reads it, and ${user.dependent.kind} ${user.dependent.schema}.${user.dependent.name} stands on that view`,
      );
  }
  return ok(views);
}
