import type { Catalog } from '../catalog/catalog.ts';
import { compareCatalogs } from '../catalog/compare.ts';
import type { Difference } from '../catalog/difference.ts';
import { whatCopiesDifferIn } from '../catalog/ignorable.ts';
import type { CancelSignal } from '../ports/cancel.ts';
import type { ShadowDatabase } from '../ports/shadow-databases.ts';
import { asOnTarget } from './as-on-target.ts';
import type { TargetServer } from './target-server.ts';

/** How things are on a shadow that says nothing about the database that it stands for. */
export type ShadowCircumstances = {
  readonly target: TargetServer | null;
  /** Who owns whatever is made there. */
  readonly role: string;
  /** What its clock says, in milliseconds since 1970. */
  readonly now: number;
};

/** Reads the circumstances of a shadow whose session was just begun. */
export async function readCircumstances(
  database: ShadowDatabase,
  target: TargetServer | null,
  signal: CancelSignal | undefined,
): Promise<ShadowCircumstances> {
  const [row] = await database.query(
    `select current_user::pg_catalog.text as role,
       (extract(epoch from pg_catalog.clock_timestamp()) * 1000)::pg_catalog.float8 as now`,
    [],
    signal,
  );
  return { target, role: String(row?.['role']), now: Number(row?.['now']) };
}

/**
 * What differs from `before` to `after` in a way that a down has to undo, on the server that it is for. Not column order
 * and layout; not an owner, where it is the one who owns whatever is made again on the shadow; not the moment at which a
 * statement with `'now'` ran, which the server writes into what it makes.
 */
export function differencesToUndo(
  before: Catalog,
  after: Catalog,
  circumstances: ShadowCircumstances,
): readonly Difference[] {
  if (before.fingerprint === after.fingerprint) return [];
  const [from, to] = [asOnTarget(before, circumstances.target), asOnTarget(after, circumstances.target)];
  return compareCatalogs(from, to, { ignore: exceptOwner }).filter((difference) => counts(difference, circumstances));
}

const exceptOwner = whatCopiesDifferIn.filter((each) => each !== 'owner');

function counts({ attribute, before, after }: Difference, { role, now }: ShadowCircumstances): boolean {
  if (attribute === 'owner') return after !== role;
  if (before === null || after === null) return true;
  return withoutMoments(before, now) !== withoutMoments(after, now);
}

/** With a fraction of a second, as nobody writes it. */
const MOMENT = /'(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d+)(?:[+-]\d\d(?::\d\d)*)?'/g;

/** A run takes minutes, and a time zone moves what a clock says by hours. */
const DAY = 24 * 60 * 60 * 1000;

/** The text with each moment of this very run written as the same. */
const withoutMoments = (text: string, now: number): string =>
  text.replace(MOMENT, (literal, at: string) =>
    Math.abs(Date.parse(`${at.replace(' ', 'T')}Z`) - now) < DAY ? "'now'" : literal,
  );
