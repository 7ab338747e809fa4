import type { AlterObjectSchemaStmt, AlterOwnerStmt, ObjectType, RenameStmt } from '@pgsql/types';
import type { ObjectName } from '../../catalog/catalog.ts';
import { nameOf } from '../nodes.ts';
import type { EffectScope } from './effect-scope.ts';

const relations: ReadonlySet<ObjectType | undefined> = new Set<ObjectType | undefined>([
  'OBJECT_TABLE',
  'OBJECT_FOREIGN_TABLE',
  'OBJECT_VIEW',
  'OBJECT_MATVIEW',
  'OBJECT_SEQUENCE',
]);

/** `… RENAME`: of a relation, or of something that belongs to one. */
export function rename(scope: EffectScope, statement: RenameStmt): void {
  if (statement.relation === undefined) return;
  const name = scope.relation(nameOf(statement.relation));
  const kind = scope.lookup.relationKind(name);
  if (statement.missing_ok === true && scope.hasCatalog && kind === undefined) return;
  const lock = (names: readonly ObjectName[]) => {
    for (const member of names) scope.lock(member, 'ACCESS EXCLUSIVE');
  };
  const below = statement.relation.inh === true;
  switch (statement.renameType) {
    case 'OBJECT_INDEX':
      // The statement takes any relation, and locks what is no index as ALTER TABLE does.
      scope.lock(name, kind === undefined || kind === 'index' ? 'SHARE UPDATE EXCLUSIVE' : 'ACCESS EXCLUSIVE');
      return;
    case 'OBJECT_COLUMN':
    case 'OBJECT_TABCONSTRAINT':
      if (statement.renameType === 'OBJECT_COLUMN') lock(below ? scope.tree(name) : [name]);
      else lock(below && isInherited(scope, name, statement.subname ?? '') ? scope.tree(name) : [name]);
      return;
    case 'OBJECT_TRIGGER':
      lock(scope.version >= 150_000 ? scope.partitionTree(name) : [name]);
      return;
    case 'OBJECT_RULE':
    case 'OBJECT_POLICY':
      lock([name]);
      return;
    default:
      if (!relations.has(statement.renameType)) return;
      if (kind === 'index') scope.lock(name, 'SHARE UPDATE EXCLUSIVE');
      else lock([name]);
  }
}

/** A check is renamed in all tables that inherit it; keys and foreign keys only where they stand. */
function isInherited(scope: EffectScope, table: ObjectName, constraint: string): boolean {
  const found = scope.lookup.table(table)?.constraints.find((candidate) => candidate.name === constraint);
  return (found?.kind === 'check' || found?.kind === 'not null') && !found.noInherit;
}

/** `… SET SCHEMA`: a table takes its own sequences with it. */
export function setSchema(scope: EffectScope, statement: AlterObjectSchemaStmt): void {
  if (statement.relation === undefined || !relations.has(statement.objectType)) return;
  const name = scope.relation(nameOf(statement.relation));
  if (statement.missing_ok === true && scope.hasCatalog && scope.lookup.relationKind(name) === undefined) return;
  scope.lock(name, 'ACCESS EXCLUSIVE');
  for (const sequence of scope.lookup.sequencesOf(name)) scope.lock(sequence, 'ACCESS EXCLUSIVE');
}

/** `… OWNER TO` of what is not a relation takes no lock that anybody waits for. */
export function changeOwner(scope: EffectScope, statement: AlterOwnerStmt): void {
  if (statement.relation !== undefined) scope.lock(scope.relation(nameOf(statement.relation)), 'ACCESS EXCLUSIVE');
}
