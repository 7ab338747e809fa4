import { expect, it } from 'vitest';
import { withNumbers, withWords } from './worded-modifiers.ts';

it.each([
  'alter table t add at geometry(Point,4326)',
  'create table gis."T" (a gis.geography(MultiPolygonZM, 4326)[], b "geometry" ( \'linestringz\' ))',
])('writes modifiers as numbers without moving anything, and back: %s', (statement) => {
  const numbered = withNumbers(statement);
  expect(numbered).toHaveLength(statement.length);
  expect(numbered).not.toMatch(/point|polygon|linestring/i);
});

it.each(['geometry(Point)', 'geometry(PointZ,4326)', 'geography(Triangle,999999)', 'gis.geometry(Geometry,3857)[]'])(
  'reads %s as it was written',
  (type) => {
    // As the server writes what it was given.
    expect(withWords(withNumbers(type).replaceAll(' ', ''))).toBe(type);
  },
);

it.each(['select geometry(point_a)', 'select st_geometry(1)', 'geometry(geometry)', "'POINT(1 1)'"])(
  'leaves %s as it is',
  (text) => {
    expect(withWords(withNumbers(text))).toBe(text);
  },
);
