import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { describeError } from './describe-error.ts';
import { type LockstepError, lockstepErrorSchema } from './errors.ts';

/** One example of each code, made from the schema itself, so that a new code is tested the moment it exists. */
const examples: readonly LockstepError[] = lockstepErrorSchema.options.map((option) =>
  lockstepErrorSchema.parse(exampleOf(option)),
);

function exampleOf(schema: z.ZodType): unknown {
  if (schema instanceof z.ZodLiteral) return schema.value;
  if (schema instanceof z.ZodString) return 'server said “no”';
  if (schema instanceof z.ZodNumber) return 3;
  if (schema instanceof z.ZodEnum) return schema.options[0];
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable)
    return exampleOf(schema.unwrap() as z.ZodType);
  if (schema instanceof z.ZodArray) return [exampleOf(schema.element as z.ZodType)];
  if (schema instanceof z.ZodObject) {
    return Object.fromEntries(
      Object.entries(schema.shape).map(([name, field]) => [name, exampleOf(field as z.ZodType)]),
    );
  }
  throw new Error(`no example for ${schema.type}`);
}

/** The errors that no single button helps with. */
const withoutRemedy: ReadonlySet<string> = new Set([
  'postgres.rejected',
  'catalog.snapshot_invalid',
  'catalog.schema_file_rejected',
  'history.newer',
  'history.damaged',
  'input.invalid',
]);

describe.each(examples.map((error) => [error.code, error] as const))('%s', (_code, error) => {
  const { title, whatHappened, whatToDo, remedy } = describeError(error);

  test('has a title without a full stop and whole sentences', () => {
    expect(title).toMatch(/^[A-Z].*[^.]$/);
    for (const text of [whatHappened, whatToDo]) {
      expect(text).toMatch(/^\S.*[.!?]$/);
      expect(text).not.toMatch(/\.\.|undefined|null|\[object|NaN| {2}|: \.$/);
    }
  });

  test('puts the blame on nobody', () => {
    const all = `${title} ${whatHappened} ${whatToDo}`;
    expect(all).not.toMatch(
      /\b(you (must|failed|forgot|should have)|illegal|fatal|oops|sorry|please|unfortunately)\b/i,
    );
  });

  test('offers a remedy where one button can help', () => {
    expect(remedy !== undefined).toBe(!withoutRemedy.has(error.code));
    if (remedy !== undefined) expect(remedy.label).toMatch(/^[A-Z][^.]*[^.]$/);
  });
});

test('whatever a server says, the description stays made of sentences', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (message) => {
      const description = describeError({ code: 'postgres.rejected', sqlstate: '42501', message });
      expect(description.whatHappened.endsWith('.')).toBe(true);
    }),
  );
});

test('a rejected statement shows what the server said, its detail and its hint', () => {
  expect(
    describeError({
      code: 'postgres.rejected',
      sqlstate: '42501',
      message: 'permission denied for schema sales',
      detail: 'role anna',
      hint: 'grant usage',
    }),
  ).toMatchObject({
    whatHappened: 'Permission denied for schema sales (SQLSTATE 42501). Role anna.',
    whatToDo: 'Grant usage.',
  });
});

test('what passes by itself can be tried again, and what is refused for good cannot', () => {
  const rejected = (sqlstate: string) => describeError({ code: 'postgres.rejected', sqlstate, message: 'no' });
  expect(rejected('55P03')).toMatchObject({
    title: 'Another session holds a lock',
    whatToDo: 'Try again when the session that holds the lock has ended its transaction.',
    remedy: { action: { kind: 'retry' } },
  });
  expect(rejected('53300').remedy?.action).toEqual({ kind: 'retry' });
  expect(rejected('42501')).not.toHaveProperty('remedy');
});

test('a request that is not understood comes with examples, and the first is one click away', () => {
  const description = describeError({
    code: 'plan.not_understood',
    request: 'make it nice',
    reason: 'no change was recognised',
    examples: ['add email_verified boolean to users', 'drop column note of orders'],
  });
  expect(description.whatToDo).toContain('“drop column note of orders”');
  expect(description.remedy?.action).toEqual({ kind: 'use-request', request: 'add email_verified boolean to users' });
});

test('a name that begins a sentence keeps its letters', () => {
  const whatHappened = (reason: string) =>
    describeError({ code: 'plan.not_understood', request: 'add note', reason, examples: [] }).whatHappened;
  expect(whatHappened('app.orders already has a column "note"')).toBe('app.orders already has a column "note".');
  expect(whatHappened('no change was recognised')).toBe('No change was recognised.');
});

test('a key is offered the built-in planner as the other way out', () => {
  expect(describeError({ code: 'model.key_missing' }).whatToDo).toContain('built-in planner');
});
