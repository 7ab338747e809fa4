import type { Node } from '@pgsql/types';
import type { ShadowDatabase } from '../ports/shadow-databases.ts';
import { newerInText } from '../sql/newer-in-text.ts';
import { newerNames, type OwnNames } from '../sql/newer-names.ts';
import { newerSyntax } from '../sql/newer-syntax.ts';
import { as, findNodes, type NodeName, strings } from '../sql/nodes.ts';
import type { Statement } from '../sql/parser.ts';
import type { TargetServer } from './target-server.ts';

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

function guardExtension(node: Node, available: readonly string[], standsIn: boolean): Guard | null {
  const created = as(node, 'CreateExtensionStmt')?.extname;
  if (created !== undefined && !standsIn && !available.includes(created)) {
    return leaveOut(`extension ${created} is not in the shadow database`, `extension ${created}`);
  }
  const altered = as(node, 'AlterExtensionStmt')?.extname;
  if (altered !== undefined) {
    return leaveOut(`versions of extension ${altered} are those of the shadow database`, null);
  }
  const dropped = as(node, 'DropStmt');
  if (dropped?.removeType === 'OBJECT_EXTENSION' && !standsIn) {
    const names = strings(dropped.objects);
    if (names.length > 0 && names.every((name) => !available.includes(name))) {
      return leaveOut(`extension ${names.join(', ')} is not in the shadow database`, null);
    }
  }
  return null;
}

