import type { Catalog } from '../catalog/catalog.ts';
import type { QueryFault } from '../sql/references/surroundings.ts';
import type { QueryReading } from '../sql/references.ts';
import type { CheckContext, Left } from './rule.ts';

/** What runs on the database and fails from a statement on, and why. */
type Broken<T> = { readonly user: T; readonly fault: QueryFault };

type Reading = Pick<QueryReading, 'references' | 'faults'>;

/** How the queries of a user read on a catalog; null where there is no such user, or its queries cannot be read. */
type Read<T> = (user: T, catalog: Catalog) => readonly Reading[] | null;

const keyOfFault = ({ sqlstate, reason, location }: QueryFault): string => `${sqlstate} ${location} ${reason}`;

const faultsIn = (readings: readonly Reading[] | null): readonly QueryFault[] =>
  (readings ?? []).flatMap(({ faults }) => faults);

const keysOf = (faults: readonly QueryFault[]): ReadonlySet<string> => new Set(faults.map(keyOfFault));

const newIn = (readings: readonly Reading[] | null, known: ReadonlySet<string>): readonly QueryFault[] =>
  faultsIn(readings).filter((fault) => !known.has(keyOfFault(fault)));

const isMissing = ({ kind }: QueryFault): boolean => kind === 'relation' || kind === 'column';

/** True where an extension may bring relations that the catalog does not list. */
const isClosed = ({ extensions }: Catalog): boolean => extensions.every(({ name }) => name === 'plpgsql');

/**
 * Those of the users that a statement breaks: there is something against their queries on what it leaves, and still on what
 * the last statement leaves, that was not there when the migration started, and nothing of the kind before it.
 */
export function brokenBy<T>(context: CheckContext, users: readonly T[], read: Read<T>): readonly Broken<T>[] {
  const { original } = context;
  if (original === null || users.length === 0) return [];
  const before = context.database.catalog;
  const after = context.left();
  const isUnsure = ({ isUnsure: unsure }: Left, readings: readonly Reading[]): boolean =>
    readings.some(({ references }) => references.some(({ relation }) => unsure(relation)));
  const broken: Broken<T>[] = [];
  for (const user of users) {
    const now = read(user, after.catalog);
    if (now === null || now.every(({ faults }) => faults.length === 0)) continue;
    if (isUnsure(after, now)) continue;
    const known = faultsIn(read(user, original));
    if (known.some(isMissing) && isClosed(original)) continue;
    const news = newIn(now, keysOf(known));
    if (news.length === 0) continue;
    const end = context.leftAtEnd();
    const last = read(user, end.catalog);
    if (last === null || isUnsure(end, last)) continue;
    const lasting = keysOf(faultsIn(last));
    const earlier = newIn(read(user, before), keysOf(known));
    if (earlier.some((fault) => lasting.has(keyOfFault(fault)))) continue;
    // A row that cannot be written tells less than a query that cannot be read.
    const stays = news.filter((fault) => lasting.has(keyOfFault(fault)));
    const fault = stays.find(({ sqlstate }) => sqlstate !== '23502') ?? stays[0];
    if (fault !== undefined) broken.push({ user, fault });
  }
  return broken;
}
