import { qualifiedName } from '../../sql/qualified-name.ts';
import { quoteIdentifier } from '../../sql/quote-identifier.ts';
import { identifier, qualified, sql } from '../../sql/sql.ts';
import type { Catalog, Grant } from '../catalog.ts';
import type { Ignorable } from '../ignorable.ts';
import { memberName, objectKey } from '../object-key.ts';
import { type Commented, commentedObjects, renderComment } from '../render/render-comments.ts';
import {
  inOrderOfGrantors,
  loader,
  ownedObjects,
  renderGrant,
  renderGrantByGrantor,
  renderOwner,
} from '../render/render-rights.ts';
import { placedObjects, renderTablespace } from '../render/render-tablespaces.ts';
import { begins, type ChangeContext } from './change-context.ts';
import { type ChangeStatement, changeBy } from './change-script.ts';
import { indexKeyOf } from './make-statements.ts';

/** Comments, owners, tablespaces and privileges: of what is new all that it has, of what stays what differs. */
export function surroundings(context: ChangeContext, ignore: readonly Ignorable[]): readonly ChangeStatement[] {
  return [
    ...(ignore.includes('comments') ? [] : comments(context)),
    ...(ignore.includes('owner') ? [] : owners(context)),
    ...(ignore.includes('tablespaces') ? [] : tablespaces(context)),
    ...(ignore.includes('grants') ? [] : grants(context)),
  ];
}

/** True when the object, or what it is a part of, is made by the change. */
function isNew(context: ChangeContext, key: string): boolean {
  const [kind = '', schema = '', name = ''] = key.split('\0');
  const own = kind === 'index' ? indexKeyOf(context, { schema, name }) : key;
  const parent = context.to.byKey.get(own)?.parent ?? null;
  return begins(context, own) || (parent !== null && begins(context, parent));
}

function comments(context: ChangeContext): readonly ChangeStatement[] {
  const before = new Map(commentedObjects(context.from.catalog).map(({ target, comment }) => [target.text, comment]));
  const inside = attributesOf(context.to.catalog).filter(({ key, target, comment }) => {
    const was = attributesOf(context.from.catalog).find((each) => each.target.text === target.text)?.comment ?? null;
    // The statements that make a type say the comments of its attributes.
    return !isNew(context, key) && was !== comment;
  });
  const outside = commentedObjects(context.to.catalog).filter(({ key, target, comment }) => {
    const was = isNew(context, key) ? null : (before.get(target.text) ?? null);
    return was !== comment;
  });
  return [...outside, ...inside].map((commented) => changeBy(renderComment(commented)));
}

/** The attributes of composite types, which have comments of their own. */
const attributesOf = ({ types }: Catalog): readonly Commented[] =>
  types.flatMap((type) =>
    type.kind === 'composite'
      ? type.attributes.map(({ name, comment }) => ({
          key: objectKey('type', type.schema, type.name),
          object: `${qualifiedName(type)}.${quoteIdentifier(name)}`,
          target: sql`COLUMN ${qualified(type)}.${identifier(name)}`,
          comment: comment ?? null,
        }))
      : [],
  );

function owners(context: ChangeContext): readonly ChangeStatement[] {
  const before = new Map(ownedObjects(context.from.catalog).map(({ target, owner }) => [target.text, owner]));
  return ownedObjects(context.to.catalog)
    .filter(({ key, target, owner }) => {
      if (owner === '') return false;
      return isNew(context, key) ? owner !== loader : (before.get(target.text) ?? owner) !== owner;
    })
    .map((owned) => changeBy(renderOwner(owned)));
}

function tablespaces(context: ChangeContext): readonly ChangeStatement[] {
  const before = new Map(placedObjects(context.from.catalog).map((one) => [one.target.text, one.tablespace]));
  return placedObjects(context.to.catalog)
    .filter(({ key, target, tablespace }) => {
      const was = isNew(context, key) ? null : (before.get(target.text) ?? null);
      return was !== tablespace;
    })
    .map((one) => changeBy(renderTablespace(one)));
}

const identityOf = ({ kind, schema, name, column, grantee, grantor = '', privilege }: Grant): string =>
  [kind, schema, name, column ?? '', grantee, grantor, privilege].join('\0');

/** The piece that a privilege is about; a column of a view is part of the view. */
function keyOf({ kind, schema, name, column }: Grant, { from, to }: ChangeContext): string {
  if (kind === 'schema') return objectKey('schema', '', name);
  if (kind !== 'column') return objectKey(kind, schema, name);
  const keys = [
    objectKey('column', schema, memberName(name, column ?? '')),
    objectKey('view', schema, name),
    objectKey('materialized view', schema, name),
  ];
  return keys.find((key) => to.byKey.has(key) || from.byKey.has(key)) ?? objectKey('table', schema, name);
}

function grants(context: ChangeContext): readonly ChangeStatement[] {
  const { from, to } = context;
  const now = new Map(inOrderOfGrantors(to.catalog.grants ?? []).map((grant) => [identityOf(grant), grant]));
  const old = new Map(
    // What was handed on is taken back before what it came from.
    inOrderOfGrantors(from.catalog.grants ?? [])
      .toReversed()
      .map((grant) => [identityOf(grant), grant]),
  );
  const statements: ChangeStatement[] = [];
  for (const [identity, grant] of old) {
    const stays = to.byKey.has(keyOf(grant, context)) && !isNew(context, keyOf(grant, context));
    if (stays && !now.has(identity)) {
      statements.push(
        ...renderGrantByGrantor({ ...grant, revoked: !grant.revoked, grantable: false }).map((one) => changeBy(one)),
      );
    }
  }
  for (const [identity, grant] of now) {
    const was = isNew(context, keyOf(grant, context)) ? undefined : old.get(identity);
    if (was?.revoked === grant.revoked && was.grantable === grant.grantable) continue;
    if (was?.grantable === true && !grant.grantable && !grant.revoked) {
      const whole = renderGrant({ ...grant, revoked: true });
      statements.push(changeBy({ ...whole, sql: whole.sql.replace(/^REVOKE /, 'REVOKE GRANT OPTION FOR ') }));
    } else statements.push(...renderGrantByGrantor(grant).map((one) => changeBy(one)));
  }
  return statements;
}
