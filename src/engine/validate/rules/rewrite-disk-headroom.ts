import { qualifiedName } from '../../sql/qualified-name.ts';
import { bytesInWords } from '../../sql/quantity.ts';
import { defineRule } from '../rule.ts';

const worthAWord = 10 * 1024 ** 3;

export const rewriteDiskHeadroom = defineRule({
  id: 'rewrite-disk-headroom',
  title: 'Rewrite needs room for a second copy',
  category: 'timeouts and operational',
  severity: 'info',
  servers: {},
  needs: 'facts',
  docs: {
    what: 'A rewrite of a table of more than 10 GB.',
    why: 'Old and new files stand side by side until the end, with all indexes, and the WAL takes as much again. A full disk stops the server.',
    instead: 'See that more than twice the size is free.',
    ignoreWhen: 'the disk grows by itself.',
    manual: 'https://www.postgresql.org/docs/current/disk-full.html',
  },
  examples: [
    {
      name: 'a table of 40 GB',
      setup: 'create table users (id bigint primary key, a int);',
      facts: [{ table: 'users', rows: 400_000_000, bytes: 40 * 1024 ** 3, indexBytes: 10 * 1024 ** 3 }],
      up: 'ALTER TABLE users ALTER COLUMN a TYPE bigint;',
      finds: [{ text: 'ALTER TABLE users', severity: 'info' }],
    },
    {
      name: 'a small table',
      setup: 'create table users (id bigint primary key, a int);',
      facts: [{ table: 'users', rows: 400, bytes: 40_000 }],
      up: 'alter table users alter column a type bigint;',
      finds: [],
    },
    {
      name: 'no rewrite',
      setup: 'create table users (id bigint primary key, a int);',
      facts: [{ table: 'users', rows: 400_000_000, bytes: 40 * 1024 ** 3 }],
      up: 'alter table users add column b int;',
      finds: [],
    },
  ],
  check: (context) => {
    const rewritten = new Set(context.effects.rewrites);
    const bytes = (context.facts?.tables ?? [])
      .filter((table) => rewritten.has(qualifiedName(table)))
      .reduce((sum, table) => sum + table.bytes + (table.indexBytes ?? 0), 0);
    if (bytes < worthAWord) return [];
    return [
      {
        range: context.source.head(3),
        message: `A second copy of ${bytesInWords(bytes)} is written beside the first, and as much WAL`,
        evidence: { bytes, tables: [...rewritten] },
      },
    ];
  },
});
