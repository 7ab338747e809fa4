import * as z from 'zod';
import type { DeepReadonly } from '../../shared/deep-readonly.ts';
import { objectNameSchema } from '../catalog/catalog.ts';
import { recipeSchema } from '../recipes/recipe.ts';
import { shadowRunReportSchema } from '../shadow/report.ts';
import { lockModeSchema } from '../sql/lock-mode.ts';
import { severitySchema } from './severity-schema.ts';

export const directionSchema = z.enum(['up', 'down']);
export type Direction = z.infer<typeof directionSchema>;

export type Severity = z.infer<typeof severitySchema>;

export const ruleCategorySchema = z.enum([
  'locking',
  'rewrite',
  'data loss',
  'correctness',
  'compatibility',
  'index and constraint',
  'naming and conflicts',
  'types and conventions',
  'timeouts and operational',
  'security and access',
  'rollback and files',
]);
export type RuleCategory = z.infer<typeof ruleCategorySchema>;

/** What a statement does to a running system. Relations are dotted names, quoted where needed. */
export const effectsSchema = z.object({
  locks: z.array(z.object({ relation: z.string(), mode: lockModeSchema, blocks: z.string() })),
  rewrites: z.array(z.string()),
  scans: z.array(z.string()),
  /** `forbidden`: the statement cannot run in a transaction block. */
  transaction: z.enum(['required', 'allowed', 'forbidden']),
});
export type Effects = DeepReadonly<z.infer<typeof effectsSchema>>;

/** One statement of the migration, with what it is predicted to do. `line` and `column` count from 1. */
export const statementReportSchema = z.object({
  direction: directionSchema,
  index: z.number().int(),
  text: z.string(),
  line: z.number().int(),
  column: z.number().int(),
  /** For example `AlterTable.AddColumn`; several actions are joined with `+`. */
  kind: z.string(),
  objects: z.array(objectNameSchema),
  effects: effectsSchema,
  estimate: z.object({
    duration: z.enum(['none', '<1s', 'seconds', 'minutes', 'hours']),
    /** Seconds between which it will probably lie; absent where no row is touched or nothing can be said. */
    range: z.object({ from: z.number(), to: z.number() }).optional(),
    basis: z.string(),
  }),
  dataLoss: z.enum(['none', 'possible', 'certain']),
  reversible: z.enum(['exact', 'structure-only', 'none']),
});
export type StatementReport = DeepReadonly<z.infer<typeof statementReportSchema>>;

/** One thing a rule found; positions count from 1, `endColumn` is exclusive. */
export const findingSchema = z.object({
  rule: z.string(),
  category: ruleCategorySchema,
  severity: severitySchema,
  direction: directionSchema,
  /** Index of the statement in its direction, or null when the finding is about the whole file. */
  statement: z.number().int().nullable(),
  line: z.number().int(),
  column: z.number().int(),
  endLine: z.number().int(),
  endColumn: z.number().int(),
  message: z.string(),
  why: z.string(),
  instead: z.string(),
  evidence: z.record(z.string(), z.unknown()),
  /** A safe rewrite: the whole text of the file after it. */
  fix: z.object({ title: z.string(), sql: z.string() }).nullable(),
  /** Where no single migration is safe: several that are, in order. */
  recipe: recipeSchema.optional(),
  /** Why this database allows no recipe where there is one for other databases, in words. */
  noRecipe: z.string().optional(),
});
export type Finding = DeepReadonly<z.infer<typeof findingSchema>>;

export const tierSchema = z.enum(['parse', 'catalog', 'shadow']);
export type Tier = z.infer<typeof tierSchema>;

export const migrationReportSchema = z.object({
  name: z.string(),
  files: z.object({ up: z.string().nullable(), down: z.string().nullable() }),
  statements: z.array(statementReportSchema),
  findings: z.array(findingSchema),
  notChecked: z.array(z.string()),
  shadow: shadowRunReportSchema.nullable(),
});
export type MigrationReport = DeepReadonly<z.infer<typeof migrationReportSchema>>;

/** What `validate --format json` prints. */
export const validationReportSchema = z.object({
  version: z.literal(1),
  tier: tierSchema,
  server: z.object({ engine: z.literal('postgresql'), version: z.number().int() }),
  migrations: z.array(migrationReportSchema),
  summary: z.object({ errors: z.number().int(), warnings: z.number().int(), infos: z.number().int() }),
});
export type ValidationReport = DeepReadonly<z.infer<typeof validationReportSchema>>;
