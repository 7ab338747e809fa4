import { expect, it } from 'vitest';
import { catalogOf, columnOf, tableOf } from '../features/schema/catalog-fixture.ts';
import { piecesOf, pieceTogether } from './pieces.ts';

it('cuts a catalog so that no piece is large, and puts it together as it was', () => {
  const columns = Array.from({ length: 30 }, (_, at) => columnOf(`column_${at}`));
  const tables = Array.from({ length: 400 }, (_, at) => tableOf('app', `table_${at}`, columns));
  const facts = { capturedAt: 'now', tables: [], indexes: tables.map(({ name }) => ({ name })) };
  const whole = { ...catalogOf(tables), facts, empty: [], nothing: null };
  const pieces = [...piecesOf(JSON.parse(JSON.stringify(whole)))];
  expect(Math.max(...pieces.map((piece) => JSON.stringify(piece).length))).toBeLessThan(
    JSON.stringify(whole).length / 10,
  );
  const { add, value } = pieceTogether();
  for (const piece of pieces) add(structuredClone(piece));
  expect(value()).toEqual(JSON.parse(JSON.stringify(whole)));
});
