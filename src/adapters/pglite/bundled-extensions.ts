import { createRequire } from 'node:module';
import type { Extension } from '@electric-sql/pglite';

/** SQL name of an extension -> module of the PGlite package that carries its files. */
const MODULES: Readonly<Record<string, string>> = {
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
};

/** Extensions that must be named beside another because `CREATE EXTENSION … CASCADE` asks for them. */
const NEEDS: Readonly<Record<string, readonly string[]>> = { earthdistance: ['cube'] };

/** Names of the extensions that the embedded engine can create; `plpgsql` is always there. */
export const bundledExtensionNames: readonly string[] = ['plpgsql', ...Object.keys(MODULES)].sort();

/**
 * The PGlite option for the named extensions; unknown names are left out. They must be named when a database is opened,
 * and each costs about 0.1 s then, so only those that are needed are.
 */
export function bundledExtensions(names: readonly string[]): Record<string, Extension> {
  const require = createRequire(import.meta.url);
  const modules = new Set([...names, ...names.flatMap((name) => NEEDS[name] ?? [])].map((name) => MODULES[name]));
  const extensions: Record<string, Extension> = {};
  for (const module of modules) {
    if (module === undefined) continue;
    const loaded = require(`@electric-sql/pglite/contrib/${module}`) as Readonly<Record<string, Extension>>;
    const extension = loaded[module];
    if (extension !== undefined) extensions[module] = extension;
  }
  return extensions;
}
