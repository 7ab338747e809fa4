import { expect, test } from 'vitest';
import { toolFileOf } from './tool-file.ts';

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
    const read = toolFileOf(text);
    expect(read?.transaction).toBe(transaction);
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
  expect(toolFileOf(text)).toBeNull();
});

test('a file may have no down', () => {
  expect(toolFileOf(`-- +goose Up\n${up}\n`)).toMatchObject({ down: null, transaction: 'file' });
});
