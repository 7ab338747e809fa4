import pg from 'pg';
import type { Catalog } from '../../src/engine/catalog/catalog.ts';
import type { ConnectionSettings } from '../../src/shared/connection-profile.ts';

/** The text of an index, a constraint, a default or a partition bound, by its kind and its place. */
export type Definitions = Readonly<Record<string, string>>;

const query = `
  select 'index' as kind, n.nspname as schema, t.relname as relation, c.relname as name, pg_get_indexdef(c.oid) as text
  from pg_index i join pg_class c on c.oid = i.indexrelid join pg_class t on t.oid = i.indrelid
  join pg_namespace n on n.oid = t.relnamespace
  union all
  select 'predicate', n.nspname, t.relname, c.relname, pg_get_expr(i.indpred, i.indrelid)
  from pg_index i join pg_class c on c.oid = i.indexrelid join pg_class t on t.oid = i.indrelid
  join pg_namespace n on n.oid = t.relnamespace where i.indpred is not null
  union all
  select 'constraint', n.nspname, t.relname, k.conname, pg_get_constraintdef(k.oid)
  from pg_constraint k join pg_class t on t.oid = k.conrelid join pg_namespace n on n.oid = t.relnamespace
  where k.contype <> 't'
  union all
  select 'default', n.nspname, t.relname, a.attname, pg_get_expr(d.adbin, d.adrelid)
  from pg_attrdef d join pg_attribute a on a.attrelid = d.adrelid and a.attnum = d.adnum
  join pg_class t on t.oid = d.adrelid join pg_namespace n on n.oid = t.relnamespace
  union all
  select 'bound', n.nspname, t.relname, '', pg_get_expr(t.relpartbound, t.oid)
  from pg_class t join pg_namespace n on n.oid = t.relnamespace where t.relkind in ('r', 'p', 'f') and t.relispartition`;

const key = (...parts: readonly string[]): string => JSON.stringify(parts);

/** What the server's own functions say about everything in a database. */
export async function serverDefinitions(settings: ConnectionSettings, password: string): Promise<Definitions> {
  const { host, port, user, database } = settings;
  const client = new pg.Client({ host, port, user, database, password });
  await client.connect();
  try {
    await client.query("set search_path = ''");
    const { rows } = await client.query<Record<'kind' | 'schema' | 'relation' | 'name' | 'text', string>>(query);
    return Object.fromEntries(rows.map((row) => [key(row.kind, row.schema, row.relation, row.name), row.text]));
  } finally {
    await client.end();
  }
}

/** What a catalog says about the same, of those objects that it lists. */
export function catalogDefinitions(catalog: Catalog): Definitions {
  const found: Record<string, string> = {};
  for (const relation of [...catalog.tables, ...catalog.views]) {
    const { schema, name } = relation;
    for (const index of relation.indexes) {
      found[key('index', schema, name, index.name)] = index.definition;
      if (index.predicate !== null) found[key('predicate', schema, name, index.name)] = index.predicate;
    }
    for (const column of relation.columns) {
      if (column.default != null) found[key('default', schema, name, column.name)] = column.default;
    }
    if (!('constraints' in relation)) continue;
    for (const constraint of relation.constraints) {
      found[key('constraint', schema, name, constraint.name)] = constraint.definition;
    }
    if (relation.partitionOf !== null) found[key('bound', schema, name, '')] = relation.partitionOf.bound;
  }
  return found;
}