function guardNewer(statement: Statement, { major, isAssumed }: TargetServer, own: OwnNames): Guard | null {
  const { node } = statement;
  const [newer] = [...newerSyntax(node, major), ...newerNames(node, major, own), ...newerInText(statement, major)];
  if (newer === undefined) return null;
  return refuse(
    isAssumed
      ? `nobody said which PostgreSQL the database is, no up needs more than ${major}, and ${newer.clause} came with ${newer.since}`
      : `the database is PostgreSQL ${major}, and ${newer.clause} came with ${newer.since}`,
  );
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

/** Functions whose work a transaction does not hold, or that is about other sessions, files and servers. */
const REACHING_OUT =
  /^(?:dblink\w*|lo_(?:import|export)|pg_(?:cancel|terminate)_backend|pg_file_\w+|pg_(?:create|copy|drop)_\w*replication_slot|pg_(?:promote|reload_conf|rotate_logfile|switch_wal|create_restore_point|wal_replay_\w+|backup_start|backup_stop|start_backup|stop_backup)|pg_replication_origin_(?:create|drop))$/;

/** Statements about roles, which all databases of a server share. */
const ABOUT_ROLES = [
  'CreateRoleStmt',
  'AlterRoleStmt',
  'AlterRoleSetStmt',
  'DropRoleStmt',
  'GrantRoleStmt',
] as const satisfies readonly NodeName[];

/** What has the name of something that all databases of a server share. */
const SHARED_KINDS: ReadonlySet<string | undefined> = new Set([
  'OBJECT_ROLE',
  'OBJECT_TABLESPACE',
  'OBJECT_PARAMETER_ACL',
  'OBJECT_DATABASE',
]);

function guardShared({ node, text }: Statement): Guard | null {
  if (ABOUT_ROLES.some((kind) => kind in node)) return leaveOut('roles belong to the whole server');
  if ('ReassignOwnedStmt' in node || 'DropOwnedStmt' in node) {
    return leaveOut('it is also about what the role has in other databases of the server');
  }
  const kinds = [
    as(node, 'GrantStmt')?.objtype,
    as(node, 'CommentStmt')?.objtype,
    as(node, 'SecLabelStmt')?.objtype,
    as(node, 'RenameStmt')?.renameType,
    as(node, 'AlterOwnerStmt')?.objectType,
  ];
  if (
    'AlterTableSpaceOptionsStmt' in node ||
    'DropTableSpaceStmt' in node ||
    kinds.some((one) => SHARED_KINDS.has(one))
  ) {
    return leaveOut('it is about something that belongs to the whole server');
  }
  const isBlock = 'DoStmt' in node;
  const called = isBlock
    ? [...text.matchAll(/[a-z_]\w*(?=\s*\()/gi)].map(([name]) => name.toLowerCase())
    : findNodes(node, 'FuncCall').map(({ funcname }) => strings(funcname).at(-1) ?? '');
  const reached = called.find((name) => REACHING_OUT.test(name));
  if (reached !== undefined) return refuse(`${reached}() reaches out of the shadow database`);
  if (isBlock && /\bcopy\b/i.test(text) && /\bprogram\b/i.test(text)) {
    return refuse('COPY … PROGRAM starts a program on the server: not on a shadow database');
  }
  const ends = isBlock && /\b(?:commit|rollback)\b/i.test(text);
  if (ends && /\b(?:role|user|group|database|tablespace|owned|system|parameter)\b/i.test(text)) {
    return refuse('a block that ends its own transactions must not change roles or databases of the whole server');
  }
  return null;
}

/** Where a statement is to run: on an engine of its own, or on a server that has other databases too. */
export type GuardedShadow = {
  readonly kind: ShadowDatabase['kind'];
  /** Extensions that can be created. */
  readonly extensions: readonly string[];
  /** True where stand-ins are made for all others; false when absent. */
  readonly standsIn?: boolean;
  /** The server that the statements are for, where that is an older one. */
  readonly target: TargetServer | null;
  /** Names that people gave, which are none of the system's. */
  readonly own?: OwnNames;
};

/** The guard of a statement, or null when it may run as it is. */
export function guardOf(
  statement: Statement,
  { kind, extensions, standsIn = false, target, own = { routines: new Set() } }: GuardedShadow,
): Guard | null {
  const { node } = statement;
  const shared = kind === 'server' ? guardShared(statement) : null;
  if (shared !== null) return shared;
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
  if (as(node, 'TransactionStmt')?.kind === 'TRANS_STMT_PREPARE') {
    return refuse('a prepared transaction would outlive the shadow run');
  }
  const newer = target === null ? null : guardNewer(statement, target, own);
  if (newer !== null) return newer;
  return guardExtension(node, extensions, standsIn);
}

/**
 * Roles that a shadow database needs to be there: those that the statements name and, on an engine of its own, do not create
 * themselves.
 */
export function rolesNeededBy(statements: readonly Statement[], kind: ShadowDatabase['kind']): readonly string[] {
  const created = new Set<string>();
  const needed = new Set<string>();
  for (const { node, text } of statements) {
    const role = as(node, 'CreateRoleStmt')?.role;
    if (role !== undefined) (kind === 'server' ? needed : created).add(role);
    if (kind === 'server' && 'DoStmt' in node) for (const name of rolesCreatedIn(text)) needed.add(name);
    for (const { roletype, rolename } of findNodes(node, 'RoleSpec')) {
      if (roletype === 'ROLESPEC_CSTRING' && rolename !== undefined) needed.add(rolename);
    }
    for (const spec of specsOutsideNodes(node)) needed.add(spec);
  }
  return [...needed].filter((name) => !created.has(name)).sort();
}

/** Roles that a block of code creates where they are not there, as far as its text tells: then it finds them. */
const rolesCreatedIn = (text: string): readonly string[] =>
  [...text.matchAll(/\bcreate\s+(?:role|user|group)\s+(?!mapping\b)(?:"((?:[^"]|"")+)"|([a-z_][\w$]*))/gi)].map(
    ([, quoted, bare]) => quoted?.replaceAll('""', '"') ?? bare?.toLowerCase() ?? '',
  );

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

/** Foreign-data wrappers that servers are made of and that the statements do not make themselves. */
export function wrappersNeededBy(statements: readonly Statement[]): readonly string[] {
  const made = new Set(statements.map(({ node }) => as(node, 'CreateFdwStmt')?.fdwname));
  const needed = statements.flatMap(({ node }) => as(node, 'CreateForeignServerStmt')?.fdwname ?? []);
  return [...new Set(needed)].filter((name) => !made.has(name)).sort();
}
