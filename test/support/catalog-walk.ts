import { isDeepStrictEqual } from 'node:util';
import { connectPostgresql } from '../../src/adapters/postgresql/connect.ts';
import { diffText } from '../../src/cli/reporters/diff-text.ts';
import type { Catalog } from '../../src/engine/catalog/catalog.ts';
import { compareCatalogs } from '../../src/engine/catalog/compare.ts';
import type { Difference } from '../../src/engine/catalog/difference.ts';
import { groupDifferences } from '../../src/engine/catalog/group-differences.ts';
import { renameCandidates } from '../../src/engine/catalog/rename-candidates.ts';
import { introspect, introspectAgain, type Reading } from '../../src/engine/introspect/introspect.ts';
import { quoteIdentifier } from '../../src/engine/sql/quote-identifier.ts';
import type { ConnectionSettings } from '../../src/shared/connection-profile.ts';
import { disagreementWithDump } from './dump-agreement.ts';
import { dumpEntries } from './dump-entries.ts';
import { dumpDatabase } from './pg-dump.ts';
import type { PostgresServer } from './postgres-server.ts';
import { agreementOf, readDatabase, renderedScript } from './round-trip.ts';
import { testClock } from './test-clock.ts';

/** A database that is changed statement by statement, with what has to hold after each. */
export type CatalogWalk = {
  readonly settings: ConnectionSettings;
  /** The catalog after the last statement. */
  readonly catalog: () => Catalog;
  /** Runs a statement: what does not hold then, in words, or null where the server refuses it. */
  readonly step: (statement: string) => Promise<readonly string[] | null>;
  /** What a copy of the database that is made from its catalog has otherwise, in words. */
  readonly roundTrip: () => Promise<readonly string[]>;
  readonly close: () => Promise<void>;
};

const options = { clock: testClock, facts: false };

/** Begins a walk with a database that the script makes. */
export async function openCatalogWalk(server: PostgresServer, script: string): Promise<CatalogWalk> {
  const settings = await server.createDatabase(script);
  const connected = await connectPostgresql(settings, server.password);
  if (!connected.ok) throw new Error(JSON.stringify(connected.error));
  const session = connected.value;
  const dump = async (database: ConnectionSettings) => dumpEntries(await dumpDatabase(database));
  let reading: Reading = await introspectAgain(session, null, options);
  let dumped = await dump(settings);

  const copyBy = async (text: string): Promise<Copy> => {
    const copy = await server.createDatabase(text).catch((cause: unknown) => String(cause));
    if (typeof copy === 'string') return { refused: copy };
    const catalog = await readDatabase(copy);
    const made = { fingerprint: catalog.fingerprint, dumped: await dump(copy) };
    await dropDatabase(server, copy.database, catalog);
    return { ...made, catalog };
  };

  return {
    settings,
    catalog: () => reading.catalog,
    step: async (statement) => {
      const refused = await server.execute(statement, settings.database).then(
        () => false,
        () => true,
      );
      if (refused) return null;
      const [before, dumpedBefore] = [reading.catalog, dumped];
      reading = await introspectAgain(session, reading, options);
      dumped = await dump(settings);
      const { catalog } = reading;
      const everything = await introspect(session, options);
      const differences = compareCatalogs(before, catalog);
      return [
        ...(isDeepStrictEqual(catalog, everything)
          ? []
          : [`read again (${reading.read}), ${firstDifference(catalog, everything)}`]),
        ...disagreementWithDump({ before, after: catalog, differences }, dumpedBefore, dumped),
        ...faultsOfWords(before, catalog, differences),
      ];
    },
    roundTrip: async () => {
      const original = reading.catalog;
      const copy = await copyBy(renderedScript(original));
      const { fingerprint } = original;
      if (isDeepStrictEqual(whatIs(copy), { fingerprint, dumped })) return [];
      // Some expressions the server writes otherwise once it has read what it wrote, or does not take: then a copy that is
      // made from a dump is the same.
      const theirs = await copyBy((await dumpDatabase(settings)).replace(/^SET transaction_timeout .*$/m, ''));
      if (isDeepStrictEqual(whatIs(theirs), whatIs(copy))) return [];
      if ('refused' in copy) return [`no copy can be made: ${copy.refused}`];
      const found = agreementOf(original, copy.catalog).differences;
      return [`a copy has ${JSON.stringify(found)} and in dumps ${firstDifference(dumped, copy.dumped)}`];
    },
    close: async () => {
      await session.close();
      await dropDatabase(server, settings.database, reading.catalog);
    },
  };
}

