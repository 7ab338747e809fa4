import type { Node } from '@pgsql/types';
import { as, findNodes, strings } from '../sql/nodes.ts';
import type { Statement } from '../sql/parser.ts';

/**
 * What the shadow run does with a statement instead of running it: leaves it out and goes on, because it says nothing
 * about the schema or asks for something that only the real server has; or refuses it, because a throw-away copy must not
 * do it.
 */
export type Guard =
  | { readonly kind: 'leave out'; readonly message: string; readonly stubbed: string | null }
  | { readonly kind: 'refuse'; readonly message: string };

const leaveOut = (message: string, stubbed: string | null = null): Guard => ({ kind: 'leave out', message, stubbed });
const refuse = (message: string): Guard => ({ kind: 'refuse', message });

function guardExtension(node: Node, available: readonly string[]): Guard | null {
  const created = as(node, 'CreateExtensionStmt')?.extname;
  if (created !== undefined && !available.includes(created)) {
    return leaveOut(`extension ${created} is not in the shadow database`, `extension ${created}`);
  }
  const altered = as(node, 'AlterExtensionStmt')?.extname;
  if (altered !== undefined) {
    return leaveOut(`versions of extension ${altered} are those of the shadow database`, null);
  }
  const dropped = as(node, 'DropStmt');
  if (dropped?.removeType === 'OBJECT_EXTENSION') {
    const names = strings(dropped.objects);
    if (names.length > 0 && names.every((name) => !available.includes(name))) {
      return leaveOut(`extension ${names.join(', ')} is not in the shadow database`, null);
    }
  }
  return null;
}

function isAboutDatabase(node: Node): boolean {
  return (
    'AlterDatabaseStmt' in node ||
    'AlterDatabaseSetStmt' in node ||
    as(node, 'GrantStmt')?.objtype === 'OBJECT_DATABASE' ||
    as(node, 'CommentStmt')?.objtype === 'OBJECT_DATABASE' ||
    as(node, 'AlterOwnerStmt')?.objectType === 'OBJECT_DATABASE'
  );
}

/** The guard of a statement, or null when it may run as it is. `available` names the extensions that can be created. */
export function guardOf(statement: Statement, available: readonly string[]): Guard | null {
  const { node } = statement;
  const copy = as(node, 'CopyStmt');
  if (copy?.is_program === true)
    return refuse('COPY … PROGRAM starts a program on the server: not on a shadow database');
  if (copy?.filename !== undefined) return refuse('COPY with a file reads or writes the server’s disk');
  if (copy?.is_from === true)
    return refuse('COPY … FROM stdin waits for rows, and only psql can send them from a file');
  if ('LoadStmt' in node) return refuse('LOAD brings a library of the server into the session');
  if ('CreateSubscriptionStmt' in node || 'AlterSubscriptionStmt' in node || 'DropSubscriptionStmt' in node) {
    return refuse('a subscription connects to another server: not from a shadow database');
  }
  if ('CreatedbStmt' in node || 'DropdbStmt' in node || 'CreateTableSpaceStmt' in node) {
    return refuse('databases and tablespaces are not made on a shadow database');
  }
  if ('AlterSystemStmt' in node) return refuse('ALTER SYSTEM is about the whole server');
  if (isAboutDatabase(node)) return leaveOut('it is about the database itself, which the shadow database replaces');
  return guardExtension(node, available);
}

/** Roles that the statements name and do not create themselves: a shadow database needs each to be there. */
export function rolesNeededBy(statements: readonly Statement[]): readonly string[] {
  const created = new Set<string>();
  const needed = new Set<string>();
  for (const { node } of statements) {
    const role = as(node, 'CreateRoleStmt')?.role;
    if (role !== undefined) created.add(role);
    for (const { roletype, rolename } of findNodes(node, 'RoleSpec')) {
      if (roletype === 'ROLESPEC_CSTRING' && rolename !== undefined) needed.add(rolename);
    }
    for (const spec of specsOutsideNodes(node)) needed.add(spec);
  }
  return [...needed].filter((name) => !created.has(name)).sort();
}

/** Role names in fields that the parser does not wrap as nodes: `OWNER TO`, `AUTHORIZATION`. */
function specsOutsideNodes(node: Node): readonly string[] {
  const specs = [
    as(node, 'AlterOwnerStmt')?.newowner,
    as(node, 'CreateSchemaStmt')?.authrole,
    ...findNodes(node, 'AlterTableCmd').map((command) => command.newowner),
  ];
  return specs.flatMap((spec) =>
    spec?.roletype === 'ROLESPEC_CSTRING' && spec.rolename !== undefined ? [spec.rolename] : [],
  );
}

/** Languages that the statements' routines are written in. */
export function languagesNeededBy(statements: readonly Statement[]): readonly string[] {
  const names = statements.flatMap(({ node }) =>
    (as(node, 'CreateFunctionStmt')?.options ?? []).flatMap((option) => {
      const element = as(option, 'DefElem');
      const name = element?.defname === 'language' ? as(element.arg, 'String')?.sval : undefined;
      return name === undefined ? [] : [name.toLowerCase()];
    }),
  );
  return [...new Set(names)].sort();
}
