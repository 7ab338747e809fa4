import type { Index, ObjectName, Sequence, Table } from '../../catalog/catalog.ts';
import { mentionsColumn, nameOfExpression, parseExpression } from '../expressions.ts';
import { storedName } from './object-names.ts';

/** A table of no columns: what `CREATE TABLE t ()` makes. */
export const bareTable = (name: ObjectName): Table => ({
  schema: name.schema,
  name: storedName(name.name),
  kind: 'table',
  persistence: 'permanent',
  columns: [],
  constraints: [],
  indexes: [],
  triggers: [],
  policies: [],
  rowSecurity: false,
  forceRowSecurity: false,
  partitionKey: null,
  partitionOf: null,
  inherits: [],
  replicaIdentity: 'default',
  options: [],
  owner: '',
  comment: null,
});

const limits: Readonly<Record<string, string>> = {
  smallint: '32767',
  integer: '2147483647',
  bigint: '9223372036854775807',
};

/** A sequence with the server's defaults. */
export const bareSequence = (name: ObjectName, type: string, ownedBy: Sequence['ownedBy']): Sequence => ({
  schema: name.schema,
  name: storedName(name.name),
  type,
  start: '1',
  increment: '1',
  minimum: '1',
  maximum: limits[type] ?? '9223372036854775807',
  cache: '1',
  cycle: false,
  ownedBy,
  owner: '',
  comment: null,
});

/** True when an index reads a column, as a key, in an expression or in its predicate. */
export const indexUsesColumn = (index: Index, column: string): boolean =>
  index.include.includes(column) ||
  (index.predicate !== null && mentionsColumn(index.predicate, column)) ||
  index.keys.some(
    (key) => key.column === column || (key.expression !== null && mentionsColumn(key.expression, column)),
  );

/** The words that PostgreSQL makes an index's name of: its columns, and functions for expressions. */
export const indexWords = (index: Pick<Index, 'keys' | 'include'>): readonly string[] => [
  ...index.keys.map((key) => {
    if (key.column !== null) return key.column;
    const expression = key.expression === null ? null : parseExpression(key.expression);
    const name = expression === null ? '?column?' : nameOfExpression(expression);
    return name === '?column?' ? 'expr' : name;
  }),
  ...index.include,
];
