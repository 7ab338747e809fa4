import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { matchWords } from './match-words.ts';

const found = (query: string, text: string): string[] =>
  (matchWords(query, text)?.ranges ?? []).map(([start, end]) => text.slice(start, end));

const rank = (query: string, texts: readonly string[]): string[] =>
  texts
    .map((text) => ({ text, match: matchWords(query, text) }))
    .filter(({ match }) => match !== null)
    .sort((a, b) => (b.match?.score ?? 0) - (a.match?.score ?? 0))
    .map(({ text }) => text);

describe('search in the palette', () => {
  test('finds the query as it stands, in any case', () => {
    expect(found('rev', 'Review version 4')).toEqual(['Rev']);
    expect(found('REV', 'billing.revenue_daily')).toEqual(['rev']);
  });

  test('finds words in any order', () => {
    expect(found('items order', 'app.order_items')).toEqual(['order', 'items']);
  });

  test('finds the first letters of words', () => {
    expect(found('oi', 'app.order_items')).toEqual(['o', 'i']);
    expect(found('gts', 'Go to settings')).toEqual(['G', 't', 's']);
  });

  test('does not find letters scattered over the inside of words', () => {
    expect(matchWords('rvu', 'Create version of the menu')).toBeNull();
    expect(matchWords('xyz', 'app.orders')).toBeNull();
  });

  test('puts beginnings of words before their insides, and short texts before long ones', () => {
    expect(rank('rev', ['app.forever', 'app.reviews', 'rev'])).toEqual(['rev', 'app.reviews', 'app.forever']);
    expect(rank('orders', ['app.orders_archive_2019', 'app.orders'])).toEqual([
      'app.orders',
      'app.orders_archive_2019',
    ]);
  });

  test('an empty query matches everything and emphasises nothing', () => {
    expect(matchWords('', 'anything')?.ranges).toEqual([]);
    expect(matchWords('   ', 'anything')).not.toBeNull();
  });

  test('keeps positions right where lower case is longer than upper case', () => {
    expect(found('tablo', 'İ.tablo')).toEqual(['tablo']);
    expect(found('straße', 'public.Straße')).toEqual(['Straße']);
  });

  test('emphasis always lies inside the text, in order, without overlap', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (query, text) => {
        let last = 0;
        for (const [start, end] of matchWords(query, text)?.ranges ?? []) {
          expect(start).toBeGreaterThanOrEqual(last);
          expect(end).toBeGreaterThan(start);
          expect(end).toBeLessThanOrEqual(text.length);
          last = end;
        }
      }),
    );
  });
});
