import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { partialTexts } from './partial-text.ts';

describe('the texts of a reply that is still coming', () => {
  it('are empty at first', () => expect(partialTexts('{"title": "Add')).toEqual({ up: '', down: '' }));

  it('grow with it', () => {
    expect(partialTexts('{"title":"x","up":"ALTER TABLE \\"a\\"\\n  ADD')).toEqual({
      up: 'ALTER TABLE "a"\n  ADD',
      down: '',
    });
  });

  it('are not fooled by what texts say', () => {
    expect(partialTexts('{"title":"the \\"up\\": \\"no\\"","risks":["up",":"],"up":"yes"')).toEqual({
      up: 'yes',
      down: '',
    });
  });

  it('are whole at the end, wherever the stream was cut before', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), fc.nat(), (up, down, at) => {
        const reply = JSON.stringify({ title: 't', up, down });
        expect(partialTexts(reply)).toEqual({ up, down });
        const cut = partialTexts(reply.slice(0, at % (reply.length + 1)));
        expect(up.startsWith(cut.up)).toBe(true);
      }),
    );
  });
});
