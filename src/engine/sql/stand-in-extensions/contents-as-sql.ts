import { quoteIdentifier } from '../quote-identifier.ts';
import type { ExtensionContents } from './extension-contents.ts';

/** What functions give where nothing better is said: never null, so that a column that may not be null takes it. */
const EMPTY: Readonly<Record<string, string>> = {
  text: `''`,
  varchar: `''`,
  bytea: `''`,
  integer: '0',
  bigint: '0',
  real: '0',
  'double precision': '0',
  boolean: 'true',
  jsonb: `'{}'`,
};

/** How a value is hashed, where it is none of varying length. */
const HASHES: Readonly<Record<string, string>> = {
  integer: 'hashint4(integer)',
  bigint: 'hashint8(bigint)',
  uuid: 'uuid_hash(uuid)',
  timestamp: 'timestamp_hash(timestamp)',
  timestamptz: 'timestamp_hash(timestamp)',
};

/** A type of which each value is its text, with an order, so that it can be sorted, grouped and unique. */
function typeStatements(type: string, modifiers: 'nothing' | 'number' | 'words'): readonly string[] {
  const takes = { nothing: '', number: 'varchartypmod', words: 'bittypmod' }[modifiers];
  const typmod = takes === '' ? '' : `typmod_in = ${takes}in, typmod_out = ${takes}out, `;
  const internal = (signature: string, result: string, code: string): string =>
    `create function ${signature} returns ${result} language internal immutable strict parallel safe as '${code}'`;
  const operators = ['lt <', 'le <=', 'eq =', 'ge >=', 'gt >', 'ne <>'].map(
    (one) => one.split(' ') as [string, string],
  );
  return [
    `create type ${type}`,
    internal(`${type}_in(cstring)`, type, 'textin'),
    internal(`${type}_out(${type})`, 'cstring', 'textout'),
    `create type ${type} (input = ${type}_in, output = ${type}_out, ${typmod}like = pg_catalog.text)`,
    internal(`${type}_cmp(${type}, ${type})`, 'integer', 'byteacmp'),
    internal(`${type}_hash(${type})`, 'integer', 'hashvarlena'),
    ...operators.flatMap(([word, name]) => [
      internal(`${type}_${word}(${type}, ${type})`, 'boolean', `bytea${word}`),
      `create operator ${name} (leftarg = ${type}, rightarg = ${type}, function = ${type}_${word}` +
        `${word === 'eq' ? ', commutator = =, hashes, merges' : ''})`,
    ]),
    `create operator class ${type}_ops default for type ${type} using btree as operator 1 <, operator 2 <=, operator 3 =,
       operator 4 >=, operator 5 >, function 1 ${type}_cmp(${type}, ${type})`,
    `create operator class ${type}_ops default for type ${type} using hash as operator 1 =, function 1 ${type}_hash(${type})`,
  ];
}

const parts = (pattern: RegExp, line: string): readonly string[] => {
  const found = pattern.exec(line);
  if (found === null) throw new Error(`not in the form that contents of extensions have: ${line}`);
  return found.slice(1).map((part) => part ?? '');
};

function functionStatement(line: string, own: ReadonlySet<string>): string {
  const [signature = '', result = '', given = ''] = parts(/^(.*\)) returns (.*?)(?: := (.*))?$/, line);
  const empty = own.has(result) ? `''::@extschema@.${result}` : result.endsWith('[]') ? `'{}'` : 'null';
  const value = given === '' ? (EMPTY[result] ?? empty) : given;
  const returns = /^setof\b|^void$/.test(result) || /\bout /.test(signature) ? 'return' : `return ${value}`;
  const volatility = /\b(?:gen_random_uuid|now)\(/.test(given) || result === 'void' ? 'volatile' : 'immutable';
  return `create function ${signature} returns ${result} language plpgsql ${volatility} parallel safe as $body$ begin ${returns}; end $body$`;
}

