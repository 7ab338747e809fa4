import type { ExtensionContents } from './extension-contents.ts';

/** Functions of PostGIS that are given one kind of value and give another, by what they are given and give. */
const FUNCTIONS: readonly (readonly [arguments_: string, result: string, names: string])[] = [
  [
    'geometry',
    'geometry',
    'st_centroid st_pointonsurface st_envelope st_boundary st_exteriorring st_convexhull st_makevalid st_reverse st_multi st_force2d st_force3d st_force3dz st_force4d st_startpoint st_endpoint st_linemerge st_makepolygon st_forcerhr st_flipcoordinates st_normalize st_unaryunion st_node st_buildarea st_forcepolygoncw st_forcepolygonccw st_minimumboundingcircle st_orientedenvelope',
  ],
  [
    'geometry',
    'double precision',
    'st_x st_y st_z st_m st_area st_length st_perimeter st_xmin st_xmax st_ymin st_ymax st_length2d st_area2d st_perimeter2d st_3dlength',
  ],
  [
    'geometry',
    'integer',
    'st_npoints st_numpoints st_numgeometries st_nrings st_numinteriorrings st_dimension st_ndims st_coorddim',
  ],
  ['geometry', 'boolean', 'st_isvalid st_issimple st_isempty st_isclosed st_isring st_iscollection st_hasarc'],
  [
    'geometry',
    'text',
    'st_astext st_asewkt st_geometrytype geometrytype st_asgeojson st_askml st_asgml st_assvg st_ashexewkb st_geohash st_isvalidreason st_summary st_asencodedpolyline st_aslatlontext',
  ],
  ['geometry', 'bytea', 'st_asbinary st_asewkb st_astwkb st_asmvtgeom'],
  [
    'geometry, geometry',
    'geometry',
    'st_union st_intersection st_difference st_symdifference st_collect st_makeline st_closestpoint st_shortestline st_longestline st_split st_clipbybox2d',
  ],
  [
    'geometry, geometry',
    'boolean',
    'st_intersects st_contains st_within st_covers st_coveredby st_overlaps st_touches st_crosses st_disjoint st_equals st_containsproperly st_orderingequals st_3dintersects',
  ],
  [
    'geometry, geometry',
    'double precision',
    'st_distance st_maxdistance st_distancesphere st_distance_sphere st_azimuth st_hausdorffdistance st_frechetdistance st_linelocatepoint st_line_locate_point st_3ddistance st_distancespheroid',
  ],
  [
    'geometry, double precision',
    'geometry',
    'st_buffer st_simplify st_simplifypreservetopology st_snaptogrid st_segmentize st_lineinterpolatepoint st_rotate st_expand st_simplifyvw st_concavehull st_reduceprecision st_offsetcurve st_subdivide',
  ],
  [
    'geometry, integer',
    'geometry',
    'st_setsrid st_transform st_pointn st_geometryn st_interiorringn st_collectionextract st_removepoint',
  ],
  ['geometry, text', 'geometry', 'st_transform'],
  ['geometry, integer', 'text', 'st_astext st_asgeojson st_asewkt st_geohash'],
  ['geometry, geometry, double precision', 'boolean', 'st_dwithin st_dfullywithin st_3ddwithin'],
  ['geometry, double precision, double precision', 'geometry', 'st_translate st_scale st_linesubstring'],
  [
    'text',
    'geometry',
    'st_geomfromtext st_geometryfromtext st_geomfromewkt st_geogfromwkt st_wkttosql st_geomfromgeojson st_geomfromgml st_geomfromkml st_pointfromtext st_linefromtext st_polygonfromtext st_polyfromtext st_multipolygonfromtext st_mpolyfromtext st_geomfromgeohash st_pointfromgeohash',
  ],
  [
    'text, integer',
    'geometry',
    'st_geomfromtext st_geometryfromtext st_pointfromtext st_linefromtext st_polygonfromtext st_polyfromtext st_mpolyfromtext',
  ],
  ['jsonb', 'geometry', 'st_geomfromgeojson'],
  ['bytea', 'geometry', 'st_geomfromwkb st_geomfromewkb st_geomfromtwkb'],
  ['bytea, integer', 'geometry', 'st_geomfromwkb'],
  ['double precision, double precision', 'geometry', 'st_makepoint st_point st_pointm'],
  ['double precision, double precision, double precision', 'geometry', 'st_makepoint'],
  ['double precision, double precision, integer', 'geometry', 'st_point'],
  ['double precision, double precision, double precision, double precision', 'geometry', 'st_makeenvelope'],
  ['double precision, double precision, double precision, double precision, integer', 'geometry', 'st_makeenvelope'],
  ['integer, integer, integer', 'geometry', 'st_tileenvelope'],
  ['geography', 'double precision', 'st_area st_length st_perimeter'],
  ['geography', 'text', 'st_astext st_asewkt st_asgeojson'],
  ['geography', 'geography', 'st_centroid'],
  ['geography', 'bytea', 'st_asbinary'],
  ['geography, geography', 'boolean', 'st_intersects st_covers st_coveredby'],
  ['geography, geography', 'double precision', 'st_distance st_azimuth'],
  ['geography, geography', 'geography', 'st_intersection'],
  ['geography, geography, double precision', 'boolean', 'st_dwithin'],
  ['geography, double precision', 'geography', 'st_buffer st_segmentize'],
  ['text', 'geography', 'st_geogfromtext st_geographyfromtext'],
];

