import { describe, expect, it } from 'vitest';
import type { Catalog, Routine } from '../catalog/catalog.ts';
import { fingerprintCatalog } from '../catalog/fingerprint.ts';
import { emptyCatalog } from '../sql/empty-catalog.ts';
import { comparableCatalog } from './comparable-catalog.ts';

function withBody(language: string, body: string): Catalog {
  const routine: Routine = {
    schema: 'public',
    name: 'f',
    kind: 'function',
    arguments: '',
    result: 'text',
    language,
    volatility: 'volatile',
    strict: false,
    securityDefiner: false,
    definition: `CREATE OR REPLACE FUNCTION public.f()\n RETURNS text\n LANGUAGE ${language}\nAS $function$${body}$function$\n`,
    owner: 'postgres',
    comment: null,
  };
  return { ...emptyCatalog, routines: [routine] };
}

const print = (catalog: Catalog) => fingerprintCatalog(comparableCatalog(catalog));

describe('comparing catalogs after a shadow run', () => {
  it('takes a body with other line breaks and comments for the same', () => {
    const one = withBody('plpgsql', "\nbegin\n  return 'a  b'; -- done\nend\n");
    const other = withBody('plpgsql', "BEGIN return 'a  b' ; end");
    expect(print(one)).toBe(print(other));
  });

  it('sees a changed constant, spaces inside it included', () => {
    expect(print(withBody('sql', "select 'a  b'"))).not.toBe(print(withBody('sql', "select 'a b'")));
  });

  it('leaves alone languages in which layout has a meaning', () => {
    expect(print(withBody('plpython3u', 'if a:\n  b'))).not.toBe(print(withBody('plpython3u', 'if a:\n    b')));
  });
});
