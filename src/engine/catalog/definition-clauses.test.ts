import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Catalog, catalogSchema } from './catalog.ts';
import { clausesOf } from './definition-clauses.ts';

const snapshot = resolve(import.meta.dirname, '../../../test/snapshots/format-1.json');
const everything = catalogSchema.parse(JSON.parse(readFileSync(snapshot, 'utf8'))) as Catalog;

const definitions: readonly (readonly [kind: string, definition: string])[] = [
  ...everything.tables.flatMap((table) => [
    ...table.constraints.map(({ definition }) => ['constraint', definition] as const),
    ...table.indexes.map(({ definition }) => ['index', definition] as const),
    ...table.triggers.map(({ definition }) => ['trigger', definition] as const),
  ]),
  ...everything.routines.map(({ kind, definition }) => [kind, definition] as const),
];

describe('the clauses of a definition', () => {
  it('make up the whole of every definition that a server wrote', () => {
    expect(definitions.length).toBeGreaterThan(100);
    for (const [kind, definition] of definitions) {
      expect(
        clausesOf(kind, definition)
          .map(([, text]) => text)
          .join(''),
      ).toBe(definition);
    }
  });

  it('know every definition that a server wrote', () => {
    const unknown = definitions.filter(([kind, definition]) => clausesOf(kind, definition).length === 1);
    expect(
      unknown.filter(([kind, text]) => kind !== 'aggregate' && !/^(CHECK|PRIMARY|UNIQUE|NOT|TRIGGER)/.test(text)),
    ).toEqual([]);
  });

  it.each([
    [
      'constraint',
      'FOREIGN KEY (a, "ON DELETE") REFERENCES x."MATCH"(b) MATCH FULL ON UPDATE CASCADE ON DELETE SET NULL (a) DEFERRABLE INITIALLY DEFERRED NOT VALID',
      ['columns', 'references', 'match', 'on update', 'on delete', 'deferrable', 'initially', 'validated'],
    ],
    ['constraint', 'CHECK ((a > 0)) NO INHERIT NOT VALID', ['expression', 'no inherit', 'validated']],
    [
      'index',
      `CREATE UNIQUE INDEX "USING" ON ONLY a."WHERE" USING gist (lower(b) COLLATE "C" DESC, c) INCLUDE (d) NULLS NOT DISTINCT WITH (fillfactor='70') WHERE (b <> 'USING'::text)`,
      [
        'definition',
        'unique',
        'definition',
        'method',
        'keys',
        'include',
        'nulls not distinct',
        'storage options',
        'predicate',
      ],
    ],
    [
      'trigger',
      "CREATE CONSTRAINT TRIGGER t AFTER INSERT OR UPDATE OF a, b ON x.y FROM z DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN ((new.a IS NOT NULL)) EXECUTE FUNCTION f('WHEN')",
      ['definition', 'timing', 'definition', 'from', 'deferrable', 'initially', 'level', 'condition', 'function'],
    ],
    [
      'function',
      `CREATE OR REPLACE FUNCTION public.f(a integer DEFAULT 1)\n RETURNS TABLE(x integer, y text)\n LANGUAGE plpgsql\n STABLE PARALLEL SAFE STRICT SECURITY DEFINER COST 7\n SET search_path TO 'a', 'b'\nAS $function$ RETURNS LANGUAGE $function$`,
      [
        'definition',
        'arguments',
        'result',
        'language',
        'volatility',
        'parallel',
        'strict',
        'security',
        'cost',
        'settings',
        'body',
      ],
    ],
  ])('of a %s are told apart by its keywords alone', (kind, definition, clauses) => {
    expect(clausesOf(kind, definition).map(([about]) => about)).toEqual(clauses);
  });
});
