import type { Catalog } from '../catalog/catalog.ts';
import { tokensOf } from '../sql/tokens.ts';

/** How `pg_get_functiondef` quotes a body. */
const BODY_QUOTE = /\$(?:function|procedure)x*\$/g;

/** Languages in which layout and comments mean nothing. */
const FREE_LAYOUT: ReadonlySet<string> = new Set(['sql', 'plpgsql']);

function withoutLayout(definition: string): string {
  const text = definition.replaceAll(BODY_QUOTE, ' ');
  return tokensOf(text)
    .filter((token) => token.kind !== 'space' && token.kind !== 'comment')
    .map((token) => {
      const piece = text.slice(token.start, token.end);
      return token.kind === 'word' ? piece.toLowerCase() : piece;
    })
    .join(' ');
}

/**
 * The catalog with the layout, the comments and the case of unquoted words of routine bodies taken out: a down that writes a function back with other
 * line breaks or spelling of keywords has restored it. Only for comparing and fingerprints, never for running or showing.
 */
export function comparableCatalog(catalog: Catalog): Catalog {
  return {
    ...catalog,
    routines: catalog.routines.map((routine) =>
      FREE_LAYOUT.has(routine.language) ? { ...routine, definition: withoutLayout(routine.definition) } : routine,
    ),
  };
}
