const words = (list: string): ReadonlySet<string> => new Set(list.split(' '));

const numbers = ['int2', 'int4', 'int8', 'numeric', 'float4', 'float8'];

/** Types whose values can be compared with each other, by the name of their kind. */
const families: Readonly<Record<string, ReadonlySet<string>>> = {
  number: new Set([...numbers, 'oid']),
  text: words('text varchar bpchar name char'),
  moment: words('date timestamp timestamptz'),
  time: words('time timetz'),
  truth: words('bool'),
  uuid: words('uuid'),
  jsonb: words('jsonb'),
  interval: words('interval'),
  network: words('inet cidr'),
  bytes: words('bytea'),
  bits: words('bit varbit'),
  money: words('money'),
};

/** The kind of a type whose operators are known here; a type that people made is its own kind, null for any other. */
export const familyOf = (type: string | null): string | null => {
  if (type === null || type === 'unknown') return null;
  if (type.endsWith('[]')) {
    const element = familyOf(type.slice(0, -2));
    return element === null ? null : `${element}[]`;
  }
  if (type.includes('.')) return type;
  return Object.entries(families).find(([, types]) => types.has(type))?.[0] ?? null;
};

const comparisons = words('= <> != < > <= >=');
const patterns = words('~~ !~~ ~~* !~~* ~ !~ ~* !~*');
const sums = words('+ - * / %');
const incomparable = words('json xml point box polygon path');

/** True for types that have no equality, so that no DISTINCT, GROUP BY or UNION takes them. */
export const hasNoEquality = (type: string | null): boolean =>
  type !== null && incomparable.has(type.replace(/\[\]$/, '')) && !/^(?:box|polygon|path)/.test(type);

/** What two numbers make: the wider of both. */
const widerNumber = (left: string | null, right: string | null): string | null => {
  const [a, b] = [numbers.indexOf(left ?? ''), numbers.indexOf(right ?? '')];
  return a < 0 || b < 0 ? null : (numbers[Math.max(a, b)] ?? null);
};

/** What an operator makes of two types, and whether the server has none for them; `unknown` adapts to the other side. */
export type Operation = { readonly type: string | null; readonly isMissing: boolean };

const none: Operation = { type: null, isMissing: false };
const missing: Operation = { type: null, isMissing: true };
const gives = (type: string | null): Operation => ({ type, isMissing: false });

function sumOf(operator: string, left: string | null, right: string | null): Operation {
  const [ours, theirs] = [familyOf(left), familyOf(right)];
  if (ours === 'number' && theirs === 'number') return gives(widerNumber(left, right));
  if (left === 'unknown' || right === 'unknown') {
    const known = left === 'unknown' ? ours === null && theirs : ours;
    return known === 'number' ? gives(left === 'unknown' ? right : left) : none;
  }
  if (ours === null || theirs === null) return none;
  const pair = `${ours} ${theirs}`;
  if (pair === 'moment interval' || pair === 'interval moment') {
    const moment = ours === 'moment' ? left : right;
    return gives(moment === 'date' ? 'timestamp' : moment);
  }
  if (pair === 'moment moment')
    return operator !== '-' ? missing : gives(left === 'date' && right === 'date' ? 'int4' : 'interval');
  if (pair === 'moment number')
    return left === 'date' && right !== 'numeric' && '+-'.includes(operator) ? gives('date') : missing;
  if (pair === 'number moment') return right === 'date' && operator === '+' ? gives('date') : missing;
  const plain = ['number', 'text', 'truth', 'uuid', 'bytes'];
  const isPlain = (family: string) => plain.includes(family) || family.includes('.') || family.endsWith('[]');
  const isKnown = isPlain(ours) && (isPlain(theirs) || theirs === 'moment' || theirs === 'jsonb');
  // Of types that people made somebody may have made operators too; enums have none.
  return isKnown || (ours === 'jsonb' && operator !== '-') ? missing : none;
}

