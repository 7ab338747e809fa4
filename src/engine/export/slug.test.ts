import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { slug } from './slug.ts';

describe('slug', () => {
  it('joins words with underscores', () => expect(slug('Add e-mail to "Users"!')).toBe('add_e_mail_to_users'));
  it('drops accents', () => expect(slug('Größe às élèves')).toBe('gro_e_as_eleves'));
  it('never starts with a digit', () => expect(slug('2fa for users')).toBe('m_2fa_for_users'));
  it('has a name for no words', () => expect(slug('日本')).toBe('migration'));
  it('ends with a whole word when it is cut', () =>
    expect(slug('add a very long list of columns to the customers table of the shop schema')).toBe(
      'add_a_very_long_list_of_columns_to_the_customers_table_of',
    ));

  it('is always a valid slug, and a slug stays as it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (words) => {
        const made = slug(words);
        expect(made).toMatch(/^[a-z_][a-z0-9_]*$/);
        expect(made.length).toBeLessThanOrEqual(60);
        expect(slug(made)).toBe(made);
      }),
    );
  });
});
