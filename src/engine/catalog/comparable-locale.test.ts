import { describe, expect, it } from 'vitest';
import { comparableLocale } from './comparable-locale.ts';

describe('the locale of an ICU collation', () => {
  it.each([
    ['de@collation=phonebook', 'de-u-co-phonebk'],
    ['de-u-co-phonebk', 'de-u-co-phonebk'],
    ['en_US', 'en-US'],
    ['EN-us', 'en-US'],
    ['zh_hant_tw', 'zh-Hant-TW'],
    ['', 'und'],
    ['root', 'und'],
    ['C', 'en-US-u-va-posix'],
    ['en_US_POSIX', 'en-US-u-va-posix'],
    ['und-u-ks-level2-kn-true', 'und-u-kn-ks-level2'],
    ['@colStrength=secondary;colNumeric=yes', 'und-u-kn-ks-level2'],
    ['fr-CA-u-kb-kc-false', 'fr-CA-u-kb-kc-false'],
    ['und@colReorder=latn-digit', 'und-u-kr-latn-digit'],
    ['es__TRADITIONAL', 'es-u-co-trad'],
    ['de-x-private', 'de-x-private'],
  ])('%s means %s', (written, tag) => expect(comparableLocale(written)).toBe(tag));
});
