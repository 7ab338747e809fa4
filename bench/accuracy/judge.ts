import { btree_gist } from '@electric-sql/pglite/contrib/btree_gist';
import { citext } from '@electric-sql/pglite/contrib/citext';
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm';
import type { Catalog } from '../../src/engine/catalog/catalog.ts';
import { introspect } from '../../src/engine/introspect/introspect.ts';
import { parseScript } from '../../src/engine/sql/parser.ts';
import type { Finding } from '../../src/engine/validate/report.ts';
import { validateMigration } from '../../src/engine/validate/validate-migration.ts';
import { type EmbeddedClient, openEmbeddedClient } from '../../test/support/embedded-client.ts';
import type { AccuracyCase } from './read-cases.ts';

/** What the validator said of a case; `right` when its verdict is the labelled one. */
export type Judgement = {
  readonly of: AccuracyCase;
  readonly verdict: AccuracyCase['verdict'];
  readonly right: boolean;
  readonly findings: readonly Finding[];
};

/** Opens a throw-away database with a schema in it. */
export async function openWith(setup: string): Promise<EmbeddedClient> {
  const client = await openEmbeddedClient({ btree_gist, citext, pg_trgm });
  await execute(client, setup);
  return client;
}

async function execute(client: EmbeddedClient, setup: string): Promise<void> {
  const script = parseScript(setup);
  if (!script.ok) throw new Error(`a set-up does not parse: ${script.error.message}`);
  for (const { text } of script.value.statements) await client.query(text);
}

async function catalogOf(setup: string): Promise<Catalog> {
  const client = await openWith(setup);
  try {
    const clock = { now: () => '2026-11-22T08:00:00Z', elapsed: () => 0 };
    // Without facts every table counts as large and busy, as the labels assume.
    return { ...(await introspect(client, { clock, facts: false })), facts: null };
  } finally {
    await client.close();
  }
}

/** Validates each case with the catalog of its set-up: a finding above information makes the verdict `unsafe`. */
export async function judgeAll(cases: readonly AccuracyCase[]): Promise<readonly Judgement[]> {
  const catalogs = new Map<string, Catalog>();
  const judged: Judgement[] = [];
  for (const of of cases) {
    const catalog = catalogs.get(of.setup) ?? (await catalogOf(of.setup));
    catalogs.set(of.setup, catalog);
    const { findings } = validateMigration(
      { name: of.name, up: of.migration, down: null },
      { catalog, facts: null, tier: 'catalog', serverVersion: of.serverVersion * 10_000, transaction: of.transaction },
    );
    const verdict = findings.some(({ severity }) => severity !== 'info') ? 'unsafe' : 'safe';
    judged.push({ of, verdict, right: verdict === of.verdict, findings });
  }
  return judged;
}