type Copy =
  | { readonly refused: string }
  | { readonly catalog: Catalog; readonly fingerprint: string; readonly dumped: readonly string[] };

/** What two copies have to agree on. */
const whatIs = (copy: Copy): unknown =>
  'refused' in copy ? copy : { fingerprint: copy.fingerprint, dumped: copy.dumped };

const isSame = (one: Catalog, other: Catalog): boolean => one.fingerprint === other.fingerprint;

/** Subscriptions belong to the server as well, and hold their database. */
async function dropDatabase(server: PostgresServer, database: string, { otherObjects = [] }: Catalog): Promise<void> {
  for (const { kind, name } of otherObjects) {
    if (kind !== 'subscription') continue;
    await server.execute(`alter subscription ${quoteIdentifier(name)} set (slot_name = none)`, database);
    await server.execute(`drop subscription ${quoteIdentifier(name)}`, database);
  }
  await server.execute(`drop database "${database}" with (force)`);
}

/** What is wrong with what is said of the differences between two catalogs. */
function faultsOfWords(before: Catalog, after: Catalog, differences: readonly Difference[]): readonly string[] {
  const back = compareCatalogs(after, before);
  const text = diffText(
    {
      differences,
      groups: groupDifferences(differences, before, after),
      candidates: renameCandidates(before, after),
      sides: ['before', 'after'],
      ignored: [],
    },
    false,
  );
  const unchanged = differences.filter((each) => each.change === 'changed' && each.before === each.after);
  return [
    ...((differences.length === 0) === isSame(before, after) ? [] : ['fingerprints say otherwise than differences']),
    ...(isDeepStrictEqual(inOrder(back.map(mirrored)), inOrder(differences))
      ? []
      : [`back it is something else: ${JSON.stringify([differences, back])}`]),
    ...(text.trim() === '' || /\[object |\bundefined\b|\bNaN\b/.test(text) ? [`said as ${text}`] : []),
    ...(unchanged.length === 0 ? [] : [`changed, and the same: ${JSON.stringify(unchanged)}`]),
  ];
}

const opposite = { added: 'removed', removed: 'added', changed: 'changed' } as const;

const mirrored = ({ change, before, after, ...rest }: Difference): Difference => ({
  ...rest,
  change: opposite[change],
  before: after,
  after: before,
});

const inOrder = (differences: readonly Difference[]): readonly string[] =>
  differences
    .map(({ object, kind, change, attribute, before, after }) =>
      JSON.stringify([object, kind, change, attribute, before, after]),
    )
    .sort();

/** The first place where two values of one shape disagree, beside what is worked out from the others. */
function firstDifference(one: unknown, other: unknown, path = ''): string {
  if (typeof one === 'object' && typeof other === 'object' && one !== null && other !== null) {
    const [left, right] = [new Map(Object.entries(one)), new Map(Object.entries(other))];
    const key = [...left.keys(), ...right.keys()].find(
      (each) => !/fingerprint/i.test(each) && !isDeepStrictEqual(left.get(each), right.get(each)),
    );
    if (key !== undefined) return firstDifference(left.get(key), right.get(key), `${path}.${key}`);
  }
  return `${path}: ${JSON.stringify(one)} and not ${JSON.stringify(other)}`;
}
