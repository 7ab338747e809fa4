import { keepsValues } from '../../sql/data-loss.ts';
import { qualifiedName } from '../../sql/qualified-name.ts';
import { identifier, literal, qualified, rendered, type Sql, sql } from '../../sql/sql.ts';
import { parseType } from '../../sql/type-name.ts';
import type { Column, Table } from '../catalog.ts';
import { notNullName } from '../not-null-names.ts';
import { isPlannerOption, optionList } from '../render/render-options.ts';
import { columnSettings, renderIdentity } from '../render/render-table.ts';
import { alterSequence } from './alter-sequence.ts';
import { type ChangeContext, ends, followsParent } from './change-context.ts';
import { type ChangeStatement, changeOf, mayLose } from './change-script.ts';
import { foreignChanges } from './foreign-changes.ts';
import { positionOf } from './make-statements.ts';
import type { Part } from './piece.ts';
import { columnKey } from './pieces-of.ts';

type ColumnPart = Extract<Part, { kind: 'column' }>;

/** The statements that turn one column into another; its default is a piece of its own. */
export function alterColumn(
  was: ColumnPart,
  is: ColumnPart,
  object: string,
  context: ChangeContext,
): readonly ChangeStatement[] {
  if (followsParent(context, is.table, is.column) && sameAsAbove(is, context)) {
    // A partition may have a `NOT NULL` of its own beside that of its parent.
    const loosened = was.column.notNull && !is.column.notNull;
    return loosened ? nullability(was, is, object, context.style.serverVersion) : [];
  }
  const own = qualified(is.table);
  const [old, now] = [was.column, is.column];
  const column = sql`ALTER COLUMN ${identifier(now.name)}`;
  const alter = (action: Sql): ChangeStatement => changeOf(object, sql`ALTER TABLE ${own} ${column} ${action}`);
  const only = (action: Sql): ChangeStatement => changeOf(object, sql`ALTER TABLE ONLY ${own} ${action}`);
  const statements: ChangeStatement[] = [];
  const ownIdentity = is.table.partitionOf === null;
  if (old.identity !== null && now.identity === null && ownIdentity) statements.push(alter(sql`DROP IDENTITY`));
  if (old.generated !== null && now.generated === null) statements.push(alter(sql`DROP EXPRESSION`));
  const retyped = context.fates.retyped(columnKeyOf(is));
  if (retyped) statements.push(retype(was, is, object, context));
  if (now.generated !== null && old.generated !== null && old.default !== now.default) {
    statements.push(alter(sql`SET EXPRESSION AS (${rendered(now.default ?? 'NULL')})`));
  }
  statements.push(...nullability(was, is, object, context.style.serverVersion));
  if (ownIdentity) statements.push(...identityChanges(was, is, object, context));
  statements.push(...settingChanges(old, now, retyped, context.style.serverVersion).map(only));
  return statements;
}

const columnKeyOf = ({ table, column }: ColumnPart): string => columnKey(table, column.name);

/** True when the column above has the same type and nullability, so that what is done there does it here. */
function sameAsAbove({ table, column }: ColumnPart, { to }: ChangeContext): boolean {
  const above = table.partitionOf?.parent ?? table.inherits[0];
  if (above === undefined) return false;
  const theirs = to.byKey.get(columnKey(above, column.name))?.part;
  if (theirs?.kind !== 'column') return false;
  const same: readonly (keyof Column)[] = [
    'type',
    'notNull',
    'collation',
    'storage',
    'compression',
    'statisticsTarget',
  ];
  return same.every((name) => theirs.column[name] === column[name]);
}

function retype(was: ColumnPart, is: ColumnPart, object: string, context: ChangeContext): ChangeStatement {
  const [old, now] = [was.column, is.column];
  const piece = context.to.byKey.get(columnKeyOf(is));
  const swapped = [...(piece?.needs ?? [])].some((need) => need.startsWith('type\0') && ends(context, need));
  const from = parseType(old.type);
  const to = parseType(now.type);
  const name = identifier(now.name);
  const kept = from !== null && to !== null && keepsValues(from, to);
  const using =
    swapped || !convertsByItself(old.type, now.type)
      ? sql` USING ${conversion(name, old.type, now.type, swapped)}`
      : sql``;
  const collation =
    now.collation !== null
      ? sql` COLLATE ${rendered(now.collation)}`
      : old.collation !== null && old.type === now.type
        ? sql` COLLATE "default"`
        : sql``;
  return changeOf(
    object,
    sql`ALTER TABLE ${qualified(is.table)} ALTER COLUMN ${name} TYPE ${rendered(now.type)}${collation}${using}`,
    {
      loses:
        kept && !swapped
          ? null
          : mayLose(`values of ${object}: it fails for values that do not fit ${now.type}, or cuts them`),
    },
  );
}

const bare = (type: string): string => type.replace(/\(.*?\)/, '').replace(/\[\]$/, '');
const integers = ['smallint', 'integer', 'bigint'];
const numbers = [...integers, 'numeric', 'real', 'double precision'];
const times = ['date', 'timestamp without time zone', 'timestamp with time zone'];
const texts = ['text', 'character varying', 'character', 'citext', 'name'];

/** True when `ALTER COLUMN … TYPE` finds the way by itself: there is an assignment cast. */
function convertsByItself(from: string, to: string): boolean {
  const [a, b] = [bare(from), bare(to)];
  if (from.endsWith('[]') !== to.endsWith('[]')) return texts.includes(b) && !to.endsWith('[]');
  if (a === b) return true;
  if (texts.includes(b)) return !from.endsWith('[]') || texts.includes(a);
  return [numbers, times, ['json', 'jsonb'], ['inet', 'cidr']].some(
    (family) => family.includes(a) && family.includes(b),
  );
}