/** A step that keeps the state as it is. */
function aggregateStatements(line: string): readonly string[] {
  const [name = '', given = '', result = ''] = parts(/^(\w+)\((.*)\) returns (.*)$/, line);
  const step = `${name}_step`;
  return [
    `create function ${step}(${result}, ${given}) returns ${result} language plpgsql immutable as $body$ begin return $1; end $body$`,
    `create aggregate ${name}(${given}) (sfunc = ${step}, stype = ${result})`,
  ];
}

function operatorStatements(line: string, code: string, own: ReadonlySet<string>): readonly string[] {
  const [name = '', left = '', right = '', result = ''] = parts(/^(\S+) \((.*), (.*)\) returns (.*)$/, line);
  return [
    functionStatement(`${code}(${left}, ${right}) returns ${result}`, own),
    `create operator ${name} (leftarg = ${left}, rightarg = ${right}, function = ${code})`,
  ];
}

/**
 * A class whose indexes can be built over any rows and are never read: they hold hashes, prefixes, or a place that says
 * nothing.
 */
function classStatement(line: string): string {
  const [method = '', name = '', type = '', isDefault = '', excluding = ''] = parts(
    /^(\w+) (\w+) (.+?)( default)?(?: with (\S+))?$/,
    line,
  );
  const head = `create operator class ${name}${isDefault} for type ${type} using ${method} as`;
  if (method === 'gist') {
    const operator = excluding === '' ? '' : `operator 6 ${excluding} (${type}, ${type}), `;
    return `${head} ${operator}function 1 pg_catalog.gist_point_consistent(internal, point, smallint, oid, internal),
      function 2 pg_catalog.gist_box_union(internal, internal), function 3 pg_catalog.gist_point_compress(internal),
      function 5 pg_catalog.gist_box_penalty(internal, internal, internal),
      function 6 pg_catalog.gist_box_picksplit(internal, internal),
      function 7 pg_catalog.gist_box_same(box, box, internal), storage box`;
  }
  if (method === 'spgist') {
    const steps = ['config', 'choose', 'picksplit', 'inner_consistent', 'leaf_consistent'];
    return `${head} ${steps.map((step, at) => `function ${at + 1} pg_catalog.spg_text_${step}(internal, internal)`).join(', ')}`;
  }
  return `${head} function 1 pg_catalog.brin_bloom_opcinfo(internal),
    function 2 pg_catalog.brin_bloom_add_value(internal, internal, internal, internal),
    function 3 pg_catalog.brin_bloom_consistent(internal, internal, internal, integer),
    function 4 pg_catalog.brin_bloom_union(internal, internal, internal),
    function 5 pg_catalog.brin_bloom_options(internal), function 11 pg_catalog.${HASHES[type] ?? 'hashvarlena(internal)'}`;
}

/** Statements that make all that an extension brings in the schema that is the first of the search path; `@extschema@` stands for its name. */
export function contentsAsSql(extension: string, contents: ExtensionContents): readonly string[] {
  const own = new Set(Object.keys(contents.types ?? {}));
  return [
    ...(contents.before ?? []),
    ...Object.entries(contents.types ?? {}).flatMap(([type, modifiers]) => typeStatements(type, modifiers)),
    ...(contents.functions ?? []).map((line) => functionStatement(line, own)),
    ...(contents.aggregates ?? []).flatMap(aggregateStatements),
    ...(contents.operators ?? []).flatMap((line, number) =>
      operatorStatements(line, quoteIdentifier(`${extension}_operator_${number}`), own),
    ),
    ...(contents.indexMethods ?? []).map(
      (name) => `create access method ${quoteIdentifier(name)} type index handler pg_catalog.brinhandler`,
    ),
    ...(contents.tableMethods ?? []).map(
      (name) => `create access method ${quoteIdentifier(name)} type table handler pg_catalog.heap_tableam_handler`,
    ),
    ...(contents.operatorClasses ?? []).map(classStatement),
    ...(contents.after ?? []),
  ];
}
