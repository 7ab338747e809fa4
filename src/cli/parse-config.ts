import { dirname, isAbsolute, join, resolve } from 'node:path';
import { LineCounter, parseDocument } from 'yaml';
import * as z from 'zod';
import { issueInWords } from '../adapters/files/issue-in-words.ts';
import { looksLike } from '../engine/plan/read/same-name.ts';
import { allRules } from '../engine/validate/all-rules.ts';
import { profileSchema } from '../engine/validate/profile.ts';
import { severitySchema } from '../engine/validate/severity-schema.ts';
import { validationSettingsSchema } from '../engine/validate/validation-settings.ts';
import type { DeepReadonly } from '../shared/deep-readonly.ts';
import { CommandFailure } from './command-context.ts';

const settings = validationSettingsSchema.shape;

/** What `.lockstep.yml` may say; its words are those of the command line's options. */
const configSchema = z.strictObject({
  version: z.literal(1, { error: 'write version: 1' }),
  profile: profileSchema.optional(),
  rules: z
    .record(z.string(), z.enum(['off', ...severitySchema.options], { error: 'write off, info, warning or error' }))
    .optional(),
  thresholds: settings.thresholds,
  throughput: settings.throughput,
  'ignored-schemas': settings.ignoredSchemas,
  conventions: settings.conventions,
  /** Globs of the migrations, from the folder of this file. */
  migrations: z.union([z.string(), z.array(z.string())]).optional(),
  schema: z.string().optional(),
  snapshot: z.string().optional(),
  facts: z.string().optional(),
  queries: z.string().optional(),
  tier: z.enum(['parse', 'catalog', 'shadow']).optional(),
  'server-version': z.number().int().min(10).max(18).optional(),
  transaction: z.enum(['auto', 'file', 'none']).optional(),
  'fail-on': z.enum(['error', 'warning', 'never']).optional(),
});
type ConfigFile = z.infer<typeof configSchema>;

/** The configuration of a repository with its paths made absolute; `path` null when there is none. */
export type ParsedConfig = DeepReadonly<Omit<ConfigFile, 'migrations' | 'version'>> & {
  readonly path: string | null;
  readonly migrations: { readonly folder: string; readonly patterns: readonly string[] } | null;
};

type Fault = { readonly path: readonly PropertyKey[]; readonly message: string };

/** The keys that are known in a part of the file. */
function keysAt(path: readonly PropertyKey[]): readonly string[] {
  const within = (schema: unknown): unknown =>
    schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault
      ? within(schema.unwrap())
      : schema;
  const at = path.reduce<unknown>((schema, key) => {
    const object = within(schema);
    return object instanceof z.ZodObject ? object.shape[String(key)] : undefined;
  }, configSchema);
  const object = within(at);
  return object instanceof z.ZodObject ? Object.keys(object.shape) : [];
}

function unknownKeys(issue: z.core.$ZodIssueUnrecognizedKeys): readonly Fault[] {
  const known = keysAt(issue.path);
  return issue.keys.map((key) => {
    const near = known.find((name) => looksLike(key, name));
    const advice = near === undefined ? '' : `; did you mean "${near}"?`;
    return { path: [...issue.path, key], message: `"${key}" is not known here${advice}` };
  });
}

const faultsOf = (error: z.ZodError): readonly Fault[] =>
  error.issues.flatMap((issue): readonly Fault[] =>
    issue.code === 'unrecognized_keys'
      ? unknownKeys(issue)
      : [{ path: issue.path, message: `${issue.path.join('.') || 'the file'}: ${issue.message}` }],
  );

function unknownRules(config: ConfigFile): readonly Fault[] {
  const ids = allRules.map(({ id }) => id);
  return Object.keys(config.rules ?? {})
    .filter((id) => !ids.includes(id))
    .map((id) => {
      const near = ids.find((known) => looksLike(id, known));
      const advice = near === undefined ? 'they are listed in docs/rules' : `did you mean "${near}"?`;
      return { path: ['rules', id], message: `there is no rule "${id}"; ${advice}` };
    });
}

/** A key with nothing under it says nothing, as when everything under `rules:` is a comment. */
function withoutEmpty(written: unknown): unknown {
  if (typeof written !== 'object' || written === null || Array.isArray(written)) return written ?? {};
  return Object.fromEntries(Object.entries(written).filter(([, value]) => value !== null));
}

/** Reads a configuration from its text; wrong usage with the line of each fault. */
export function parseConfig(text: string, path: string): ParsedConfig {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const refuse = (faults: readonly { readonly line: number | null; readonly message: string }[]) =>
    new CommandFailure({
      code: 'input.invalid',
      issues: faults.map(({ line, message }) => ({ path: line === null ? path : `${path}:${line}`, message })),
    });
  if (document.errors.length > 0)
    throw refuse(
      document.errors.map(({ pos, message, code }) => ({
        line: lines.linePos(pos[0]).line,
        message: code === 'MULTIPLE_DOCS' ? 'one document is expected, and another one begins here' : message,
      })),
    );
  const lineOf = (at: readonly PropertyKey[]): number | null => {
    // The nearest part of the path that is written; a missing key has no place of its own.
    for (let length = at.length; length > 0; length -= 1) {
      const node: unknown = document.getIn(at.slice(0, length), true);
      const range = typeof node === 'object' && node !== null && 'range' in node ? node.range : null;
      if (Array.isArray(range) && typeof range[0] === 'number') return lines.linePos(range[0]).line;
    }
    return null;
  };
  const written = (): unknown => {
    try {
      return document.toJS();
    } catch (error) {
      // An alias of nothing, or aliases that would grow without end.
      throw refuse([{ line: null, message: error instanceof Error ? error.message : String(error) }]);
    }
  };
  const parsed = configSchema.safeParse(withoutEmpty(written()), { error: issueInWords });
  const faults = parsed.success ? unknownRules(parsed.data) : faultsOf(parsed.error);
  if (!parsed.success || faults.length > 0)
    throw refuse(faults.map(({ path: at, message }) => ({ line: lineOf(at), message })));

  const { version: _version, migrations, ...config } = parsed.data;
  const folder = dirname(resolve(path));
  const from = (file: string | undefined) =>
    file === undefined ? undefined : isAbsolute(file) ? file : join(folder, file);
  const patterns = typeof migrations === 'string' ? [migrations] : migrations;
  return {
    ...config,
    schema: from(config.schema),
    snapshot: from(config.snapshot),
    facts: from(config.facts),
    queries: from(config.queries),
    path,
    migrations: patterns === undefined ? null : { folder, patterns },
  };
}
