import type { Grant } from '../catalog.ts';
import type { Ignorable } from '../ignorable.ts';
import { memberName, objectKey } from '../object-key.ts';
import { commentedObjects, renderComment } from '../render/render-comments.ts';
import { loader, ownedObjects, renderGrant, renderOwner } from '../render/render-rights.ts';
import { begins, type ChangeContext } from './change-context.ts';
import { type ChangeStatement, changeBy } from './change-script.ts';
import { indexKeyOf } from './make-statements.ts';

/** Comments, owners and privileges: of what is new all that it has, of what stays what differs. */
export function surroundings(context: ChangeContext, ignore: readonly Ignorable[]): readonly ChangeStatement[] {
  return [
    ...(ignore.includes('comments') ? [] : comments(context)),
    ...(ignore.includes('owner') ? [] : owners(context)),
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
  return commentedObjects(context.to.catalog)
    .filter(({ key, target, comment }) => {
      const was = isNew(context, key) ? null : (before.get(target.text) ?? null);
      return was !== comment;
    })
    .map((commented) => changeBy(renderComment(commented)));
}

function owners(context: ChangeContext): readonly ChangeStatement[] {
  const before = new Map(ownedObjects(context.from.catalog).map(({ target, owner }) => [target.text, owner]));
  return ownedObjects(context.to.catalog)
    .filter(({ key, target, owner }) => {
      if (owner === '') return false;
      return isNew(context, key) ? owner !== loader : (before.get(target.text) ?? owner) !== owner;
    })
    .map((owned) => changeBy(renderOwner(owned)));
}

const identityOf = ({ kind, schema, name, column, grantee, privilege }: Grant): string =>
  [kind, schema, name, column ?? '', grantee, privilege].join('\0');

const keyOf = ({ kind, schema, name, column }: Grant): string =>
  kind === 'schema'
    ? objectKey('schema', '', name)
    : kind === 'column'
      ? objectKey('column', schema, memberName(name, column ?? ''))
      : objectKey(kind, schema, name);

function grants(context: ChangeContext): readonly ChangeStatement[] {
  const { from, to } = context;
  const now = new Map((to.catalog.grants ?? []).map((grant) => [identityOf(grant), grant]));
  const old = new Map((from.catalog.grants ?? []).map((grant) => [identityOf(grant), grant]));
  const statements: ChangeStatement[] = [];
  for (const [identity, grant] of old) {
    const stays = to.byKey.has(keyOf(grant)) && !isNew(context, keyOf(grant));
    if (stays && !now.has(identity)) {
      statements.push(changeBy(renderGrant({ ...grant, revoked: !grant.revoked, grantable: false })));
    }
  }
  for (const [identity, grant] of now) {
    const was = isNew(context, keyOf(grant)) ? undefined : old.get(identity);
    if (was?.revoked === grant.revoked && was.grantable === grant.grantable) continue;
    if (was?.grantable === true && !grant.grantable && !grant.revoked) {
      const whole = renderGrant({ ...grant, revoked: true });
      statements.push(changeBy({ ...whole, sql: whole.sql.replace(/^REVOKE /, 'REVOKE GRANT OPTION FOR ') }));
    } else statements.push(changeBy(renderGrant(grant)));
  }
  return statements;
}
