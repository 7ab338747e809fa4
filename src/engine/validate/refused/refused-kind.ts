import type { Node, ObjectType } from '@pgsql/types';
import type { RelationKind } from '../../sql/catalog-lookup.ts';
import { all, as, nameOf, nameOfObject, nameOfParts, strings, type WrittenName } from '../../sql/nodes.ts';
import type { CheckContext } from '../rule.ts';
import { shown } from '../wording.ts';
import type { Refusal } from './refusal.ts';

/** An object that a statement names, and the kinds that it may be there of. */
type Asked = { readonly written: WrittenName; readonly kinds: readonly Kind[] };

type Kind = RelationKind | 'enum' | 'domain' | 'composite' | 'range';

const relationKinds: Readonly<Partial<Record<ObjectType, readonly Kind[]>>> = {
  OBJECT_TABLE: ['table'],
  OBJECT_FOREIGN_TABLE: ['table'],
  OBJECT_VIEW: ['view'],
  OBJECT_MATVIEW: ['materialized view'],
  OBJECT_SEQUENCE: ['sequence'],
  OBJECT_INDEX: ['index'],
};

const typeKinds: Readonly<Partial<Record<ObjectType, readonly Kind[]>>> = {
  OBJECT_DOMAIN: ['domain'],
  OBJECT_TYPE: ['enum', 'domain', 'composite', 'range'],
};

const ofType = (type: ObjectType | undefined, written: WrittenName): readonly Asked[] => {
  const kinds = type === undefined ? undefined : (relationKinds[type] ?? typeKinds[type]);
  return kinds === undefined ? [] : [{ written, kinds }];
};

/** Rows are written to tables, and through views. */
const ofRows = (relation: Parameters<typeof nameOf>[0]): readonly Asked[] => [
  { written: nameOf(relation), kinds: ['table', 'view'] },
];

const askedBy = (node: Node, version: number): readonly Asked[] => {
  const drop = as(node, 'DropStmt');
  if (drop !== undefined)
    return (drop.objects ?? []).flatMap((object) => ofType(drop.removeType, nameOfObject(object)));
  const comment = as(node, 'CommentStmt');
  if (comment !== undefined) return ofType(comment.objtype, nameOfObject(comment.object));
  const index = as(node, 'IndexStmt');
  if (index !== undefined) return [{ written: nameOf(index.relation), kinds: ['table', 'materialized view'] }];
  const refresh = as(node, 'RefreshMatViewStmt');
  if (refresh !== undefined) return [{ written: nameOf(refresh.relation), kinds: ['materialized view'] }];
  const lock = as(node, 'LockStmt');
  if (lock !== undefined) return all(lock.relations, 'RangeVar').flatMap(ofRows);
  const truncate = as(node, 'TruncateStmt');
  if (truncate !== undefined)
    return all(truncate.relations, 'RangeVar').map((one) => ({ written: nameOf(one), kinds: ['table'] }));
  const merge = as(node, 'MergeStmt');
  if (merge !== undefined && version < 170_000) return [{ written: nameOf(merge.relation), kinds: ['table'] }];
  const rows =
    as(node, 'InsertStmt') ?? as(node, 'UpdateStmt') ?? as(node, 'DeleteStmt') ?? as(node, 'MergeStmt') ?? null;
  if (rows !== null) return ofRows(rows.relation);
  const label = as(node, 'AlterEnumStmt');
  if (label !== undefined) return [{ written: nameOfParts(strings(label.typeName)), kinds: ['enum'] }];
  const domain = as(node, 'AlterDomainStmt');
  if (domain !== undefined) return [{ written: nameOfParts(strings(domain.typeName)), kinds: ['domain'] }];
  const typed = as(node, 'CreateStmt')?.ofTypename;
  if (typed !== undefined) return [{ written: nameOfParts(strings(typed.names)), kinds: ['composite'] }];
  const rename = as(node, 'RenameStmt');
  const isOfView = rename?.renameType === 'OBJECT_VIEW' || rename?.renameType === 'OBJECT_MATVIEW';
  if (rename !== undefined && isOfView) return ofType(rename.renameType, nameOf(rename.relation));
  const alter = as(node, 'AlterTableStmt');
  // ALTER TABLE may be written for most relations; the others are particular about theirs.
  const isParticular = alter?.objtype === 'OBJECT_VIEW' || alter?.objtype === 'OBJECT_MATVIEW';
  if (alter !== undefined && isParticular) return ofType(alter.objtype, nameOf(alter.relation));
  return alter?.objtype === 'OBJECT_TYPE' ? [{ written: nameOf(alter.relation), kinds: ['composite'] }] : [];
};

const articles: Readonly<Record<Kind, string>> = {
  table: 'a table',
  view: 'a view',
  'materialized view': 'a materialized view',
  sequence: 'a sequence',
  index: 'an index',
  'composite type': 'a composite type',
  enum: 'an enum',
  domain: 'a domain',
  composite: 'a composite type',
  range: 'a range type',
};

/** What a statement does to an object of another kind than it is for: a DROP TABLE of a view, a value for what is no enum. */
export const refusedKind = (context: CheckContext): readonly Refusal[] => {
  const { database, source, statement, isUncertain, hasCatalog } = context;
  if (!hasCatalog) return [];
  return askedBy(statement.node, context.serverVersion).flatMap(({ written, kinds }) => {
    const isOfTypes = kinds.some((kind) => kind === 'enum' || kind === 'domain' || kind === 'composite');
    const kind: Kind | null = isOfTypes ? (database.type(written)?.kind ?? null) : database.relationKind(written);
    if (kind === null || kinds.includes(kind) || isUncertain(database.resolve(written))) return [];
    const range = source.identifier(written.name) ?? source.range;
    const wanted = kinds.map((one) => articles[one]).join(' or ');
    const sqlstate = 'MergeStmt' in statement.node ? '0A000' : '42809';
    return [{ range, sqlstate, reason: `${shown(written)} is ${articles[kind]}, not ${wanted}` }];
  });
};
