import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { catalogSchema, tableSchema } from './catalog.ts';

const marked = (shape: Readonly<Record<string, z.ZodType>>): readonly string[] =>
  Object.entries(shape).flatMap(([name, part]) =>
    z.globalRegistry.get(part)?.['engine'] === 'postgresql' ? [name] : [],
  );

describe('the parts of a catalog', () => {
  it('that only PostgreSQL has are marked', () => {
    expect(marked(catalogSchema.shape)).toEqual(['extensions', 'sequences', 'types', 'grants', 'otherObjects']);
    expect(marked(tableSchema.shape)).toContain('policies');
    expect(marked(tableSchema.shape)).not.toContain('columns');
  });

  it('show their mark in the JSON schema', () => {
    expect(z.toJSONSchema(catalogSchema).properties?.['extensions']).toMatchObject({ engine: 'postgresql' });
  });
});

describe('a catalog that was kept before parts were added', () => {
  it('is still read', () => {
    const kept = {
      formatVersion: 1,
      engine: 'postgresql',
      server: { version: 120022, searchPath: ['public'], database: 'old', timeZone: 'UTC' },
      capturedAt: '2024-01-01T00:00:00Z',
      schemas: [{ name: 'public', owner: 'postgres', comment: null }],
      extensions: [{ name: 'plpgsql', version: '1.0', schema: 'pg_catalog' }],
      tables: [],
      views: [
        {
          schema: 'public',
          name: 'v',
          materialized: false,
          definition: 'SELECT 1 AS x;',
          columns: [{ name: 'x', type: 'integer', comment: null }],
          indexes: [],
          triggers: [],
          options: [],
          populated: true,
          owner: 'postgres',
          comment: null,
        },
      ],
      sequences: [],
      types: [
        {
          kind: 'domain',
          schema: 'public',
          name: 'd',
          baseType: 'integer',
          notNull: false,
          default: null,
          collation: null,
          constraints: [{ name: 'd_check', definition: 'CHECK ((VALUE > 0))', validated: true }],
          owner: 'postgres',
          comment: null,
        },
      ],
      routines: [],
      dependencies: [],
      notModelled: ['1 operator class'],
      fingerprint: 'f'.repeat(64),
      facts: null,
    };
    expect(catalogSchema.parse(kept)).toEqual(kept);
  });
});