function joined(left: string | null, right: string | null): Operation {
  const [ours, theirs] = [familyOf(left), familyOf(right)];
  if (left === 'jsonb' || right === 'jsonb') return gives('jsonb');
  if (left?.endsWith('[]') === true) return gives(left);
  if (right?.endsWith('[]') === true) return gives(right);
  if (ours === 'text' || theirs === 'text') return gives('text');
  if (left === 'unknown' || right === 'unknown') return gives('text');
  const plain = ['number', 'truth', 'uuid', 'moment', 'interval'];
  return ours !== null && theirs !== null && plain.includes(ours) && plain.includes(theirs) ? missing : none;
}

/** What becomes of two types under an operator of the server's own; types of domains are those of what they are of. */
export function operationOf(operator: string, left: string | null, right: string | null): Operation {
  if (comparisons.has(operator)) {
    if ((left !== null && incomparable.has(left)) || (right !== null && incomparable.has(right)))
      return left === right || left === 'unknown' || right === 'unknown'
        ? { type: 'bool', isMissing: left === 'json' || right === 'json' }
        : gives('bool');
    const [ours, theirs] = [familyOf(left), familyOf(right)];
    return { type: 'bool', isMissing: ours !== null && theirs !== null && ours !== theirs };
  }
  if (patterns.has(operator)) {
    const isNoText = [left, right].some((type) => {
      const family = familyOf(type);
      return family !== null && family !== 'text' && !(family === 'bytes' && operator.includes('~~'));
    });
    return { type: 'bool', isMissing: isNoText };
  }
  if (sums.has(operator)) return sumOf(operator, left, right);
  switch (operator) {
    case '||':
      return joined(left, right);
    case '->>':
    case '#>>':
      return { type: 'text', isMissing: isNoJson(left) };
    case '->':
    case '#>':
      return { type: left, isMissing: isNoJson(left) };
    case '@>':
    case '<@':
    case '&&':
    case '?':
    case '?|':
    case '?&':
      return gives('bool');
    default:
      return none;
  }
}

const isNoJson = (type: string | null): boolean => type !== 'json' && familyOf(type) !== null && type !== 'jsonb';

/** The type that two branches of a CASE, a COALESCE or a UNION have together. */
export function commonType(left: string | null, right: string | null): Operation {
  if (left === 'unknown') return gives(right);
  if (right === 'unknown' || left === right) return gives(left);
  const [ours, theirs] = [familyOf(left), familyOf(right)];
  if (ours === null || theirs === null) return none;
  if (ours !== theirs) return missing;
  if (ours === 'number') return gives(widerNumber(left, right));
  return gives(ours === 'text' ? 'text' : left);
}

/** True where the server turns a value of one type by itself into one of another where a function wants it. */
export function isTakenFor(from: string | null, to: string | null): boolean {
  if (from === null || to === null || from === 'unknown' || from === to || /^any|^record$/.test(to)) return true;
  const [ours, theirs] = [familyOf(from), familyOf(to)];
  if (ours === null || theirs === null) return true;
  if (ours !== theirs) return false;
  if (ours === 'number' && to !== 'oid') return numbers.indexOf(from) <= numbers.indexOf(to);
  if (ours === 'moment')
    return ['date', 'timestamp', 'timestamptz'].indexOf(from) <= ['date', 'timestamp', 'timestamptz'].indexOf(to);
  return true;
}

/** Functions of the server's own whose first argument must be of one of these kinds. */
const wanted: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(
    [
      'lower',
      'upper',
      'initcap',
      'btrim',
      'ltrim',
      'rtrim',
      'trim',
      'left',
      'right',
      'reverse',
      'split_part',
      'replace',
      'strpos',
      'string_agg',
      'regexp_replace',
      'lpad',
      'rpad',
      'ascii',
      'char_length',
    ].map((name) => [name, ['text', 'bytes']]),
  ),
  length: ['text', 'bytes', 'bits'],
  substr: ['text', 'bytes'],
  substring: ['text', 'bytes', 'bits'],
  sum: ['number', 'interval', 'money'],
  avg: ['number', 'interval'],
  abs: ['number'],
  round: ['number'],
  ceil: ['number'],
  floor: ['number'],
};
const onSecond: Readonly<Record<string, readonly string[]>> = {
  date_trunc: ['moment', 'interval', 'time'],
  extract: ['moment', 'interval', 'time'],
  date_part: ['moment', 'interval', 'time'],
};
const withoutOrder = words('truth uuid jsonb');

