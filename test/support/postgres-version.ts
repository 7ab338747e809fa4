/** A major version of PostgreSQL that tests can run on. */
export type PostgresVersion = (typeof postgresVersions)[number];

/** Every version that Lockstep reads, oldest first. */
export const postgresVersions = [12, 13, 14, 15, 16, 17, 18] as const;
