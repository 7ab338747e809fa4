import { describe, expect, it } from 'vitest';
import { likeAsPattern, matchingText } from './matching-text.ts';

describe('matchingText', () => {
  it.each([
    '^[A-Z]{2}[0-9]{2}$',
    '^[^@ ]+@[^@ ]+\\.[a-z]{2,}$',
    '^(?:new|paid|sent)$',
    '^\\d{4}-\\d{2}$',
    '^#[0-9a-fA-F]{6}$',
    '^[[:alpha:]_][[:alnum:]_]*$',
    '^https?://.+',
    'a|b',
    '^[\\w.-]{3,20}$',
    '^/',
  ])('matches %s with several texts', (pattern) => {
    const asJavaScript = pattern.replace('[[:alpha:]_]', '[A-Za-z_]').replace('[[:alnum:]_]', '[A-Za-z0-9_]');
    const texts = Array.from({ length: 12 }, (_, seed) => matchingText(pattern, seed));
    for (const text of texts) expect(text).toMatch(new RegExp(asJavaScript));
  });

  it('gives up on what it cannot read', () => {
    expect(matchingText('^(?=a)b', 0)).toBeNull();
    expect(matchingText('a(b', 0)).toBeNull();
  });

  it('reads LIKE patterns', () => {
    const pattern = likeAsPattern('a_c%\\%.x');
    expect(matchingText(pattern, 3)).toMatch(/^a.c.*%\.x$/);
  });
});
