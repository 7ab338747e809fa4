import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Catalog } from '../../../src/engine/catalog/catalog.ts';
import { compareCatalogs } from '../../../src/engine/catalog/compare.ts';
import { introspect } from '../../../src/engine/introspect/introspect.ts';
import { examples } from '../../../src/engine/plan/examples.ts';
import { planRequest } from '../../../src/engine/plan/plan-request.ts';
import { loadParser, parseScript } from '../../../src/engine/sql/parser.ts';
import { validateMigration } from '../../../src/engine/validate/validate-migration.ts';
import { type EmbeddedClient, openEmbeddedClient } from '../../support/embedded-client.ts';
import { testClock } from '../../support/test-clock.ts';
import { plannedRequests, refusedRequests } from './requests.ts';

let schema: string;
let client: EmbeddedClient;
let catalog: Catalog;

// What was lost comes back empty, so that rows of other tables point to nothing: the risks say so.
const withoutRows = `do $$ declare t regclass; begin
  for t in select oid from pg_class where relkind in ('r', 'p') and relnamespace = 'shop'::regnamespace loop
    execute format('truncate %s cascade', t);
  end loop; end $$`;

const tidy = `drop schema if exists shop, archive, reporting cascade;`;

async function freshDatabase(): Promise<void> {
  await client.execute(tidy);
  await client.execute(schema);
}

/** Runs a file as Lockstep does: statement by statement, each on its own. */
async function run(text: string): Promise<void> {
  const script = parseScript(text);
  if (!script.ok) throw new Error(script.error.message);
  for (const statement of script.value.statements) await client.query(statement.text);
}

beforeAll(async () => {
  await loadParser();
  schema = await readFile(new URL('schema.sql', import.meta.url), 'utf8');
  client = await openEmbeddedClient();
  await freshDatabase();
  catalog = await introspect(client, { clock: testClock });
});
afterAll(() => client.close());

describe('the built-in planner', () => {
  it.each(plannedRequests)('%s', async (request, proof) => {
    const draft = planRequest(request, catalog);
    if (!draft.ok) throw new Error(JSON.stringify(draft.error));
    await freshDatabase();
    const [before] = await client.query(proof).catch(() => [{ ok: false }]);
    expect(before?.['ok'] ?? false, 'the proof must not hold before').not.toBe(true);

    await run(draft.value.up);
    const [after] = await client.query(proof);
    expect(after?.['ok'], draft.value.up).toBe(true);

    if (/drop (the )?(table|products|column order_id)/i.test(request)) await client.execute(withoutRows);
    await run(draft.value.down);
    const restored = await introspect(client, { clock: testClock });
    expect(compareCatalogs(catalog, restored, { ignore: ['column-order'] }), draft.value.down).toEqual([]);
  });

  it('writes nothing that its own rules call an error, apart from what the request itself demands', () => {
    const demanded = /drop|rename|move|change|delete|remove|convert|make quantity|generated/i;
    const wrong = plannedRequests.flatMap(([request]) => {
      const draft = planRequest(request, catalog);
      if (!draft.ok || demanded.test(request)) return [];
      const report = validateMigration(
        { name: 'x', up: draft.value.up, down: draft.value.down },
        { catalog, tier: 'catalog' },
      );
      const errors = report.findings.filter((finding) => finding.severity === 'error' && finding.direction === 'up');
      return errors.map((finding) => `${request}: ${finding.rule}: ${finding.message}`);
    });
    expect(wrong).toEqual([]);
  });

  it.each(refusedRequests)('refuses “%s”', (request, reason) => {
    const draft = planRequest(request, catalog);
    expect(draft).toMatchObject({ ok: false, error: { code: 'plan.not_understood', request } });
    if (draft.ok || draft.error.code !== 'plan.not_understood') return;
    expect(draft.error.reason.toLowerCase()).toContain(reason.toLowerCase());
  });

  it('understands every example that it gives', () => {
    const given = examples(catalog);
    expect(given.length).toBeGreaterThan(4);
    for (const example of given)
      expect([example, planRequest(example, catalog)]).toMatchObject([example, { ok: true }]);
  });

  it('says what it decided', () => {
    const draft = planRequest('add email_verified boolean to users', catalog);
    expect(draft).toMatchObject({
      ok: true,
      value: {
        planner: 'built-in',
        slug: 'add_email_verified_to_users',
        up: 'ALTER TABLE shop.users ADD COLUMN email_verified boolean NOT NULL DEFAULT false;\n',
        down: 'ALTER TABLE shop.users DROP COLUMN email_verified;\n',
        assumptions: [expect.stringContaining('NOT NULL DEFAULT false')],
        receipt: null,
      },
    });
  });

  it('gives the same text for the same request', () => {
    for (const [request] of plannedRequests)
      expect(planRequest(request, catalog)).toEqual(planRequest(request, catalog));
  });
});