/** The values in the new type, by way of their text where there is no cast. */
function conversion(name: Sql, from: string, to: string, swapped: boolean): Sql {
  const target = rendered(to);
  if (!swapped && from === 'boolean' && integers.includes(to)) return sql`${name}::integer::${target}`;
  if (!swapped && integers.includes(from) && to === 'boolean') return sql`${name}::integer::boolean`;
  return texts.includes(bare(from)) && !from.endsWith('[]') ? sql`${name}::${target}` : sql`${name}::text::${target}`;
}

function nullability(
  was: ColumnPart,
  { table, column }: ColumnPart,
  object: string,
  serverVersion: number,
): readonly ChangeStatement[] {
  const old = was.column;
  const own = qualified(table);
  const action = sql`ALTER TABLE ${own} ALTER COLUMN ${identifier(column.name)}`;
  const named = (one: Table): boolean =>
    one.constraints.some(({ kind, columns }) => kind === 'not null' && columns[0] === column.name);
  if (old.notNull && column.notNull) {
    const [before, after] = [notNullName(was.table, old), notNullName(table, column)];
    if (before === after || named(was.table) || named(table) || serverVersion < 180_000) return [];
    return [changeOf(object, sql`ALTER TABLE ${own} RENAME CONSTRAINT ${identifier(before)} TO ${identifier(after)}`)];
  }
  if (!old.notNull && !column.notNull) return [];
  if (!column.notNull) return [changeOf(object, sql`${action} DROP NOT NULL`)];
  if (named(table)) return [];
  const statement =
    column.notNullName === undefined
      ? sql`${action} SET NOT NULL`
      : sql`ALTER TABLE ${own} ADD CONSTRAINT ${identifier(column.notNullName)} NOT NULL ${identifier(column.name)}`;
  return [changeOf(object, statement, { note: `Fails if a row of ${qualifiedName(table)} has no ${column.name}.` })];
}

function identityChanges(
  was: ColumnPart,
  is: ColumnPart,
  object: string,
  context: ChangeContext,
): readonly ChangeStatement[] {
  const { table, column, identity } = is;
  if (column.identity === null) return [];
  const action = sql`ALTER TABLE ${qualified(table)} ALTER COLUMN ${identifier(column.name)}`;
  if (was.column.identity === null) {
    const identities = context.identities.get(qualifiedName(table)) ?? new Map();
    return [
      changeOf(object, sql`${action} ADD ${renderIdentity(column, { identities })}`),
      ...(identity === undefined ? [] : positionOf(identity, context)),
    ];
  }
  const statements: ChangeStatement[] = [];
  if (was.column.identity !== column.identity) {
    const when = column.identity === 'always' ? sql`ALWAYS` : sql`BY DEFAULT`;
    statements.push(changeOf(object, sql`${action} SET GENERATED ${when}`));
  }
  if (was.identity !== undefined && identity !== undefined && qualifiedName(was.identity) !== qualifiedName(identity)) {
    const old = qualified(was.identity);
    statements.push(
      changeOf(object, sql`ALTER SEQUENCE ${old} RENAME TO ${identifier(identity.name)}`),
      ...alterSequence(was.identity, identity, object),
    );
  }
  return statements;
}

const storageWords: Readonly<Record<string, Sql>> = {
  plain: sql`PLAIN`,
  external: sql`EXTERNAL`,
  main: sql`MAIN`,
  extended: sql`EXTENDED`,
};

/** Storage, compression, statistics and options; a new type has forgotten the first two. */
function settingChanges(old: Column, now: Column, retyped: boolean, serverVersion: number): readonly Sql[] {
  const name = identifier(now.name);
  const changes: Sql[] = [];
  if (retyped) changes.push(...columnSettings(now));
  else {
    if (old.storage !== now.storage) {
      const usual = serverVersion >= 160_000 ? sql`DEFAULT` : sql`EXTENDED`;
      const word = now.storage === null ? usual : (storageWords[now.storage] ?? usual);
      changes.push(sql`ALTER COLUMN ${name} SET STORAGE ${word}`);
    }
    if (old.statisticsTarget !== now.statisticsTarget) {
      changes.push(sql`ALTER COLUMN ${name} SET STATISTICS ${literal(now.statisticsTarget ?? -1)}`);
    }
    const [before, after] = [(old.options ?? []).filter(isPlannerOption), (now.options ?? []).filter(isPlannerOption)];
    const gone = before.filter((option) => !after.includes(option));
    const come = after.filter((option) => !before.includes(option));
    const names = gone.map((option) => option.slice(0, option.indexOf('=')));
    if (names.length > 0) changes.push(sql`ALTER COLUMN ${name} RESET (${optionList(names)})`);
    if (come.length > 0) changes.push(sql`ALTER COLUMN ${name} SET (${optionList(come)})`);
  }
  if (retyped ? now.compression !== null : old.compression !== now.compression) {
    const method = now.compression === null ? sql`DEFAULT` : identifier(now.compression);
    changes.push(sql`ALTER COLUMN ${name} SET COMPRESSION ${method}`);
  }
  const ofWrapper = (column: Column) => (column.options ?? []).filter((option) => !isPlannerOption(option));
  const foreign = foreignChanges(ofWrapper(old), ofWrapper(now));
  if (foreign !== null) changes.push(sql`ALTER COLUMN ${name} ${foreign}`);
  return changes;
}
