import { glob, realpath } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import { type ChangesSince, changedSince } from '../adapters/files/changed-since.ts';
import type { MigrationFiles } from '../adapters/files/read-migrations.ts';
import type { MigrationHistory } from '../engine/validate/migration-history.ts';
import { CommandFailure, wrongUsage } from './command-context.ts';
import { migrationsIn } from './migrations-in.ts';
import { configFile, type ProjectConfig } from './project-config.ts';

/** A migration that is to be checked, and those that lie beside it. */
export type ChosenMigration = { readonly files: MigrationFiles; readonly history: MigrationHistory };

/** The `.sql` files that the configuration's patterns find. */
async function filesOf({ folder, patterns }: NonNullable<ProjectConfig['migrations']>): Promise<readonly string[]> {
  const paths: string[] = [];
  // As a person would write it from here, which is also how reports name files.
  for await (const path of glob([...patterns], { cwd: folder }))
    if (path.endsWith('.sql')) paths.push(relative(process.cwd(), join(folder, path)));
  return paths;
}

/** The folder whose migrations run one after the other: of `NAME/up.sql` the one that holds `NAME`. */
const folderOf = ({ up, down }: MigrationFiles): string => {
  const path = up?.path ?? down?.path ?? '';
  return /^(?:up|down|migration)\.sql$/i.test(basename(path)) ? dirname(dirname(path)) : dirname(path);
};

/** What became of a migration: its up tells, because a down may be written later. */
async function stateOf(
  { up, down }: MigrationFiles,
  changes: ChangesSince,
): Promise<MigrationHistory[number]['state']> {
  const file = up ?? down;
  return file === null ? 'known' : (changes.get(await realpath(file.path)) ?? 'known');
}

/**
 * The migrations that are to be checked, in their order: those named, else those of the configuration; with `since` only
 * those that are new or changed since that Git revision. Each with all those of its folder.
 */
export async function chooseMigrations(
  named: readonly string[],
  { migrations: configured }: ProjectConfig,
  since: string | undefined,
): Promise<readonly ChosenMigration[]> {
  if (named.length === 0 && configured === null)
    throw wrongUsage('PATH', `name files or folders, or say where migrations lie under "migrations" in ${configFile}`);
  const paths = named.length > 0 || configured === null ? named : await filesOf(configured);
  const patterns = named.length > 0 ? [] : (configured?.patterns ?? []);
  if (paths.length === 0) throw wrongUsage(configFile, `"migrations" finds no .sql file: ${patterns.join(', ')}`);
  const read = migrationsIn(paths);
  const changes = since === undefined ? null : await changedSince(since, process.cwd());
  if (changes?.ok === false) throw new CommandFailure(changes.error);
  const entries = await Promise.all(
    read.map(async (files) => ({
      files,
      folder: folderOf(files),
      state: changes === null ? null : await stateOf(files, changes.value),
    })),
  );
  const histories = new Map<string, MigrationHistory[number][]>();
  for (const { files, folder, state } of entries) {
    const beside = histories.get(folder) ?? [];
    beside.push({ name: files.name, state });
    histories.set(folder, beside);
  }
  const chosen = entries.map(({ files, folder }) => ({ files, history: histories.get(folder) ?? [] }));
  if (changes === null) return chosen;
  const isChanged = async ({ up, down }: MigrationFiles): Promise<boolean> => {
    const found = await Promise.all([up, down].flatMap((file) => (file === null ? [] : [realpath(file.path)])));
    return found.some((path) => changes.value.has(path));
  };
  const wanted = await Promise.all(chosen.map(({ files }) => isChanged(files)));
  return chosen.filter((_one, index) => wanted[index]);
}
