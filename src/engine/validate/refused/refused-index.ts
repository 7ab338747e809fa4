import type { Constraint, IndexElem, IndexStmt, Node } from '@pgsql/types';
import { all, as, findNodes, nameOf, strings } from '../../sql/nodes.ts';
import { quoteIdentifier } from '../../sql/quote-identifier.ts';
import { parseType } from '../../sql/type-name.ts';
import { columnTypesOf, mutablePart } from '../mutable-part.ts';
import type { CheckContext } from '../rule.ts';
import { type ColumnTypes, typeOfExpression } from '../type-of-expression.ts';
import { volatileCalls } from '../volatile-calls.ts';
import { isOperatorClass, typeOfOperatorClass } from './operator-classes.ts';
import type { Refusal } from './refusal.ts';
import { callWithoutText, isNoText } from './refused-condition.ts';

type Reason = Omit<Refusal, 'range'>;

type Method = {
  readonly unique?: true;
  readonly several?: true;
  readonly includes?: true;
  readonly ordered?: true;
};

/** What the server's own access methods can do (`pg_indexam_has_property`). */
const methods: Readonly<Record<string, Method>> = {
  btree: { unique: true, several: true, includes: true, ordered: true },
  hash: {},
  gist: { several: true, includes: true },
  spgist: { includes: true },
  gin: { several: true },
  brin: { several: true },
};

/** Operator classes of extensions that people use much. */
const classMethods: readonly {
  readonly name: RegExp;
  readonly methods: readonly string[];
  readonly extension: string;
}[] = [
  { name: /^gin_trgm_ops$/, methods: ['gin'], extension: 'pg_trgm' },
  { name: /^gist_trgm_ops$/, methods: ['gist'], extension: 'pg_trgm' },
  {
    name: /^(?:vector|halfvec|sparsevec|bit)_(?:l2|ip|cosine|l1|hamming|jaccard)_ops$/,
    methods: ['ivfflat', 'hnsw'],
    extension: 'vector',
  },
];

const scalars = new Set(
  'bool bpchar date float4 float8 int2 int4 int8 interval numeric text time timestamp timestamptz uuid varchar'.split(
    ' ',
  ),
);
const shapes = new Set('box circle line lseg path point polygon'.split(' '));

/** True when a method has no default operator class for a type; extensions may bring some for scalars. */
const lacksDefaultClass = (method: string, type: string, extensions: ReadonlySet<string>): boolean => {
  switch (method) {
    case 'btree':
    case 'hash':
      return type === 'json' || type === 'xml' || shapes.has(type);
    case 'gin':
      return (
        type === 'json' || type === 'xml' || shapes.has(type) || (scalars.has(type) && !extensions.has('btree_gin'))
      );
    case 'gist':
      return (
        (type.endsWith('[]') && !extensions.has('intarray')) ||
        type === 'json' ||
        type === 'jsonb' ||
        type === 'xml' ||
        (scalars.has(type) && !extensions.has('btree_gist'))
      );
    case 'brin':
      return type === 'json' || type === 'jsonb' || type === 'xml' || type === 'bool' || type.endsWith('[]');
    default:
      return false;
  }
};

const isOrdered = ({ ordering, nulls_ordering }: IndexElem): boolean =>
  (ordering !== undefined && ordering !== 'SORTBY_DEFAULT') ||
  (nulls_ordering !== undefined && nulls_ordering !== 'SORTBY_NULLS_DEFAULT');

const ofMethod = (index: IndexStmt, elements: readonly IndexElem[], anyMethod: boolean): Reason | null => {
  const name = index.accessMethod ?? 'btree';
  const method = methods[name];
  if (method === undefined)
    return anyMethod ? null : { sqlstate: '42704', reason: `there is no access method ${quoteIdentifier(name)}` };
  const cannot = (what: string): Reason => ({ sqlstate: '0A000', reason: `a ${name} index cannot ${what}` });
  if (index.unique === true && method.unique !== true) return cannot('be unique');
  if (elements.length > 1 && method.several !== true) return cannot('have several columns');
  if ((index.indexIncludingParams ?? []).length > 0 && method.includes !== true) return cannot('have INCLUDE');
  return method.ordered !== true && elements.some(isOrdered) ? cannot('be ASC, DESC or NULLS FIRST') : null;
};

/** The server's type that values of a type are stored as, where an operator class takes them for it. */
const storedAs: Readonly<Record<string, string>> = { varchar: 'text', cidr: 'inet' };

/** What is wrong with an operator class of the server's own, or of nobody's where `mayBeOwn` is false. */
const ofOwnClass = (method: string, name: string, type: string | null, mayBeOwn: boolean): Reason | null => {
  const wanted = typeOfOperatorClass(method, name);
  if (wanted === null)
    return isOperatorClass(name) || !mayBeOwn
      ? { sqlstate: '42704', reason: `${method} has no operator class ${quoteIdentifier(name)}` }
      : null;
  const stored = type === null ? null : (storedAs[type] ?? type);
  return stored === null || !scalars.has(stored) || !scalars.has(wanted) || stored === wanted
    ? null
    : { sqlstate: '42804', reason: `${quoteIdentifier(name)} is for ${wanted}, not for ${type}` };
};

