import * as z from 'zod';
import type { CatalogQuery } from '../catalog-query.ts';
import text from './vocabulary.sql?raw';

const rowSchema = z.object({
  keywords: z.array(z.string()),
  defaultOperatorClasses: z.array(z.object({ oid: z.number(), method: z.number(), input: z.number() })),
  systemCatalogs: z.record(z.string(), z.string()),
  accessMethods: z.record(z.string(), z.string()),
});

/** What a server needs to have said before a definition can be written as it would write it. */
export type Vocabulary = {
  /** Writes a name as this server does; later versions have more words that need quotes. */
  readonly quote: (name: string) => string;
  /** True for the operator class that an index method takes for a type when none is named. */
  readonly isDefaultClass: (operatorClass: number, method: number, type: number, typeClass: string) => boolean;
  /** The name of a system catalog by its number. */
  readonly systemCatalog: (oid: number) => string;
  /** The name of an access method by its number. */
  readonly accessMethod: (oid: number) => string;
};

/** Reads the server's keywords, default operator classes, system catalogs and access methods. */
export const vocabularyQuery: CatalogQuery<z.infer<typeof rowSchema>> = {
  reads: 'the words of the server',
  text: () => text,
  row: rowSchema,
};

// The numbers of built-in types are part of PostgreSQL: pg_type.dat has them.
const text25 = 25;
const varchar = 1043;
const polymorphic: Readonly<Record<string, number>> = { array: 2277, e: 3500, r: 3831, m: 4537, c: 2249 };

/** The vocabulary that the server's answer makes. */
export function vocabularyOf(row: z.infer<typeof rowSchema>): Vocabulary {
  const keywords = new Set(row.keywords);
  const quoted = new Map<string, string>();
  const inputs = new Map(row.defaultOperatorClasses.map(({ oid, input }) => [oid, input]));
  const systemCatalogs = new Map(Object.entries(row.systemCatalogs).map(([oid, name]) => [Number(oid), name]));
  const exact = new Set(row.defaultOperatorClasses.map(({ method, input }) => `${method}:${input}`));
  return {
    quote: (name) => {
      let written = quoted.get(name);
      if (written === undefined) {
        const plain = /^[a-z_][a-z0-9_]*$/.test(name) && !keywords.has(name);
        written = plain ? name : `"${name.replaceAll('"', '""')}"`;
        quoted.set(name, written);
      }
      return written;
    },
    isDefaultClass: (operatorClass, method, type, typeClass) => {
      const input = inputs.get(operatorClass);
      if (input === undefined) return false;
      if (input === type) return true;
      // A class for the very type comes first where there is one.
      if (exact.has(`${method}:${type}`)) return false;
      return (input === text25 && type === varchar) || input === polymorphic[typeClass];
    },
    systemCatalog: (oid) => systemCatalogs.get(oid) ?? '',
    accessMethod: (oid) => row.accessMethods[oid] ?? '',
  };
}
