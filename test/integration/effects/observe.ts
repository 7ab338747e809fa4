import type { LockMode } from '../../../src/engine/sql/lock-mode.ts';
import { isStrongerLock, lockModes } from '../../../src/engine/sql/lock-mode.ts';
import type { EmbeddedClient } from '../../support/embedded-client.ts';

/** What a server did for one statement, on relations that were there before; dotted names, quoted where needed. */
export type Observation = {
  /** The strongest table-level lock on each relation, ACCESS SHARE and indexes left out, as `relation: MODE`. */
  readonly locks: readonly string[];
  readonly rewrites: readonly string[];
  /** Tables read from end to end and not rewritten. */
  readonly scans: readonly string[];
};

type Relation = { readonly name: string; readonly kind: string; readonly file: unknown; readonly reads: number };

const relationsQuery = `
  select c.oid::int8 as oid, c.relkind::text as kind, pg_relation_filenode(c.oid) as file,
    quote_ident(n.nspname) || '.' || quote_ident(c.relname) as name, coalesce(s.seq_scan, 0)::int8 as reads
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  left join pg_stat_xact_user_tables s on s.relid = c.oid
  where c.oid >= 16384 and n.nspname not like 'pg\\_%'`;

async function relations(client: EmbeddedClient): Promise<Map<number, Relation>> {
  const rows = await client.query(relationsQuery);
  return new Map(
    rows.map((row) => [
      Number(row['oid']),
      { name: String(row['name']), kind: String(row['kind']), file: row['file'], reads: Number(row['reads']) },
    ]),
  );
}

const modeOf = (name: string): LockMode | undefined =>
  lockModes.find((mode) => mode.replaceAll(' ', '').toLowerCase() === name.replace(/Lock$/, '').toLowerCase());

/** Runs a statement in a transaction that is rolled back and reads what it locked, rewrote and read. */
export async function observe(client: EmbeddedClient, statement: string): Promise<Observation> {
  await client.execute('begin');
  try {
    const before = await relations(client);
    await client.execute(statement);
    const after = await relations(client);
    const rows = await client.query(`select relation::int8 as oid, mode from pg_locks where locktype = 'relation'`);
    const strongest = new Map<string, LockMode>();
    for (const row of rows) {
      const relation = before.get(Number(row['oid']));
      const mode = modeOf(String(row['mode']));
      if (relation === undefined || mode === undefined || mode === 'ACCESS SHARE' || /^[iI]$/.test(relation.kind))
        continue;
      const held = strongest.get(relation.name);
      if (held === undefined || isStrongerLock(mode, held)) strongest.set(relation.name, mode);
    }
    const rewrites: string[] = [];
    const scans: string[] = [];
    for (const [oid, relation] of before) {
      const now = after.get(oid);
      if (now === undefined || !/^[rm]$/.test(relation.kind)) continue;
      if (now.file !== relation.file) rewrites.push(relation.name);
      else if (now.reads > relation.reads) scans.push(relation.name);
    }
    return {
      locks: [...strongest].map(([name, mode]) => `${name}: ${mode}`).sort(),
      rewrites: rewrites.sort(),
      scans: scans.sort(),
    };
  } finally {
    await client.execute('rollback');
  }
}
