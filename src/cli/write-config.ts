import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { writeNewFiles } from '../adapters/files/write-new-files.ts';
import { CommandFailure } from './command-context.ts';
import { configFile } from './project-config.ts';

/** Where tools keep their migrations, the more telling names first. */
const usualFolders = [
  'db/migrations',
  'db/migrate',
  'database/migrations',
  'supabase/migrations',
  'src/main/resources/db/migration',
  'prisma/migrations',
  'priv/repo/migrations',
  'sql/migrations',
  'migrations',
];

async function migrationFolder(folder: string): Promise<string> {
  for (const name of usualFolders) {
    const found = await stat(join(folder, name)).catch(() => null);
    if (found?.isDirectory() === true) return name;
  }
  return 'migrations';
}

const template = (
  migrations: string,
): string => `# How Lockstep checks the migrations of this repository: lockstep validate
version: 1

# Where the migrations lie, from this folder.
migrations: ${migrations}/**/*.sql

# recommended: what the server does and what breaks. strict: types and conventions too.
profile: recommended

# By rule: off, info, warning or error. The ids are listed in Lockstep's docs/rules.
rules:
  # require-lock-timeout: warning

# Nothing is reported about what lies in these schemas.
ignored-schemas: []

# What the team has agreed on; what is left out is not asked for.
conventions:
  # names:
  #   index: '[a-z_0-9]+_idx'
  # schemas: [app]
  # columns: [id, created_at]
  # comments: true

# When a table counts as small or large, where facts say how large it is.
thresholds:
  small: { rows: 10000, bytes: 16 MB }
  large: { rows: 1000000, bytes: 1 GB }

# What the server gets done in a second, for estimates; the defaults are an ordinary server's. Measured and written here
# by: lockstep calibrate --shadow URL --write
# throughput: { read: 200 MB, rewrite: 40 MB, index-build: 100 MB, change-rows: 20 MB }

# The PostgreSQL that the migrations will run on, 10 to 18.
# server-version: 17

# What the runner does with a file: auto, file (one transaction around it) or none (statement by statement).
# transaction: auto

# The database before the migrations, and how large its tables are (lockstep introspect --format json, --format facts).
# snapshot: lockstep.snapshot.json
# facts: lockstep.facts.json

# Queries that applications run: a .sql file or a folder of them.
# queries: app/queries

# What makes the exit code 1: error, warning or never.
fail-on: error
`;

/** Writes a configuration to start from into a folder and gives its path; never over one that exists. */
export async function writeConfig(folder: string): Promise<string> {
  const path = join(folder, configFile);
  const contents = template(await migrationFolder(folder));
  const written = await writeNewFiles(folder, [{ path: configFile, contents }], { createDirectory: false });
  if (!written.ok) throw new CommandFailure(written.error);
  return path;
}
