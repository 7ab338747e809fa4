import type { Catalog } from '../../../src/engine/catalog/catalog.ts';
import { tokensOf } from '../../../src/engine/sql/tokens.ts';
import type { RandomChoices } from '../../support/random-choices.ts';
import { fillShape, statementShapes } from '../../support/random-statement.ts';
import shapes from './fix-shapes.sql?raw';

type Shape = { readonly up: string; readonly down: string | null };

/** Migrations that call for the fix of a rule, by its id, in the order of the file. */
export const shapesOf: ReadonlyMap<string, readonly Shape[]> = readShapes(shapes);
const allShapes = [...shapesOf.values()].flat();

function readShapes(text: string): ReadonlyMap<string, readonly Shape[]> {
  const [, ...sections] = text.split(/^-- (?=[a-z0-9-]+$)/m);
  return new Map(
    sections.map((section) => {
      const [rule = '', ...lines] = section.trim().split('\n');
      return [rule, lines.map((line) => ({ up: line.split(' <=> ')[0] ?? '', down: line.split(' <=> ')[1] ?? null }))];
    }),
  );
}

/** A migration, and whether its runner puts the file into a transaction. */
export type Migration = {
  readonly up: string;
  readonly down: string | null;
  readonly transaction: 'auto' | 'file';
};

/** A migration of one to three statements; new things have a name of their own in each. */
export function randomMigration(rule: string, catalog: Catalog, choices: RandomChoices): Migration {
  const { pick, chance, count } = choices;
  const first = pick(shapesOf.get(rule) ?? []);
  const others = Array.from({ length: Math.max(0, count(-2, 2)) }, () =>
    chance(50) ? pick(allShapes) : { up: pick(statementShapes), down: null },
  );
  const parts = [first, ...others].map(({ up, down }, at) => {
    // One filling for both, so that the down is about the same table.
    const [filledUp = '', filledDown = null] = fillShape(
      `${up} <=> ${down ?? ''}`.replaceAll('$new', `brand_new${at === 0 ? '' : at}`),
      catalog,
      choices,
    ).split(' <=> ');
    return { up: filledUp, down: down === null ? null : filledDown };
  });
  const ordered = chance(50) ? parts : parts.toReversed();
  const short = chance(50);
  const odd = chance(20);
  const write = (texts: readonly string[]): string => {
    const written = texts.map((text) => dressed(short ? text.replaceAll('public.', '') : text, choices));
    return odd ? written.map(withOddNames).join('') : written.join('');
  };
  const ups = ordered.map(({ up }) => up);
  const wrapped = chance(15) && !ups.some((up) => /\b(?:commit|concurrently)\b/i.test(up));
  return {
    up: write(wrapped ? ['begin', ...ups, 'commit'] : ups),
    down: ordered.every(({ down }) => down !== null) ? write(ordered.toReversed().map(({ down }) => down ?? '')) : null,
    transaction: !wrapped && !/\b(?:commit|begin)\b/i.test(ups.join()) && chance(20) ? 'file' : 'auto',
  };
}

const withOddNames = (text: string): string =>
  text.replaceAll(/(?<!["\w'])brand_new\w*(?!["\w'])/gi, (name) => `"Brand, ${name.toLowerCase()} é"`);

/** Statements with comments and line breaks where nobody expects them. */
function dressed(text: string, { pick, chance }: RandomChoices): string {
  const style = pick(['plain', 'plain', 'upper', 'commented', 'windows'] as const);
  const body = tokensOf(text)
    .map(({ kind, start, end }) => {
      const piece = text.slice(start, end);
      if (style === 'upper' && kind === 'word') return piece.toUpperCase();
      if (style === 'windows' && kind === 'space') return piece.length === 1 ? '\r\n\t' : piece;
      if (style === 'commented' && kind === 'space' && chance(40)) return pick([' -- one;\n', " /* it's */ ", '\n']);
      return piece;
    })
    .join('');
  const before = chance(20) ? pick(["-- it's before\n", '/* before; */ ', '\n\n']) : '';
  return `${before}${body};${pick(['\n', ' -- behind\n', '', '\n\n/* between */\n'])}`;
}