/** True where the server has a function of the name and none for arguments of these types. */
export function isNotTaken(name: string, types: readonly (string | null)[]): boolean {
  const kinds = wanted[name];
  const [first, second] = [familyOf(types[0] ?? null), familyOf(types[1] ?? null)];
  if (kinds !== undefined)
    return (first !== null && !kinds.includes(first)) || types[0] === 'jsonb' || types[0] === 'json';
  const further = onSecond[name];
  if (further !== undefined) return second !== null && !further.includes(second);
  return (
    (name === 'max' || name === 'min') &&
    types.length === 1 &&
    (types[0] === 'json' || (first !== null && withoutOrder.has(first)))
  );
}

const results: Readonly<Record<string, string>> = {
  ascii: 'int4',
  avg: 'numeric',
  btrim: 'text',
  char_length: 'int4',
  clock_timestamp: 'timestamptz',
  concat: 'text',
  concat_ws: 'text',
  count: 'int8',
  currval: 'int8',
  date_part: 'float8',
  extract: 'numeric',
  format: 'text',
  gen_random_uuid: 'uuid',
  initcap: 'text',
  lastval: 'int8',
  left: 'text',
  length: 'int4',
  lower: 'text',
  lpad: 'text',
  ltrim: 'text',
  md5: 'text',
  nextval: 'int8',
  now: 'timestamptz',
  rank: 'int8',
  regexp_replace: 'text',
  repeat: 'text',
  replace: 'text',
  reverse: 'text',
  right: 'text',
  row_number: 'int8',
  row_to_json: 'json',
  rpad: 'text',
  rtrim: 'text',
  setval: 'int8',
  split_part: 'text',
  strpos: 'int4',
  substr: 'text',
  substring: 'text',
  to_char: 'text',
  to_json: 'json',
  to_jsonb: 'jsonb',
  json_build_object: 'json',
  jsonb_build_object: 'jsonb',
  upper: 'text',
  bool_and: 'bool',
  bool_or: 'bool',
  every: 'bool',
};

const ofArguments = words('max min abs sum avg date_trunc array_agg string_agg lower upper unnest generate_series');

/** True for functions of the server's own that are known here, whatever their arguments are. */
export const isKnownFunction = (name: string): boolean =>
  ofArguments.has(name) || name in results || name in wanted || name in onSecond;

/** What a function of the server's own gives; null where that is not known here. */
export function resultOf(name: string, types: readonly (string | null)[]): string | null {
  const [first] = types;
  switch (name) {
    case 'max':
    case 'min':
    case 'abs':
      return first === undefined || first === 'unknown' ? null : first;
    case 'sum':
      return first === 'int4' || first === 'int2' ? 'int8' : first === 'int8' ? 'numeric' : (first ?? null);
    case 'avg':
      return first === 'interval'
        ? first
        : familyOf(first ?? null) === 'number'
          ? first?.startsWith('float') === true
            ? 'float8'
            : 'numeric'
          : null;
    case 'date_trunc':
      return types[1] === 'date' ? 'timestamptz' : (types[1] ?? null);
    case 'array_agg':
      return first === null || first === undefined || first === 'unknown' ? null : `${first}[]`;
    case 'string_agg':
      return 'text';
    case 'lower':
    case 'upper':
      // Of ranges these are their bounds.
      return familyOf(first ?? null) === 'text' || first === 'unknown' ? 'text' : null;
    default:
      return results[name] ?? null;
  }
}
