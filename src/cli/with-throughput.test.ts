import { describe, expect, it } from 'vitest';
import { withThroughput } from './with-throughput.ts';

const throughput = {
  rewrite: 80 * 1024 ** 2,
  rows: { read: 5_000_000, rewrite: 200_000 },
  measured: { on: 'db1:5432', at: '2026-03-18' },
};
const rows = 'rows: { read: 5000000, rewrite: 200000 }';
const measured = 'measured: { on: db1:5432, at: 2026-03-18 }';
const block = `throughput:\n  rewrite: 80 MB\n  ${rows}\n  ${measured}\n`;

describe('a configuration that gets another throughput', () => {
  it.each([
    ['none', 'version: 1\n# end', `version: 1\n# end\n\n${block}`],
    ['an empty one', 'version: 1\nthroughput:\ntier:  parse\n', `version: 1\n${block}tier:  parse\n`],
    [
      'one in braces',
      'throughput: { read: 1 MB } # why\n# c\ntier:  parse\n',
      `throughput: { rewrite: 80 MB, ${rows}, ${measured} } # why\n# c\ntier:  parse\n`,
    ],
    [
      'one with comments',
      'throughput:\n  # old\n  rewrite: 1 MB # slow\n  # end\n\nrules:\n    # d\n    x:   off\n',
      `throughput:\n  # old\n  rewrite: 80 MB # slow\n  ${rows}\n  ${measured}\n  # end\n\nrules:\n    # d\n    x:   off\n`,
    ],
    ['Windows line ends', 'version: 1\r\n', `version: 1\r\n\r\n${block.replaceAll('\n', '\r\n')}`],
  ])('keeps everything else where there was %s', (_name, before, after) => {
    expect(withThroughput(before, throughput)).toBe(after);
  });

  it('gives the same once more', () => {
    const once = withThroughput('version: 1\n', throughput);
    expect(withThroughput(once, throughput)).toBe(once);
  });
});
