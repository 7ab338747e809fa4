import * as z from 'zod';
import type { DeepReadonly } from '../../../../shared/deep-readonly.ts';
import type { DatabaseType } from '../../../catalog/catalog.ts';
import type { CatalogQuery } from '../catalog-query.ts';
import type { ColumnRow } from './columns.ts';
import type { ConstraintRow } from './constraints.ts';
import text from './types.sql?raw';

const rowSchema = z.object({
  oid: z.number(),
  relation: z.number(),
  kind: z.enum(['enum', 'domain', 'composite', 'range']),
  schema: z.string(),
  name: z.string(),
  labels: z.array(z.string()),
  baseType: z.string().nullable(),
  notNull: z.boolean(),
  notNullName: z.string().nullable(),
  default: z.string().nullable(),
  collation: z.string().nullable(),
  subtype: z.string().nullable(),
  options: z.array(z.string()).nullable(),
  owner: z.string(),
  comment: z.string().nullable(),
});
export type TypeRow = DeepReadonly<z.infer<typeof rowSchema>>;

/** Enums, domains, composite types and ranges that no extension owns. */
export const typesQuery: CatalogQuery<TypeRow> = { reads: 'types', text: () => text, row: rowSchema };

/** The type of a row, with the attributes of a composite type and the constraints of a domain. */
export function typeOfRow(
  row: TypeRow,
  attributes: readonly ColumnRow[],
  constraints: readonly ConstraintRow[],
): DatabaseType {
  const common = { schema: row.schema, name: row.name, owner: row.owner, comment: row.comment };
  switch (row.kind) {
    case 'enum':
      return { kind: 'enum', ...common, labels: row.labels };
    case 'domain':
      return {
        kind: 'domain',
        ...common,
        baseType: row.baseType ?? '',
        notNull: row.notNull,
        ...(row.notNullName === null ? {} : { notNullName: row.notNullName }),
        default: row.default,
        collation: row.collation,
        constraints: constraints
          .filter((constraint) => constraint.kind === 'check' || constraint.kind === 'not null')
          .map(({ name, definition, validated, comment }) => ({
            name,
            definition,
            validated,
            ...(comment === null ? {} : { comment }),
          })),
      };
    case 'composite':
      return {
        kind: 'composite',
        ...common,
        attributes: attributes.map(({ name, type, collation, comment }) => ({ name, type, collation, comment })),
      };
    case 'range':
      return { kind: 'range', ...common, subtype: row.subtype ?? '', options: row.options ?? [] };
  }
}
