import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { type Catalog, catalogSchema, typeSchema } from './catalog.ts';
import { compareCatalogs } from './compare.ts';
import { fingerprintCatalog } from './fingerprint.ts';

/** Every field that two equal databases may differ in, or that another field says too. */
const leftOut: readonly RegExp[] = [
  // Says how the database was read, not what it is.
  /^(formatVersion|engine|capturedAt|fingerprint|portableFingerprint|notModelled|notVisible)/,
  /^server\b/,
  // Given by the server; a name that people chose is a constraint.
  /^(tables\[\]\.columns|types)\[\]\.notNullName$/,
  // Follows from its version.
  /^extensions\[\]\.members\b/,
  /^facts\b/,
  /^dependencies\b/,
  // Said by the definition of the server.
  /^tables\[\]\.constraints\[\]\.(columns|validated|deferrable|initiallyDeferred|noInherit|references)\b/,
  /^(tables|views)\[\]\.indexes\[\]\.(method|unique|nullsNotDistinct|keys|include|predicate|options)\b/,
  /^(tables|views)\[\]\.triggers\[\]\.(function|inherited)\b/,
  /^routines\[\]\.(result|language|volatility|strict|securityDefiner)\b/,
  /^otherObjects\[\]\.(roles|table)\b/,
  /^types\[\]\.constraints\[\]\.validated$/,
  // What is in it.
  /^views\[\]\.populated$/,
  // Means nothing without row security, or beside the name of a privilege.
  /^grants\[\]\.column$/,
];

let made = 0;

/** A value of a schema with everything in it that may be there, and no text twice. */
function sample(schema: z.ZodType): unknown {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodDefault) {
    return sample(schema.unwrap() as z.ZodType);
  }
  if (schema instanceof z.ZodObject) {
    return Object.fromEntries(Object.entries(schema.shape).map(([field, type]) => [field, sample(type as z.ZodType)]));
  }
  if (schema instanceof z.ZodArray) return [sample(schema.element as z.ZodType)];
  if (schema instanceof z.ZodDiscriminatedUnion) return sample(schema.options[0] as z.ZodType);
  if (schema instanceof z.ZodUnion) return sample(schema.options[0] as z.ZodType);
  if (schema instanceof z.ZodLiteral) return schema.value;
  if (schema instanceof z.ZodEnum) return schema.options[0];
  if (schema instanceof z.ZodBoolean) return true;
  if (schema instanceof z.ZodNumber) return 7;
  if (schema instanceof z.ZodISODateTime) return '2026-01-01T00:00:00Z';
  if (schema instanceof z.ZodString) {
    made += 1;
    return `text${made}`;
  }
  throw new Error(`no sample for ${schema.constructor.name}`);
}

type Change = { readonly path: string; readonly value: unknown };

/** The sample with one leaf changed, for every leaf. */
function changesOf(schema: z.ZodType, value: unknown, path: string): readonly Change[] {
  if (value === null) return [];
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodDefault) {
    return changesOf(schema.unwrap() as z.ZodType, value, path);
  }
  if (schema instanceof z.ZodObject) {
    const held = value as Readonly<Record<string, unknown>>;
    return Object.entries(schema.shape).flatMap(([field, type]) =>
      changesOf(type as z.ZodType, held[field], path === '' ? field : `${path}.${field}`).map((change) => ({
        path: change.path,
        value: { ...held, [field]: change.value },
      })),
    );
  }
  if (schema instanceof z.ZodArray) {
    const [first] = value as readonly unknown[];
    return changesOf(schema.element as z.ZodType, first, `${path}[]`).map((change) => ({
      path: change.path,
      value: [change.value],
    }));
  }
  if (schema instanceof z.ZodDiscriminatedUnion) {
    const { kind } = value as { readonly kind: string };
    const option = typeSchema.options.find((each) => each.shape.kind.value === kind);
    return option === undefined ? [] : changesOf(option, value, path);
  }
  if (schema instanceof z.ZodLiteral) return [];
  if (schema instanceof z.ZodEnum) return [{ path, value: schema.options.find((each) => each !== value) }];
  if (typeof value === 'boolean') return [{ path, value: !value }];
  if (typeof value === 'number') return [{ path, value: value + 1 }];
  return [{ path, value: schema instanceof z.ZodISODateTime ? '2026-01-02T00:00:00Z' : `${value}2` }];
}

const sampled = catalogSchema.parse(sample(catalogSchema)) as Catalog;

/** As the sample, without what makes other fields mean nothing. */
const full: Catalog = {
  ...sampled,
  grants: sampled.grants?.map((grant) => ({ ...grant, kind: 'table' as const, column: null, revoked: false })) ?? [],
  tables: sampled.tables.map((table) => ({
    ...table,
    // A partition's identity follows its parent.
    partitionOf: null,
    triggers: table.triggers.map((trigger) => ({ ...trigger, inherited: false })),
  })),
  views: sampled.views.map((view) => ({
    ...view,
    triggers: view.triggers.map((trigger) => ({ ...trigger, inherited: false })),
  })),
};

const changes = (before: Catalog): readonly Change[] =>
  changesOf(catalogSchema, before, '').filter(({ path }) => !leftOut.some((each) => each.test(path)));

const expectSeen = (before: Catalog, after: Catalog, path = ''): void => {
  expect(compareCatalogs(before, after), path).not.toEqual([]);
  expect(fingerprintCatalog(before)).not.toBe(fingerprintCatalog(after));
};

describe('what is compared', () => {
  it('is every field of a catalog that is not left out on purpose', () => {
    const all = changes(full);
    expect(all.length).toBeGreaterThan(100);
    for (const { path, value } of all) expectSeen(full, value as Catalog, path);
  });

  it.each(typeSchema.options.map((option) => option.shape.kind.value))(
    'is every field of a type of kind %s',
    (kind) => {
      const option = typeSchema.options.find((each) => each.shape.kind.value === kind);
      const before: Catalog = { ...full, types: [sample(option as z.ZodType) as Catalog['types'][number]] };
      for (const { path, value } of changes(before)) expectSeen(before, value as Catalog, path);
    },
  );

  it('is of which table something is a partition', () => {
    const partition = (name: string, bound: string): Catalog => ({
      ...full,
      tables: full.tables.map((table) => ({ ...table, partitionOf: { parent: { schema: 's', name }, bound } })),
    });
    expectSeen(partition('a', 'DEFAULT'), partition('b', 'DEFAULT'));
    expectSeen(partition('a', 'DEFAULT'), partition('a', "FOR VALUES IN ('x')"));
  });

  it('is a new privilege on a column', () => {
    const [grant] = full.grants ?? [];
    if (grant === undefined) throw new Error('the sample has a grant');
    expectSeen(full, { ...full, grants: [grant, { ...grant, kind: 'column', column: 'a' }] });
  });
});
