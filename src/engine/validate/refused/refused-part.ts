import type { Node } from '@pgsql/types';
import type { Table } from '../../catalog/catalog.ts';
import { all, as, nameOf, nameOfParts, strings, type WrittenName } from '../../sql/nodes.ts';
import { quoteIdentifier } from '../../sql/quote-identifier.ts';
import type { CheckContext } from '../rule.ts';
import { shown } from '../wording.ts';
import type { Refusal } from './refusal.ts';

/** A part of a table that a statement names as one that is there. */
type Part = { readonly what: 'trigger' | 'policy' | 'rule' | 'constraint' | 'index' | 'column'; readonly name: string };

const ofAction: Readonly<Record<string, Part['what']>> = {
  AT_EnableTrig: 'trigger',
  AT_EnableAlwaysTrig: 'trigger',
  AT_EnableReplicaTrig: 'trigger',
  AT_DisableTrig: 'trigger',
  AT_EnableRule: 'rule',
  AT_EnableAlwaysRule: 'rule',
  AT_EnableReplicaRule: 'rule',
  AT_DisableRule: 'rule',
  AT_SetOptions: 'column',
  AT_ResetOptions: 'column',
};

const ofObject: Readonly<Record<string, Part['what']>> = {
  OBJECT_TRIGGER: 'trigger',
  OBJECT_POLICY: 'policy',
  OBJECT_RULE: 'rule',
  OBJECT_TABCONSTRAINT: 'constraint',
};

type Named = { readonly relation: WrittenName; readonly parts: readonly Part[] };

const one = (what: Part['what'] | undefined, name: string | undefined): readonly Part[] =>
  what === undefined || name === undefined ? [] : [{ what, name }];

/** Where a dotted list ends in the name of a part, as in `DROP TRIGGER` and `COMMENT ON CONSTRAINT`. */
const ofList = (type: string | undefined, object: Node | undefined): Named => {
  const names = strings(as(object, 'List')?.items);
  return { relation: nameOfParts(names.slice(0, -1)), parts: one(ofObject[type ?? ''], names.at(-1)) };
};

const namedBy = (node: Node): readonly Named[] => {
  const alter = as(node, 'AlterTableStmt');
  if (alter !== undefined) {
    const parts = all(alter.cmds, 'AlterTableCmd').flatMap(({ subtype, name, def }) => [
      ...one(ofAction[subtype ?? ''], name),
      ...one('constraint', as(def, 'ATAlterConstraint')?.conname),
    ]);
    return [{ relation: nameOf(alter.relation), parts }];
  }
  const rename = as(node, 'RenameStmt');
  if (rename?.relation !== undefined && rename.missing_ok !== true)
    return [{ relation: nameOf(rename.relation), parts: one(ofObject[rename.renameType ?? ''], rename.subname) }];
  const comment = as(node, 'CommentStmt');
  if (comment !== undefined) return [ofList(comment.objtype, comment.object)];
  const drop = as(node, 'DropStmt');
  if (drop !== undefined && drop.missing_ok !== true)
    return (drop.objects ?? []).map((object) => ofList(drop.removeType, object));
  const cluster = as(node, 'ClusterStmt');
  if (cluster?.indexname !== undefined)
    return [{ relation: nameOf(cluster.relation), parts: one('index', cluster.indexname) }];
  const statistics = as(node, 'CreateStatsStmt');
  const [from, another] = all(statistics?.relations, 'RangeVar');
  if (from === undefined || another !== undefined) return [];
  const columns = all(statistics?.exprs, 'StatsElem').flatMap(({ name }) => one('column', name));
  return [{ relation: nameOf(from), parts: columns }];
};

/** What the server makes itself for foreign keys, and the catalog does not list. */
const isInternal = (name: string): boolean => name.startsWith('RI_ConstraintTrigger_');

const isThere = ({ database }: CheckContext, table: Table, { what, name }: Part): boolean => {
  const has = (list: readonly { readonly name: string }[]): boolean => list.some((known) => known.name === name);
  switch (what) {
    case 'trigger':
      return has(table.triggers) || isInternal(name);
    case 'policy':
      return has(table.policies);
    case 'constraint':
      return has(table.constraints);
    case 'index':
      return has(table.indexes);
    case 'column':
      return has(table.columns);
    case 'rule':
      return (database.catalog.otherObjects ?? []).some(
        (other) => other.kind === 'rule' && other.name === `${quoteIdentifier(table.name)}.${quoteIdentifier(name)}`,
      );
  }
};

/** A trigger, policy, rule, constraint, index or column that is named as part of a table and is none. */
export const refusedPart = (context: CheckContext): readonly Refusal[] => {
  const { database, source, statement } = context;
  if (!context.hasCatalog) return [];
  return namedBy(statement.node).flatMap(({ relation, parts }) => {
    const table = database.table(relation);
    if (table === null || context.isUncertain(table) || context.created.has('table from a query', table)) return [];
    return parts.flatMap((part) =>
      isThere(context, table, part)
        ? []
        : [
            {
              range: source.identifier(part.name) ?? source.range,
              sqlstate: part.what === 'column' ? '42703' : '42704',
              reason: `${shown(relation)} has no ${part.what} ${quoteIdentifier(part.name)}`,
            },
          ],
    );
  });
};