const ofClass = (
  method: string,
  element: IndexElem,
  types: ColumnTypes,
  extensions: ReadonlySet<string>,
  mayBeOwn: boolean,
): Reason | null => {
  const named = strings(element.opclass).at(-1);
  const column: Node | undefined =
    element.name === undefined ? element.expr : { ColumnRef: { fields: [{ String: { sval: element.name } }] } };
  const type = typeOfExpression(column, types);
  if (named === undefined) {
    return type !== null && lacksDefaultClass(method, type, extensions)
      ? { sqlstate: '42704', reason: `${type} has no default operator class for ${method}` }
      : null;
  }
  const known = classMethods.find(({ name }) => name.test(named));
  if (known === undefined) return ofOwnClass(method, named, type, mayBeOwn);
  if (!extensions.has(known.extension))
    return {
      sqlstate: '42704',
      reason: `the operator class is of the extension ${quoteIdentifier(known.extension)}, which is not installed`,
    };
  return known.methods.includes(method)
    ? null
    : { sqlstate: '42704', reason: `${method} has no operator class ${quoteIdentifier(named)}` };
};

/** A collation for what has none. */
const ofCollation = (element: IndexElem, types: ColumnTypes): Reason | null => {
  const type = element.collation === undefined || element.name === undefined ? null : types.typeOf(element.name);
  const parsed = type === null ? null : parseType(type);
  return parsed !== null && parsed.schema === null && !parsed.array && isNoText(parsed.name)
    ? { sqlstate: '42804', reason: `${type} has no collations` }
    : null;
};

/** An exclusion constraint on columns that its index method has no default operator class for. */
export const refusedExclusion = (
  { exclusions = [], access_method: method = 'btree' }: Constraint,
  { database, hasCatalog }: CheckContext,
  types: ColumnTypes,
): Reason | null => {
  if (!hasCatalog) return null;
  const extensions = new Set(database.catalog.extensions.map(({ name }) => name));
  for (const exclusion of all(exclusions, 'List')) {
    const [element] = all(exclusion.items, 'IndexElem');
    const refused = element === undefined ? null : ofClass(method, element, types, extensions, true);
    if (refused !== null) return refused;
  }
  return null;
};

/** What the server has against the definition of an index, whatever the rows are. */
export const refusedIndex = (context: CheckContext): readonly Refusal[] => {
  const index = as(context.statement.node, 'IndexStmt');
  if (index === undefined) return [];
  const { database } = context;
  const written = nameOf(index.relation);
  // With IF NOT EXISTS and such an index the statement does nothing.
  const schema = database.resolve(written).schema;
  if (index.if_not_exists === true && database.index({ schema, name: index.idxname ?? '' }) !== null) return [];
  const columns = database.table(written)?.columns ?? database.view(written)?.columns ?? [];
  const types = columnTypesOf(database, columns);
  const elements = all(index.indexParams, 'IndexElem');
  const extensions = new Set(database.catalog.extensions.map(({ name }) => name));
  const anyMethod =
    !context.hasCatalog ||
    [...extensions].some((name) => name !== 'plpgsql') ||
    (database.catalog.otherObjects ?? []).some(({ kind }) => kind === 'access method');
  const mayBeOwn = anyMethod || (database.catalog.otherObjects ?? []).some(({ kind }) => kind.startsWith('operator'));
  const { functions, certain } = volatileCalls(database, { List: { items: [...(index.indexParams ?? [])] } });
  const mutable =
    elements.map(({ expr }) => mutablePart(database, expr, types)).find((part) => part !== null) ??
    mutablePart(database, index.whereClause, types);
  const reasons: readonly (Reason | null)[] = [
    ofMethod(index, elements, anyMethod),
    callWithoutText([index.indexParams, index.whereClause], types),
    ...elements.map((element) => ofCollation(element, types)),
    ...elements.map((element) => ofClass(index.accessMethod ?? 'btree', element, types, extensions, mayBeOwn)),
    functions.length > 0 && certain
      ? { sqlstate: '42P17', reason: `${functions.join(', ')} is volatile and an index wants IMMUTABLE` }
      : mutable === null
        ? null
        : { sqlstate: '42P17', reason: `${mutable} is not IMMUTABLE, as an index wants it` },
    findNodes(index.whereClause, 'SubLink').length > 0
      ? { sqlstate: '0A000', reason: 'the predicate of an index cannot hold a query' }
      : null,
  ];
  const range = context.source.head(index.unique === true ? 3 : 2);
  return reasons.flatMap((reason) => (reason === null ? [] : [{ range, ...reason }]));
};