const twoOf = (type: string, names: string, result: string): readonly string[] =>
  names.split(' ').map((name) => `${name} (${type}, ${type}) returns ${result}`);

/** PostGIS: https://postgis.net/docs/reference.html. */
const postgis: ExtensionContents = {
  types: {
    geometry: 'words',
    geography: 'words',
    box2d: 'nothing',
    box3d: 'nothing',
    box2df: 'nothing',
    gidx: 'nothing',
    spheroid: 'nothing',
  },
  functions: [
    ...FUNCTIONS.flatMap(([given, result, names]) =>
      names.split(' ').map((name) => `${name}(${given}) returns ${result}`),
    ),
    // What is compared with a constant in checks: they accept what is not known.
    'st_srid(geometry) returns integer := null',
    'st_srid(geography) returns integer := null',
    'find_srid(varchar, varchar, varchar) returns integer := 4326',
    "postgis_version() returns text := '3.5'",
    'postgis_full_version() returns text := \'POSTGIS="3.5"\'',
    "postgis_lib_version() returns text := '3.5.0'",
    'geometry(geometry, integer, boolean) returns geometry := $1',
    'geography(geography, integer, boolean) returns geography := $1',
    'geography(geometry) returns geography',
    'geometry(geography) returns geometry',
    'geometry(pg_catalog.point) returns geometry',
    'geometry(bytea) returns geometry',
    'geometry(text) returns geometry',
    'bytea(geometry) returns bytea',
    'st_dump(geometry, out path integer[], out geom geometry) returns setof record',
    'st_dumppoints(geometry, out path integer[], out geom geometry) returns setof record',
    'st_squaregrid(size double precision, bounds geometry, out geom geometry, out i integer, out j integer) returns setof record',
    'st_hexagongrid(size double precision, bounds geometry, out geom geometry, out i integer, out j integer) returns setof record',
    'addgeometrycolumn(table_name varchar, column_name varchar, new_srid integer, new_type varchar, new_dim integer, use_typmod boolean default true) returns text',
    'dropgeometrycolumn(table_name varchar, column_name varchar) returns text',
    'updategeometrysrid(varchar, varchar, integer) returns text',
    'postgis_extensions_upgrade() returns text',
  ],
  aggregates: [
    ...['st_union', 'st_collect', 'st_makeline', 'st_memunion', 'st_polygonize'].map(
      (name) => `${name}(geometry) returns geometry`,
    ),
    'st_extent(geometry) returns box2d',
    'st_asmvt(anyelement) returns bytea',
  ],
  operators: [
    ...twoOf('geometry', '&& @ ~ << >> <<| |>> &< &> &<| |&> ~=', 'boolean'),
    ...twoOf('geometry', '<-> <#> |=|', 'double precision'),
    ...twoOf('geography', '&&', 'boolean'),
    ...twoOf('geography', '<->', 'double precision'),
  ],
  operatorClasses: [
    'gist gist_geometry_ops_2d geometry default with &&',
    'gist gist_geometry_ops_nd geometry',
    'gist gist_geography_ops geography default with &&',
    'spgist spgist_geometry_ops_2d geometry default',
    'spgist spgist_geography_ops_nd geography default',
    'brin brin_geometry_inclusion_ops_2d geometry default',
    'brin brin_geography_inclusion_ops geography default',
  ],
  after: [
    'create cast (geometry as geometry) with function geometry(geometry, integer, boolean) as implicit',
    'create cast (geography as geography) with function geography(geography, integer, boolean) as implicit',
    'create cast (geometry as geography) with function geography(geometry) as implicit',
    'create cast (geography as geometry) with function geometry(geography)',
    'create cast (point as geometry) with function geometry(pg_catalog.point)',
    'create cast (bytea as geometry) with function geometry(bytea) as implicit',
    'create cast (text as geometry) with function geometry(text) as implicit',
    'create cast (geometry as bytea) with function bytea(geometry) as implicit',
    'create cast (geometry as box2d) with inout as implicit',
    'create cast (box2d as geometry) with inout as implicit',
    `create table spatial_ref_sys (srid integer not null primary key check (srid > 0 and srid <= 998999),
       auth_name varchar(256), auth_srid integer, srtext varchar(2048), proj4text varchar(2048))`,
    `insert into spatial_ref_sys (srid, auth_name, auth_srid) values (4326, 'EPSG', 4326), (3857, 'EPSG', 3857)`,
    `create view geometry_columns as select null::varchar as f_table_catalog, null::name as f_table_schema,
       null::name as f_table_name, null::name as f_geometry_column, null::integer as coord_dimension, null::integer as srid,
       null::varchar as type where false`,
  ],
};

