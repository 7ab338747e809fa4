import type { Catalog, ObjectName } from './catalog.ts';

/**
 * Tables in which migration tools write down what they have applied, each under the tool's own default name: no
 * migration of a folder makes them.
 */
const ledgerTables: ReadonlySet<string> = new Set([
  '__diesel_schema_migrations',
  '__drizzle_migrations',
  '__EFMigrationsHistory',
  '_prisma_migrations',
  '_sqlx_migrations',
  '_yoyo_log',
  '_yoyo_migration',
  '_yoyo_version',
  'SequelizeMeta',
  'alembic_version',
  'ar_internal_metadata',
  'atlas_schema_revisions',
  'databasechangelog',
  'databasechangeloglock',
  'django_migrations',
  'flyway_schema_history',
  'goose_db_version',
  'gorp_migrations',
  'knex_migrations',
  'knex_migrations_lock',
  'mikro_orm_migrations',
  'pgmigrations',
  'refinery_schema_history',
  'schema_migrations',
  'schema_version',
  'typeorm_metadata',
  'yoyo_lock',
]);

/** Schemas that a migration tool keeps for itself alone. */
const ledgerSchemas: ReadonlySet<string> = new Set([
  'atlas_schema_revisions',
  'drizzle',
  'graphile_migrate',
  'pgroll',
  'sqitch',
]);

const pathOf = ({ schema, name }: ObjectName): string => `${schema}.${name}`;

/**
 * A catalog without the tables and schemas in which a migration tool keeps its ledger, and which they were. What `made` has
 * too stays: somebody's own migrations made it. Its fingerprints and facts are those of the whole.
 */
export function withoutLedgers(
  catalog: Catalog,
  made: Catalog,
): { readonly catalog: Catalog; readonly ledgers: readonly string[] } {
  const madeTables = new Set(made.tables.map(pathOf));
  const madeSchemas = new Set(made.schemas.map(({ name }) => name));
  const schemas = new Set(
    catalog.schemas.map(({ name }) => name).filter((name) => ledgerSchemas.has(name) && !madeSchemas.has(name)),
  );
  const isInSchema = ({ schema }: { readonly schema: string }): boolean => schemas.has(schema);
  const tables = new Set(
    catalog.tables
      .filter((table) => !isInSchema(table) && ledgerTables.has(table.name))
      .map(pathOf)
      .filter((path) => !madeTables.has(path)),
  );
  if (schemas.size + tables.size === 0) return { catalog, ledgers: [] };
  const stays = (one: { readonly schema: string }): boolean => !isInSchema(one);
  const owned = catalog.sequences.filter(({ ownedBy }) => ownedBy !== null && tables.has(pathOf(ownedBy.table)));
  const gone = new Set([...tables, ...owned.map(pathOf)]);
  return {
    catalog: {
      ...catalog,
      schemas: catalog.schemas.filter(({ name }) => !schemas.has(name)),
      tables: catalog.tables.filter((table) => stays(table) && !tables.has(pathOf(table))),
      views: catalog.views.filter(stays),
      sequences: catalog.sequences.filter((sequence) => stays(sequence) && !gone.has(pathOf(sequence))),
      types: catalog.types.filter(stays),
      routines: catalog.routines.filter(stays),
      ...(catalog.grants === undefined
        ? {}
        : {
            grants: catalog.grants.filter((grant) =>
              grant.kind === 'schema' ? !schemas.has(grant.name) : stays(grant) && !gone.has(pathOf(grant)),
            ),
          }),
      ...(catalog.otherObjects === undefined ? {} : { otherObjects: catalog.otherObjects.filter(stays) }),
    },
    ledgers: [...schemas, ...tables].sort(),
  };
}
