import type { ReindexStmt } from '@pgsql/types';
import { as, nameOf } from '../../sql/nodes.ts';
import { optionIsOn } from '../../sql/option-is-on.ts';
import { keyOf } from '../../sql/table-index.ts';
import { insertAt } from '../fixes.ts';
import { type CheckContext, defineRule } from '../rule.ts';
import { severityFor } from '../standing.ts';
import { shown } from '../wording.ts';

const words: Readonly<Record<string, string>> = {
  REINDEX_OBJECT_INDEX: 'INDEX',
  REINDEX_OBJECT_TABLE: 'TABLE',
  REINDEX_OBJECT_SCHEMA: 'SCHEMA',
  REINDEX_OBJECT_DATABASE: 'DATABASE',
};

/** True for what CONCURRENTLY leaves alone: indexes that are not valid, unless named, and those of EXCLUDE. */
const leavesOut = ({ database }: CheckContext, { kind, relation, name }: ReindexStmt): boolean => {
  const written = nameOf(relation);
  if (kind === 'REINDEX_OBJECT_INDEX') {
    const placed = database.index(written);
    return (
      database.constraint(placed && database.table(placed.on), placed?.index.constraint ?? '')?.kind === 'exclusion'
    );
  }
  const table = database.resolve(written);
  const named = new Set([table, ...database.descendantsOf(table)].map(keyOf));
  const { tables, views } = database.catalog;
  return [...tables, ...views]
    .filter((owner) => relation === undefined || named.has(keyOf(owner)))
    .filter(({ schema }) => kind !== 'REINDEX_OBJECT_SCHEMA' || schema === name)
    .some(
      (owner) =>
        owner.indexes.some(({ valid }) => !valid) ||
        ('constraints' in owner && owner.constraints.some((constraint) => constraint.kind === 'exclusion')),
    );
};

export const requireConcurrentReindex = defineRule({
  id: 'require-concurrent-reindex',
  title: 'REINDEX without CONCURRENTLY',
  category: 'locking',
  severity: 'error',
  servers: {},
  on: ['ReindexStmt'],
  foldsUnder: ['concurrently-in-transaction'],
  docs: {
    what: 'REINDEX of an index, table, schema or database without CONCURRENTLY.',
    why: 'Writes to the table wait for the whole rebuild, and so do reads that would use the index: REINDEX holds SHARE on the table and ACCESS EXCLUSIVE on each index.',
    instead:
      'REINDEX … CONCURRENTLY, outside a transaction block; before PostgreSQL 12 build another index CONCURRENTLY and drop the old one.',
    ignoreWhen: 'the index is small, or the table is out of use during the rebuild.',
    manual: 'https://www.postgresql.org/docs/current/sql-reindex.html#SQL-REINDEX-CONCURRENTLY',
  },
  examples: [
    {
      name: 'a table',
      setup: 'create table orders (id bigint primary key);',
      up: 'REINDEX TABLE orders;',
      finds: [{ text: 'REINDEX TABLE', severity: 'error' }],
      fixed: 'REINDEX TABLE CONCURRENTLY orders;',
      trace: { locks: { orders: 'SHARE', orders_pkey: 'ACCESS EXCLUSIVE' } },
    },
    {
      name: 'an index with options, without a catalog',
      up: 'reindex (verbose) index "I";',
      finds: [{ text: 'reindex (verbose) index' }],
      fixed: 'reindex (verbose) index CONCURRENTLY "I";',
    },
    {
      name: 'the option is switched off',
      up: 'reindex (concurrently false) table orders;',
      finds: [{ text: 'reindex (concurrently false) table' }],
      fixed: 'reindex (concurrently false) table CONCURRENTLY orders;',
    },
    {
      name: 'PostgreSQL 11 has no concurrent form, and blocks all the same',
      serverVersion: 11,
      up: 'reindex table orders;',
      finds: [{ text: 'reindex table' }],
    },
    { name: 'concurrently', up: 'REINDEX TABLE CONCURRENTLY orders;', finds: [] },
    { name: 'concurrently as an option', up: 'REINDEX (CONCURRENTLY) INDEX i;', finds: [] },
    { name: 'system catalogs have no concurrent form', up: 'reindex system shop;', finds: [] },
    {
      name: 'a table created in the same migration',
      up: 'create table fresh (a int primary key); reindex table fresh;',
      finds: [],
    },
  ],
  check: (context) => {
    const reindex = as(context.statement.node, 'ReindexStmt');
    const object = words[reindex?.kind ?? ''];
    if (reindex === undefined || object === undefined) return [];
    if (optionIsOn(reindex.params, 'concurrently')) return [];
    const written = nameOf(reindex.relation);
    const on = object === 'INDEX' ? (context.database.index(written)?.on ?? written) : written;
    const standing = context.standing(object === 'INDEX' || object === 'TABLE' ? on : { schema: null, name: '' });
    const severity = severityFor(standing, 'error');
    if (severity === null) return [];
    const word = context.source.words(object);
    const what = reindex.relation === undefined ? (reindex.name ?? 'the database') : shown(written);
    return [
      {
        range: { start: context.statement.start, end: word?.end ?? context.statement.end },
        severity,
        message: `Rebuilding the indexes of ${what} blocks writes, and reads that would use them, until it is done (${standing.words})`,
        evidence: { lock: 'SHARE', indexLock: 'ACCESS EXCLUSIVE', rows: standing.rows },
        fix:
          word === null ||
          context.transaction.number !== null ||
          context.serverVersion < 120_000 ||
          leavesOut(context, reindex)
            ? null
            : { title: 'Rebuild CONCURRENTLY', edits: [insertAt(word.end, ' CONCURRENTLY')] },
      },
    ];
  },
});