/** PostGIS and what builds on it, by their names. */
export const postgisExtensions: Readonly<Record<string, ExtensionContents>> = {
  postgis,
  postgis_raster: {
    requires: ['postgis'],
    types: { raster: 'nothing' },
    functions: [
      'st_convexhull(raster) returns geometry',
      'st_envelope(raster) returns geometry',
      'st_value(raster, geometry) returns double precision',
    ],
    after: ['create cast (raster as geometry) with function st_convexhull(raster) as assignment'],
  },
  postgis_topology: {
    schema: 'topology',
    requires: ['postgis'],
    functions: [
      'createtopology(varchar) returns integer',
      'createtopology(varchar, integer) returns integer',
      'droptopology(varchar) returns text',
    ],
    after: [
      `create table topology (id serial primary key, name varchar not null unique, srid integer not null,
         "precision" double precision not null, hasz boolean not null default false)`,
    ],
  },
  postgis_sfcgal: { requires: ['postgis'] },
  pgrouting: { requires: ['postgis'] },
  address_standardizer: {},
  h3: {
    types: { h3index: 'nothing' },
    functions: [
      'h3_lat_lng_to_cell(point, integer) returns h3index',
      'h3_cell_to_parent(h3index, integer) returns h3index',
      'h3_cell_to_lat_lng(h3index) returns point := point(0, 0)',
      'h3_get_resolution(h3index) returns integer',
      'h3_grid_disk(h3index, integer) returns setof h3index',
      'h3_cell_to_children(h3index, integer) returns setof h3index',
    ],
    after: ['create cast (h3index as bigint) with inout', 'create cast (bigint as h3index) with inout'],
  },
  h3_postgis: {
    requires: ['h3', 'postgis'],
    functions: [
      'h3_lat_lng_to_cell(geometry, integer) returns h3index',
      'h3_cell_to_geometry(h3index) returns geometry',
      'h3_cell_to_boundary_geometry(h3index) returns geometry',
      'h3_polygon_to_cells(geometry, integer) returns setof h3index',
    ],
  },
};
