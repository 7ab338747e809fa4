import { sql } from '../../sql/sql.ts';
import type { Catalog } from '../catalog.ts';
import type { Ignorable } from '../ignorable.ts';
import { renderColumnSettings } from '../render/render-table.ts';
import { withFillableViews } from '../render/with-fillable-views.ts';
import { begins, type ChangeContext, type ChangeStyle, contextOf, goesWith } from './change-context.ts';
import { type ChangeScript, type ChangeStatement, changeBy, changeOf } from './change-script.ts';
import { fatesOf } from './fates.ts';
import { orderChange } from './operations.ts';
import type { Piece, Pieces } from './piece.ts';
import { piecesOf, tableKey } from './pieces-of.ts';
import { remainingOf } from './remaining.ts';
import { surroundings } from './surroundings.ts';

export type ChangeOptions = Partial<ChangeStyle> & {
  /** What may differ in the end. */
  readonly ignore?: readonly Ignorable[];
};

/**
 * The statements that turn a database with the catalog `from` into one with the catalog `to`: equal but for the order of
 * columns and what `remaining` names. Data is kept wherever PostgreSQL can keep it, and each statement that loses some
 * says so. Nothing when the two are equal.
 */
export function changeCatalog(from: Catalog, to: Catalog, options: ChangeOptions = {}): ChangeScript {
  const ignore = options.ignore ?? [];
  const style: ChangeStyle = {
    form: options.form ?? 'transaction',
    back: options.back ?? false,
    serverVersion: options.serverVersion ?? from.server.version,
  };
  const pieces = { from: piecesOf(from, ignore), to: piecesOf(withFillableViews(to, from), ignore) };
  const { statements, context } = orderedChange(pieces.from, pieces.to, style);
  const all = [...statements, ...columnSettings(context), ...surroundings(context, ignore)];
  return { statements: withSettings(all, context), remaining: remainingOf(context, ignore) };
}

/** Storage and the like of new tables, after all of them: a child would take over what its parents have. */
const columnSettings = (context: ChangeContext): readonly ChangeStatement[] =>
  context.to.catalog.tables
    .filter((table) => begins(context, tableKey(table)))
    .flatMap(renderColumnSettings)
    .map((statement) => changeBy(statement));

/** Tries until no circle is left: what stands in its own way is then dropped and made again, or taken apart. */
function orderedChange(from: Pieces, to: Pieces, style: ChangeStyle) {
  const forced = new Set<string>();
  const explicit = new Set<string>();
  const bare = new Set<string>();
  for (;;) {
    const fates = fatesOf(from, to, { forced, serverVersion: style.serverVersion });
    const context = contextOf({ from, to, fates, style, explicit, bare });
    const before = forced.size + explicit.size + bare.size;
    const tried = orderChange(context, false);
    if (tried.kind === 'ordered') return { statements: tried.statements, context };
    const stuck = new Set(tried.pieces.map(({ key }) => key));
    for (const { key, part } of tried.pieces) {
      const rebuilt = part.kind === 'view' || part.kind === 'routine' || part.kind === 'default';
      if (rebuilt && fates.of(key) === 'alter') forced.add(key);
      if (part.kind === 'table' && begins(context, key)) bare.add(key);
      // Foreign keys and defaults between things that go: they go first.
      for (const user of from.users.get(key) ?? []) {
        const between = user.parent !== null && user.parent !== key && stuck.has(user.parent);
        const { part: its } = user;
        const alone = its.kind === 'default' || (its.kind === 'constraint' && its.constraint.kind === 'foreign key');
        if (between && alone && goesWith(context, user) !== null) explicit.add(user.key);
      }
    }
    if (forced.size + explicit.size + bare.size > before) continue;
    const insisted = orderChange(context, true);
    return { statements: insisted.kind === 'ordered' ? insisted.statements : [], context };
  }
}

/**
 * Bodies may name what is made later: they are not checked while routines are made. Online, waiting for a lock has an end,
 * except for statements that wait without holding up others.
 */
function withSettings(statements: readonly ChangeStatement[], context: ChangeContext): readonly ChangeStatement[] {
  const { to, fates, style } = context;
  const changes = ({ key, part }: Piece): boolean =>
    part.kind === 'routine' && (begins(context, key) || fates.of(key) === 'alter');
  const unchecked = [...to.byKey.values()].some(changes);
  const checks = 'check_function_bodies';
  return [
    ...(unchecked ? [changeOf(checks, sql`SET check_function_bodies = off`)] : []),
    ...(style.form === 'online' ? withLockTimeout(statements) : statements),
    ...(unchecked ? [changeOf(checks, sql`RESET check_function_bodies`)] : []),
  ];
}

function withLockTimeout(statements: readonly ChangeStatement[]): readonly ChangeStatement[] {
  const limited: ChangeStatement[] = [];
  let isSet = false;
  const limit = (wanted: boolean): void => {
    if (wanted !== isSet) {
      limited.push(changeOf('lock_timeout', wanted ? sql`SET lock_timeout = '2s'` : sql`RESET lock_timeout`));
    }
    isSet = wanted;
  };
  for (const statement of statements) {
    limit(statement.inTransaction);
    limited.push(statement);
  }
  limit(false);
  return limited;
}
