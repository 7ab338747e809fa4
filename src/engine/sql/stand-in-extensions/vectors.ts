import type { ExtensionContents } from './extension-contents.ts';

const METRICS: readonly string[] = ['l2', 'ip', 'cosine', 'l1'];

/** What each of the three kinds of vectors of pgvector has. */
function kindOfVector(type: string): Required<Pick<ExtensionContents, 'functions' | 'operators' | 'aggregates'>> {
  const pair = `(${type}, ${type})`;
  return {
    functions: [
      ...['l2_distance', 'inner_product', 'cosine_distance', 'l1_distance'].map(
        (name) => `${name}${pair} returns double precision`,
      ),
      `vector_dims(${type}) returns integer`,
      `vector_norm(${type}) returns double precision`,
      `l2_norm(${type}) returns double precision`,
      `l2_normalize(${type}) returns ${type}`,
      `binary_quantize(${type}) returns bit varying`,
      `subvector(${type}, integer, integer) returns ${type}`,
      `${type}(${type}, integer, boolean) returns ${type} := $1`,
    ],
    operators: [
      ...['<->', '<#>', '<=>', '<+>'].map((name) => `${name} ${pair} returns double precision`),
      ...['+', '-', '*', '||'].map((name) => `${name} ${pair} returns ${type}`),
    ],
    aggregates: [`avg(${type}) returns ${type}`, `sum(${type}) returns ${type}`],
  };
}

const kinds = ['vector', 'halfvec', 'sparsevec'].map((type) => ({ type, ...kindOfVector(type) }));

/** pgvector: https://github.com/pgvector/pgvector. */
const vector: ExtensionContents = {
  types: { vector: 'number', halfvec: 'number', sparsevec: 'number' },
  functions: [
    ...kinds.flatMap(({ functions }) => functions),
    'hamming_distance(bit, bit) returns double precision',
    'jaccard_distance(bit, bit) returns double precision',
    ...['real[]', 'double precision[]', 'integer[]', 'numeric[]'].flatMap((array) =>
      ['vector', 'halfvec', 'sparsevec'].map((type) => `array_to_${type}(${array}, integer, boolean) returns ${type}`),
    ),
    'vector_to_float4(vector, integer, boolean) returns real[]',
    'halfvec_to_float4(halfvec, integer, boolean) returns real[]',
  ],
  aggregates: kinds.flatMap(({ aggregates }) => aggregates),
  operators: [
    ...kinds.flatMap(({ operators }) => operators),
    '<~> (bit, bit) returns double precision',
    '<%> (bit, bit) returns double precision',
  ],
  indexMethods: ['hnsw', 'ivfflat'],
  operatorClasses: [
    ...['vector', 'halfvec'].flatMap((type) =>
      METRICS.flatMap((metric) => [
        `hnsw ${type}_${metric}_ops ${type}`,
        ...(metric === 'l1' ? [] : [`ivfflat ${type}_${metric}_ops ${type}${metric === 'l2' ? ' default' : ''}`]),
      ]),
    ),
    ...METRICS.map((metric) => `hnsw sparsevec_${metric}_ops sparsevec`),
    'hnsw bit_hamming_ops bit',
    'hnsw bit_jaccard_ops bit',
    'ivfflat bit_hamming_ops bit',
  ],
  after: [
    ...['vector', 'halfvec', 'sparsevec'].flatMap((type) => [
      `create cast (${type} as ${type}) with function ${type}(${type}, integer, boolean) as implicit`,
      ...['real[]', 'double precision[]', 'integer[]', 'numeric[]'].map(
        (array) =>
          `create cast (${array} as ${type}) with function array_to_${type}(${array}, integer, boolean) as assignment`,
      ),
    ]),
    'create cast (vector as real[]) with function vector_to_float4(vector, integer, boolean) as implicit',
    'create cast (halfvec as real[]) with function halfvec_to_float4(halfvec, integer, boolean)',
    'create cast (vector as halfvec) with inout as assignment',
    'create cast (halfvec as vector) with inout as implicit',
    'create cast (vector as sparsevec) with inout as implicit',
    'create cast (sparsevec as vector) with inout as assignment',
    'create cast (halfvec as sparsevec) with inout as implicit',
    'create cast (sparsevec as halfvec) with inout as assignment',
  ],
};

/** Extensions for vectors and their nearest neighbours, by their names. */
export const vectorExtensions: Readonly<Record<string, ExtensionContents>> = {
  vector,
  vectorscale: {
    requires: ['vector'],
    indexMethods: ['diskann'],
    operatorClasses: [
      'diskann vector_cosine_ops vector default',
      'diskann vector_l2_ops vector',
      'diskann vector_ip_ops vector',
    ],
  },
  vchord: {
    requires: ['vector'],
    indexMethods: ['vchordrq'],
    operatorClasses: ['vector', 'halfvec'].flatMap((type) =>
      ['l2', 'ip', 'cosine'].map((metric) => `vchordrq ${type}_${metric}_ops ${type}`),
    ),
  },
  lantern: {
    indexMethods: ['lantern_hnsw'],
    functions: ['l2sq_dist(real[], real[]) returns real', 'cos_dist(real[], real[]) returns real'],
    operatorClasses: ['lantern_hnsw dist_l2sq_ops real[] default', 'lantern_hnsw dist_cos_ops real[]'],
  },
};
