import { expect, test } from 'vitest';
import { toolFilesOf } from './tool-files.ts';

const up = 'ALTER TABLE t ADD COLUMN "ä😀" int;';
const down = 'ALTER TABLE t DROP COLUMN "ä😀";';

test.each([
  ['dbmate', '-- migrate:up', '-- migrate:down', 'file'],
  ['dbmate, alone', '-- migrate:up transaction:false', '-- migrate:down transaction:false', 'none'],
  ['goose', '-- +goose Up', '-- +goose Down', 'file'],
  ['goose, alone', '-- +goose NO TRANSACTION\n-- +goose up', '-- +goose down', 'none'],
  ['sql-migrate', '-- +migrate Up', '-- +migrate Down', 'file'],
  ['sql-migrate, alone', '-- +migrate Up notransaction', '-- +migrate Down', 'none'],
  ['node-pg-migrate', '-- Up Migration', '-- Down Migration', 'file'],
  ['tern', '-- adds a column', '---- create above / drop below ----', 'file'],
  ['tern, alone', '---- tern: disable-tx ----', '---- create above / drop below ----', 'none'],
])('%s keeps both directions in one file', (_, first, second, transaction) => {
  for (const end of ['\n', '\r\n']) {
    const text = [first.replaceAll('\n', end), up, '', second, down, ''].join(end);
    const [read, ...others] = toolFilesOf(text) ?? [];
    expect(others).toEqual([]);
    expect(read?.up.transaction).toBe(transaction);
    expect(read?.down?.transaction).toBe(first.includes('notransaction') ? 'file' : transaction);
    // Everything stands where it stood, and nothing of the other direction is left.
    for (const [section, statement, other] of [
      [read?.up, up, down],
      [read?.down, down, up],
    ] as const) {
      expect(section?.text).toHaveLength(text.length);
      expect(section?.text.indexOf(statement)).toBe(text.indexOf(statement));
      expect(section?.text).not.toContain(other);
      expect(section?.text.split(end)).toHaveLength(text.split(end).length);
    }
  }
});

test.each([
  ['a plain file', `${up}\n`],
  ['a mark inside a text', "SELECT '\n-- migrate:up\n';\nDO $$\n-- migrate:down\n$$;\n"],
  ['anybody’s comment', `-- Up migration of the shop\n${up}\n`],
  ['two pairs', `-- migrate:up\n${up}\n-- migrate:down\n${down}\n-- migrate:up\n${up}\n-- migrate:down\n${down}\n`],
  ['the down first', `-- +goose Down\n${down}\n-- +goose Up\n${up}\n`],
])('%s is taken as it is', (_, text) => {
  expect(toolFilesOf(text)).toBeNull();
});

test('a file may have no down', () => {
  expect(toolFilesOf(`-- +goose Up\n${up}\n`)).toMatchObject([{ down: null, up: { transaction: 'file' } }]);
});

test('a direction may run alone and the other not', () => {
  const text = `-- migrate:up\n${up}\n-- migrate:down transaction:false\n${down}\n`;
  expect(toolFilesOf(text)).toMatchObject([{ up: { transaction: 'file' }, down: { transaction: 'none' } }]);
});

const changelog = `--liquibase formatted sql

--changeset ada:1 labels:a
--comment: adds it
${up}
SELECT 1;
--rollback ALTER TABLE t
--rollback   DROP COLUMN "ä😀";

--changeset ada:2 runInTransaction:false
CREATE INDEX CONCURRENTLY i ON t (a);
/* liquibase rollback
  DROP INDEX CONCURRENTLY i;
*/
-- changeset grace:of-oracle dbms:oracle
NO SQL OF OURS
--changeset grace:body endDelimiter:/ splitStatements:true
CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 4/2;'
/
SELECT 8/4
/
--rollback not required
--changeset grace:both runInTransaction:false splitStatements:false
VACUUM t; SELECT 1
`;

test('changesets are migrations of their own, at their places and in their own transactions', () => {
  for (const text of [changelog, changelog.replaceAll('\n', '\r\n')]) {
    const read = toolFilesOf(text) ?? [];
    expect(read.map(({ part, up, down }) => [part, up.transaction, down?.transaction])).toEqual([
      ['ada:1', 'file', 'file'],
      ['ada:2', 'none', 'none'],
      ['grace:body', 'file', 'file'],
      ['grace:both', 'file', undefined],
    ]);
    for (const { up, down } of read)
      for (const section of [up, down]) if (section !== null) expect(section.text).toHaveLength(text.length);
    const sql = (part: string | undefined) =>
      part
        ?.replaceAll(/--.*|\/\*[\s\S]*?\*\//g, '')
        .trim()
        .replaceAll(/\s+/g, ' ');
    expect(read.map(({ up }) => sql(up.text))).toEqual([
      `${up} SELECT 1;`,
      'CREATE INDEX CONCURRENTLY i ON t (a);',
      "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 4/2;' ; SELECT 8/4 ;",
      'VACUUM t; SELECT 1',
    ]);
    expect(read.map(({ down }) => sql(down?.text))).toEqual([down, 'DROP INDEX CONCURRENTLY i;', '', undefined]);
    expect(read[0]?.down?.text.indexOf('DROP COLUMN')).toBe(text.indexOf('DROP COLUMN'));
    expect(read.map(({ up }) => up.around !== null)).toEqual([true, true, false, true]);
  }
});
