import type { CancelSignal } from '../../engine/ports/cancel.ts';
import type { ShadowDatabase, ShadowDatabases } from '../../engine/ports/shadow-databases.ts';
import { ShadowFailure } from '../../engine/ports/shadow-failure.ts';
import { withWordedModifiers } from '../../engine/shadow/worded-modifiers-database.ts';
import { extensionsNamedIn } from '../../engine/sql/extensions-named-in.ts';
import { loadStatements } from '../../engine/sql/load-statements.ts';
import type { LockstepError } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { type PsqlPart, splitPsqlScript } from './psql-script.ts';

/** A schema file's content as a database. The caller closes `client`. */
export type LoadedSchema = {
  readonly client: ShadowDatabase;
  /** What the embedded database lacks and got a stand-in for, for example `extension postgis`. */
  readonly stubbed: readonly string[];
  /** What was left out on purpose, in words: rows, statements about whole databases or the server's files. */
  readonly leftOut: readonly string[];
};

/** What a schema file may ask for that says nothing about the schema, or that no throw-away database may do. */
const LEFT_OUT: readonly (readonly [RegExp, string | null])[] = [
  [/^(?:begin|commit|end|start\s+transaction|abort)\b/i, null],
  [/^(?:create|alter|drop)\s+database\b/i, 'statements about whole databases'],
  [/^comment\s+on\s+database\b/i, 'statements about whole databases'],
  [/^(?:grant|revoke)\b[^;]*\bon\s+database\b/i, 'statements about whole databases'],
  [/^(?:create|alter|drop)\s+tablespace\b/i, 'tablespaces'],
  [/^(?:create|alter|drop)\s+subscription\b/i, 'subscriptions'],
  [/^alter\s+system\b/i, 'settings of the server'],
  [/^copy\b/i, 'rows (COPY)'],
  [/^import\s+foreign\s+schema\b/i, 'tables of other servers (IMPORT FOREIGN SCHEMA)'],
  [/^security\s+label\b/i, 'security labels'],
  [/^(?:vacuum|analyze|lock)\b/i, null],
];

/** Backslash commands that leave the schema as it is. */
const HARMLESS_COMMAND =
  /^\\(?:connect|c|restrict|unrestrict|echo|qecho|warn|set|unset|encoding|pset|timing|x|t|a|\.|q|o|\?|if|elif|else|endif|d\S*|l|conninfo|errverbose|prompt|password)(?=\s|$)/;

type Work = {
  readonly statements: readonly { readonly text: string; readonly line: number }[];
  readonly leftOut: readonly string[];
  readonly refusedCommand: { readonly text: string; readonly line: number } | null;
};

function sortParts(parts: readonly PsqlPart[]): Work {
  const statements: { readonly text: string; readonly line: number }[] = [];
  const leftOut = new Set<string>();
  for (const part of parts) {
    if (part.kind === 'command') {
      if (!HARMLESS_COMMAND.test(part.text)) return { statements, leftOut: [], refusedCommand: part };
    } else if (part.kind === 'rows') {
      leftOut.add('rows (COPY)');
    } else {
      const rule = LEFT_OUT.find(([pattern]) => pattern.test(part.text));
      if (rule === undefined) statements.push(part);
      else if (rule[1] !== null) leftOut.add(rule[1]);
    }
  }
  return { statements, leftOut: [...leftOut].sort(), refusedCommand: null };
}

/**
 * Loads a schema from the text of a `.sql` file, as people write it or as `pg_dump` does, into a new embedded database.
 * Rows of `COPY` are never loaded. A statement that is at fault itself is `catalog.schema_file_rejected` with its line.
 */
export async function loadSchemaText(options: {
  readonly text: string;
  /** Named in errors. */
  readonly path: string;
  readonly databases: ShadowDatabases;
  /** Texts that will be run on the database too, and may create further extensions. */
  readonly alsoRun?: readonly string[];
  readonly signal?: CancelSignal;
  readonly onProgress?: (done: number, total: number) => void;
}): Promise<Result<LoadedSchema, LockstepError>> {
  const { path, databases, signal, onProgress } = options;
  const work = sortParts(splitPsqlScript(options.text));
  const rejected = (sqlstate: string, message: string, line: number): Result<never, LockstepError> =>
    err({ code: 'catalog.schema_file_rejected', path, sqlstate, message, line });
  if (work.refusedCommand !== null) {
    const { text, line } = work.refusedCommand;
    return rejected('42601', `the psql command ${text.split(/\s/, 1)[0]} cannot be followed here`, line);
  }
  let client: ShadowDatabase | null = null;
  try {
    const extensions = extensionsNamedIn([options.text, ...(options.alsoRun ?? [])].join('\n'));
    const opened = await databases.open({ extensions, ...(signal === undefined ? {} : { signal }) });
    client = withWordedModifiers(opened, extensions, databases.availableExtensions);
    const total = work.statements.length;
    const outcome = await loadStatements(
      client,
      work.statements.map((statement) => statement.text),
      { ...(signal === undefined ? {} : { signal }), onProgress: (done) => onProgress?.(done, total) },
    );
    if (outcome.failed !== null) {
      const { refusal, index } = outcome.failed;
      const statement = work.statements[index];
      const before = [...(statement?.text ?? '')].slice(0, Math.max((refusal.position ?? 1) - 1, 0)).join('');
      const line = (statement?.line ?? 1) + before.split('\n').length - 1;
      await client.close();
      return rejected(refusal.sqlstate, refusal.message, line);
    }
    // A dump sets an empty search path and switches checks off for its own session only.
    await client.execute('reset all; reset role');
    return ok({ client, stubbed: outcome.stubbed, leftOut: work.leftOut });
  } catch (error) {
    await client?.close();
    if (error instanceof ShadowFailure) return err(error.error);
    throw error;
  }
}
