import type { Catalog, Table, View } from '../../src/engine/catalog/catalog.ts';
import { qualifiedName } from '../../src/engine/sql/qualified-name.ts';
import { quoteIdentifier } from '../../src/engine/sql/quote-identifier.ts';
import breaking from './breaking-shapes.sql?raw';
import shapes from './query-shapes.sql?raw';
import type { RandomChoices } from './random-choices.ts';

const linesOf = (text: string): readonly string[] =>
  text.split('\n').filter((line) => line !== '' && !line.startsWith('--'));

/** Queries with places for relations and columns, as in `select $a.x from $a`. */
export const queryShapes = linesOf(shapes);

/** Statements that may break queries, with the places of the shapes of random statements. */
export const breakingShapes = linesOf(breaking);

const isNumber = (type: string): boolean => /^(?:integer|bigint|numeric|app\.quantity)/.test(type);
const isText = (type: string): boolean => /^(?:text|character|public\.email)/.test(type);

/**
 * A query on what a catalog has: `$a` and `$b` are relations, `$w` a table; `.x` is any of its columns, `.n` a number,
 * `.s` a text, `.u` one that can be written; `$both` a column that both have. Many of them no server takes.
 */
export function randomQuery(catalog: Catalog, { pick, chance }: RandomChoices): string {
  const shape = pick(queryShapes);
  const relations: readonly (Table | View)[] = [...catalog.tables, ...catalog.views];
  const meant = { a: pick(relations), b: pick(relations), w: pick(catalog.tables) };
  const columnOf = ({ columns }: Table | View, kind: string): string => {
    const wanted = columns.filter(({ type }) => (kind === 'n' ? isNumber(type) : kind === 's' ? isText(type) : true));
    const [first] = columns;
    return quoteIdentifier((wanted.length > 0 ? pick(wanted) : (first ?? { name: 'nosuch' })).name);
  };
  const common = meant.a.columns.filter(({ name }) => meant.b.columns.some((one) => one.name === name));
  return shape
    .replaceAll(/\$([abw])\.([xnsu])\b/g, (_, at: 'a' | 'b' | 'w', kind: string) => columnOf(meant[at], kind))
    .replaceAll(/\$both\b/g, () => (common.length > 0 ? quoteIdentifier(pick(common).name) : 'id'))
    .replaceAll(/\$([abw])\b/g, (_, at: 'a' | 'b' | 'w') => {
      const { schema, name } = meant[at];
      return schema === 'public' && chance(70) ? quoteIdentifier(name) : qualifiedName(meant[at]);
    });
}
