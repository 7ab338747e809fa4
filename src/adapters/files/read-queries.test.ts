import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadParser } from '../../engine/sql/parser.ts';
import { readQueries } from './read-queries.ts';

let folder: string;
beforeAll(async () => {
  await loadParser();
  folder = await mkdtemp(join(tmpdir(), 'queries-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** The queries of one file, by line, and what of it was left out. */
async function read(contents: string | Uint8Array) {
  const path = join(folder, 'one.sql');
  await writeFile(path, contents);
  const result = await readQueries(path);
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return {
    queries: result.value.queries.map(({ text, line }) => `${line}: ${text}`),
    unread: result.value.unread.map(({ reason }) => reason),
  };
}

describe('readQueries', () => {
  it('reads annotated statements of one file, with their lines', async () => {
    expect(
      await read('-- name: One :one\r\nselect 1;\r\n\r\n-- name: Two :exec\r\ndelete from t where a = $1;\r\n'),
    ).toEqual({
      queries: ['2: select 1', '5: delete from t where a = $1'],
      unread: [],
    });
  });

  it.each([
    [':name and :"quoted"', 'select a from t where b = :b and c = :"c d"', 'select a from t where b = $1 and c = $2'],
    ['?', 'select a from t where b = ? limit ?', 'select a from t where b = $1 limit $2'],
    ['%s', 'insert into t (a, b) values (%s, %(b)s)', 'insert into t (a, b) values ($1, $2)'],
    ['@p1', 'select a from t where b = @p1 and c @> @p2', 'select a from t where b = $1 and c @> $2'],
    ['sqlc.arg', 'select a from t where b = sqlc.arg(b) or c = sqlc.narg(c)', 'select a from t where b = $1 or c = $2'],
    ['$1', 'select a from t where b = $1', 'select a from t where b = $1'],
    ['none in strings', `select '@p1 :a ?', "@b" from t`, `select '@p1 :a ?', "@b" from t`],
  ])('takes %s for a parameter', async (_, written, expected) => {
    expect(await read(written)).toEqual({ queries: [`1: ${expected}`], unread: [] });
  });

  it('goes past what only psql reads', async () => {
    const script = [
      '\\set ON_ERROR_STOP on',
      "\\echo it's; here",
      'select a from t \\gset',
      "\\copy t (a, b) from 'file.csv' csv",
      'copy t from stdin;',
      '1\tselect nothing from here;',
      '\\.',
      'select :x;',
      '\\i other.sql',
    ].join('\n');
    expect(await read(script)).toEqual({
      queries: ['3: select a from t', "4: copy t (a, b) from 'file.csv' csv", '5: copy t from stdin', '8: select $1'],
      unread: [],
    });
  });

  it('says of each statement that it cannot read where it stands, and reads the others', async () => {
    expect(await read('select 1;\nselect from from;\n{% if x %};\nselect 2;\nselect "a')).toEqual({
      queries: ['1: select 1', '4: select 2'],
      unread: [
        expect.stringContaining('(line 2)'),
        expect.stringContaining('(line 3)'),
        expect.stringContaining('(line 5)'),
      ],
    });
  });

  it('reads UTF-8 alone, with or without its mark, and says so of other encodings', async () => {
    expect((await read('\uFEFFselect "größe" from "日本";')).queries).toEqual(['1: select "größe" from "日本"']);
    for (const bytes of [Buffer.from('select 1', 'utf16le'), Buffer.from("select 'é'", 'latin1')]) {
      const { queries, unread } = await read(bytes);
      expect([queries.length, unread.length]).toEqual([0, 1]);
    }
    expect((await read('')).queries).toEqual([]);
    expect((await read('-- nothing but this')).queries).toEqual([]);
  });

  it('reads a folder to its end, whatever else is called like a file', async () => {
    const deep = join(folder, 'deep', 'er.sql');
    await mkdir(deep, { recursive: true });
    await writeFile(join(deep, 'UPPER.SQL'), 'select 3');
    await writeFile(join(deep, 'notes.txt'), 'select 4');
    const result = await readQueries(join(folder, 'deep'));
    expect(result).toMatchObject({ ok: true, value: { queries: [{ text: 'select 3', line: 1 }], unread: [] } });
  });

  it('reads a large file in a time that grows with its size', async () => {
    const many = Array.from({ length: 20_000 }, (_, index) => `select ${index} from t where a = :a;`).join('\n');
    const { queries } = await read(many);
    expect([queries.length, queries.at(-1)]).toEqual([20_000, '20000: select 19999 from t where a = $1']);
  });
});
