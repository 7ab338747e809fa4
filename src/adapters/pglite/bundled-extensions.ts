import { createRequire } from 'node:module';
import type { Extension } from '@electric-sql/pglite';

/** SQL name of an extension of PostgreSQL itself -> module of the PGlite package that carries its files. */
const MODULES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    amcheck: 'amcheck',
    autoinc: 'moddatetime',
    bloom: 'bloom',
    btree_gin: 'btree_gin',
    btree_gist: 'btree_gist',
    citext: 'citext',
    cube: 'cube',
    dict_int: 'dict_int',
    dict_xsyn: 'dict_xsyn',
    earthdistance: 'earthdistance',
    file_fdw: 'file_fdw',
    fuzzystrmatch: 'fuzzystrmatch',
    hstore: 'hstore',
    insert_username: 'moddatetime',
    intarray: 'intarray',
    isn: 'isn',
    lo: 'lo',
    ltree: 'ltree',
    moddatetime: 'moddatetime',
    pageinspect: 'pageinspect',
    pg_buffercache: 'pg_buffercache',
    pg_freespacemap: 'pg_freespacemap',
    pg_stat_statements: 'pg_stat_statements',
    pg_surgery: 'pg_surgery',
    pg_trgm: 'pg_trgm',
    pg_visibility: 'pg_visibility',
    pg_walinspect: 'pg_walinspect',
    pgcrypto: 'pgcrypto',
    refint: 'moddatetime',
    seg: 'seg',
    tablefunc: 'tablefunc',
    tcn: 'tcn',
    tsm_system_rows: 'tsm_system_rows',
    tsm_system_time: 'tsm_system_time',
    unaccent: 'unaccent',
    'uuid-ossp': 'uuid_ossp',
  }),
);

/** SQL name of an extension from elsewhere -> package that carries its files and exports them under that name. */
const PACKAGES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    age: '@electric-sql/pglite-age',
    pg_hashids: '@electric-sql/pglite-pg_hashids',
    pg_ivm: '@electric-sql/pglite-pg_ivm',
    pg_uuidv7: '@electric-sql/pglite-pg_uuidv7',
    pgmq: '@electric-sql/pglite-pgmq',
    vector: '@electric-sql/pglite-pgvector',
  }),
);

/** Extensions that must be named beside another because `CREATE EXTENSION … CASCADE` asks for them. */
const NEEDS: ReadonlyMap<string, readonly string[]> = new Map([['earthdistance', ['cube']]]);

/** Names of the extensions that the embedded engine can create; `plpgsql` is always there. */
export const bundledExtensionNames: readonly string[] = ['plpgsql', ...MODULES.keys(), ...PACKAGES.keys()].sort();

/**
 * The PGlite option for the named extensions; unknown names are left out. They must be named when a database is opened,
 * and each costs about 0.1 s then, so only those that are needed are.
 */
export function bundledExtensions(names: readonly string[]): Record<string, Extension> {
  const require = createRequire(import.meta.url);
  const extensions: Record<string, Extension> = {};
  for (const name of names.flatMap((one) => [one, ...(NEEDS.get(one) ?? [])])) {
    const contributed = MODULES.get(name);
    const file = contributed === undefined ? PACKAGES.get(name) : `@electric-sql/pglite/contrib/${contributed}`;
    const exported = contributed ?? name;
    if (file === undefined || exported in extensions) continue;
    const extension = (require(file) as Readonly<Record<string, Extension>>)[exported];
    if (extension !== undefined) extensions[exported] = extension;
  }
  return extensions;
}
