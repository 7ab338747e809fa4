import type { RangeVar } from '@pgsql/types';
import type { Catalog, Column, Constraint, Grant, Index, ObjectName, Routine, Table } from '../catalog/catalog.ts';
import { catalogLookup, resolveName } from '../sql/catalog-lookup.ts';
import { lastingPart } from '../sql/lasting-part.ts';
import { all, as, nameOf, nameOfObject, strings } from '../sql/nodes.ts';
import { parseScript, type Statement } from '../sql/parser.ts';
import { quoteIdentifier } from '../sql/quote-identifier.ts';
import { simulate } from '../sql/simulate.ts';
import type { StatementDetail } from '../sql/statement-report.ts';
import { keyOf } from '../sql/table-index.ts';
import { tokensOf } from '../sql/tokens.ts';
import { shownObject } from './wording.ts';

/** Something that is not, after up and down, as it was before. */
export type RoundTripDifference = {
  /** `left`: the up made it and the down leaves it; `gone`: the up removed it and the down does not bring it back. */
  readonly change: 'left' | 'gone' | 'differs';
  /** The thing in words, for example `column email of users`. */
  readonly what: string;
  /** For what differs: what it lacks or has, for example `is not NOT NULL any more`. */
  readonly how: string;
  /** The statement of the down that makes the thing anew, when one does. */
  readonly madeBy: Statement | null;
};

/** What up and then down leave of the database, as far as both can be followed. */
export type RoundTrip = { readonly differences: readonly RoundTripDifference[] };

type Part = { readonly key: string; readonly what: string; readonly traits: Readonly<Record<string, string>> };

/** The traits that a down most often forgets, in the words in which their loss is told. */
const traitsOfColumn = (column: Column): Readonly<Record<string, string>> => ({
  type: column.type,
  'NOT NULL': String(column.notNull),
  DEFAULT: String(column.default !== null && column.generated === null && !/^null(?:::.*)?$/i.test(column.default)),
  IDENTITY: column.identity ?? 'false',
  GENERATED: column.generated ?? 'false',
});

const shapeOfConstraint = ({ kind, columns, references }: Constraint): string =>
  [kind, columns.join(), references === null ? '' : `${keyOf(references.table)} ${references.onDelete}`].join(' ');

const shapeOfIndex = ({ unique, method, keys, predicate, include }: Index): string =>
  [
    unique,
    method,
    keys.map(({ column, descending }) => `${column ?? 'expression'} ${descending}`),
    predicate === null,
    include,
  ].join(' ');

const partsOf = (table: Table): readonly Part[] => {
  const of = shownObject(table);
  return [
    ...table.columns.map((column) => ({
      key: `column ${column.name}`,
      what: `column ${quoteIdentifier(column.name)} of ${of}`,
      traits: traitsOfColumn(column),
    })),
    ...table.constraints
      .filter(({ kind, local }) => local && kind !== 'not null' && kind !== 'trigger')
      .map((constraint) => ({
        key: `constraint ${constraint.kind === 'check' ? constraint.name : shapeOfConstraint(constraint)}`,
        what: `${constraint.kind} constraint ${quoteIdentifier(constraint.name)} of ${of}`,
        traits: {},
      })),
    ...table.indexes
      .filter(({ constraint }) => constraint === null)
      .map((index) => ({
        key: `index ${shapeOfIndex(index)}`,
        what: `index ${quoteIdentifier(index.name)} of ${of}`,
        traits: {},
      })),
    ...table.triggers.map(({ name }) => ({
      key: `trigger ${name}`,
      what: `trigger ${quoteIdentifier(name)} of ${of}`,
      traits: {},
    })),
    ...table.policies.map(({ name }) => ({
      key: `policy ${name}`,
      what: `policy ${quoteIdentifier(name)} of ${of}`,
      traits: {},
    })),
    { key: 'security', what: `table ${of}`, traits: { 'ROW LEVEL SECURITY': String(table.rowSecurity) } },
  ];
};

const inWords = (trait: string, was: string, is: string): string => {
  if (trait === 'type') return `is ${is} instead of ${was}`;
  if (was === 'false') return `has got ${trait}`;
  return is === 'false' ? `has lost its ${trait}` : `has ${trait} ${is} instead of ${was}`;
};

type Change = Omit<RoundTripDifference, 'madeBy'> & { readonly table: ObjectName | null; readonly key: string };

const changesIn = (before: Table, after: Table): readonly Change[] => {
  const table = { schema: before.schema, name: before.name };
  const [was, is] = [partsOf(before), partsOf(after)].map((parts) => new Map(parts.map((part) => [part.key, part])));
  if (was === undefined || is === undefined) return [];
  const gone = [...was.values()].filter(({ key }) => !is.has(key));
  const left = [...is.values()].filter(({ key }) => !was.has(key));
  const differs = [...was.values()].flatMap((part): readonly Change[] => {
    const now = is.get(part.key)?.traits ?? {};
    return Object.entries(part.traits).flatMap(([trait, value]) => {
      const other = now[trait];
      // A type that only a query knows is not known here.
      if (other === undefined || other === value || other === '' || value === '') return [];
      return [{ change: 'differs', what: part.what, how: inWords(trait, value, other), table, key: part.key }];
    });
  });
  const plain =
    (change: 'gone' | 'left') =>
    ({ key, what }: Part): Change => ({ change, what, how: '', table, key });
  return [...gone.map(plain('gone')), ...left.map(plain('left')), ...differs];
};

type Named = ObjectName & { readonly kind?: string };

/** Objects of one kind that one catalog has and the other has not, the unchanged ones passed over by identity. */
const comparedByName = <T extends Named>(
  before: readonly T[],
  after: readonly T[],
  words: (one: T) => string,
): readonly Change[] => {
  if (before === after) return [];
  const names = (list: readonly T[]) => new Set(list.map(keyOf));
  const [was, is] = [names(before), names(after)];
  const told = (change: 'gone' | 'left', list: readonly T[]): readonly Change[] =>
    list.map((one) => ({ change, what: `${words(one)} ${shownObject(one)}`, how: '', table: one, key: '' }));
  return [
    ...told(
      'gone',
      before.filter((one) => !is.has(keyOf(one))),
    ),
    ...told(
      'left',
      after.filter((one) => !was.has(keyOf(one))),
    ),
  ];
};

/** The labels of enums that both have: a value that was added cannot be taken away again. */
const changedLabels = (before: Catalog, after: Catalog): readonly Change[] => {
  if (before.types === after.types) return [];
  const old = catalogLookup(before);
  return after.types.flatMap((type): readonly Change[] => {
    const was = old.type(type);
    if (type.kind !== 'enum' || was?.kind !== 'enum' || was === type) return [];
    return type.labels
      .filter((label) => !was.labels.includes(label))
      .map((label) => ({
        change: 'left',
        what: `value '${label}' of type ${shownObject(type)}`,
        how: '',
        table: null,
        key: '',
      }));
  });
};

/** The code of a routine without its layout and comments, out of the statement that makes it; null when it cannot be read. */
const bodyOf = ({ definition }: Routine): string | null => {
  const script = parseScript(definition);
  const create = script.ok ? as(script.value.statements[0]?.node, 'CreateFunctionStmt') : undefined;
  const text = all(create?.options, 'DefElem').find(({ defname }) => defname === 'as')?.arg;
  const body = as(as(text, 'List')?.items?.[0], 'String')?.sval;
  if (body === undefined) return null;
  return tokensOf(body)
    .filter(({ kind }) => kind !== 'space' && kind !== 'comment')
    .map(({ start, end }) => body.slice(start, end))
    .join(' ');
};

/** Routines of one name and one list of arguments that do something else. */
const changedBodies = (before: Catalog, after: Catalog): readonly Change[] => {
  if (before.routines === after.routines) return [];
  const old = catalogLookup(before);
  return after.routines.flatMap((routine): readonly Change[] => {
    const same = old.routines(routine);
    const [was] = same;
    // Which of several overloads a statement replaces its text alone does not tell.
    if (was === undefined || was === routine || same.length > 1) return [];
    const [then, now] = [bodyOf(was), bodyOf(routine)];
    if (then === null || now === null || then === now) return [];
    const what = `${routine.kind} ${shownObject(routine)}`;
    return [{ change: 'differs', what, how: 'has another body than before', table: null, key: '' }];
  });
};

const keyOfGrant = (grant: Grant): string =>
  [grant.kind, keyOf(grant), grant.column, grant.grantee, grant.privilege, grant.revoked].join('\u0001');

/** What the down itself grants on, or gives a name that it brings its privileges along to, by the key of the relation. */
const grantedBy = (downs: readonly StatementDetail[]): ReadonlySet<string> =>
  new Set(
    downs.flatMap(({ statement, before }) => {
      const found = (relation: RangeVar | undefined): ObjectName =>
        resolveName(nameOf(relation), before.server.searchPath, (name) => hasRelation(before, name));
      const renamed = as(statement.node, 'RenameStmt');
      if (renamed?.relation !== undefined && renamed.subname === undefined)
        return [keyOf({ ...found(renamed.relation), name: renamed.newname ?? '' })];
      return all(as(statement.node, 'GrantStmt')?.objects, 'RangeVar').map((relation) => keyOf(found(relation)));
    }),
  );

const hasRelation = (catalog: Catalog, name: ObjectName): boolean =>
  catalogLookup(catalog).relationKind(name) !== undefined;

/** Privileges that are gone: revoked, or gone with a relation that the down makes anew without granting them again. */
const changedGrants = (before: Catalog, after: Catalog, downs: readonly StatementDetail[]): readonly Change[] => {
  const [was, is] = [before.grants ?? [], after.grants ?? []];
  const [first] = downs;
  if (first === undefined || was.length === 0) return [];
  const again = grantedBy(downs);
  const isLost = (grant: Grant): boolean =>
    grant.kind !== 'schema' &&
    hasRelation(before, grant) &&
    !hasRelation(first.before, grant) &&
    hasRelation(after, grant) &&
    !again.has(keyOf(grant));
  const there = new Set(is.filter((grant) => !isLost(grant)).map(keyOfGrant));
  const roles = new Map<string, Set<string>>();
  for (const grant of was) {
    if (there.has(keyOfGrant(grant)) || grant.revoked) continue;
    const name = shownObject(grant);
    roles.set(name, (roles.get(name) ?? new Set()).add(grant.grantee === '' ? 'PUBLIC' : grant.grantee));
  }
  return [...roles].map(([name, lost]) => ({
    change: 'differs',
    what: name,
    how: `has lost the privileges of ${[...lost].join(', ')}`,
    table: null,
    key: 'grants',
  }));
};

const changesBetween = (before: Catalog, after: Catalog, downs: readonly StatementDetail[]): readonly Change[] => {
  const unchanged = new Set<Table>(before.tables);
  const old = new Map(before.tables.map((table) => [keyOf(table), table]));
  const inTables = after.tables.flatMap((table) => {
    const was = unchanged.has(table) ? undefined : old.get(keyOf(table));
    return was === undefined ? [] : changesIn(was, table);
  });
  const ofColumns = (list: Catalog['sequences']) => list.filter(({ ownedBy }) => ownedBy === null);
  return [
    ...comparedByName(before.tables, after.tables, () => 'table'),
    ...inTables,
    ...comparedByName(before.views, after.views, ({ materialized }) => (materialized ? 'materialized view' : 'view')),
    ...comparedByName(ofColumns(before.sequences), ofColumns(after.sequences), () => 'sequence'),
    ...comparedByName(before.types, after.types, () => 'type'),
    ...changedLabels(before, after),
    ...changedBodies(before, after),
    ...comparedByName(before.routines, after.routines, ({ kind }) => kind),
    ...changedGrants(before, after, downs),
  ];
};

const hasPart = (catalog: Catalog, { table, key }: Change): boolean => {
  if (table === null) return false;
  const found = catalog.tables.find((one) => keyOf(one) === keyOf(table));
  if (found === undefined) return catalog.views.some((one) => keyOf(one) === keyOf(table));
  return key === '' || partsOf(found).some((part) => part.key === key);
};

/** The names that a statement takes away or replaces, so that something of that name may have been there before. */
const replacedNames = ({ node }: Statement): readonly string[] => {
  const drop = as(node, 'DropStmt');
  if (drop !== undefined) return (drop.objects ?? []).map((object) => nameOfObject(object).name);
  const rename = as(node, 'RenameStmt');
  if (rename !== undefined) return [nameOf(rename.relation).name, nameOfObject(rename.object).name];
  const routine = as(node, 'CreateFunctionStmt');
  if (routine?.replace === true) return strings(routine.funcname).slice(-1);
  const view = as(node, 'ViewStmt');
  return view?.replace === true ? [nameOf(view.view).name] : [];
};

/**
 * Without a catalog only what the up has made for certain can be left: nothing of its name is taken away or replaced
 * before, and the down does not touch it.
 */
const isLeftForCertain = (details: readonly StatementDetail[], end: Catalog): ((change: Change) => boolean) => {
  const replaced = new Set(details.flatMap(({ statement }) => replacedNames(statement)));
  const first = details.find(({ direction }) => direction === 'down')?.before ?? end;
  const objectsOf = ({ tables, views, sequences, types, routines }: Catalog) =>
    [tables, views, sequences, types, routines].flatMap((list) => [...list] as ObjectName[]);
  const made = new Set(objectsOf(first));
  const kept = new Set(
    objectsOf(end)
      .filter((one) => made.has(one))
      .map(keyOf),
  );
  return ({ change, table, key }) =>
    change === 'left' && key === '' && table !== null && kept.has(keyOf(table)) && !replaced.has(table.name);
};

/** What cannot be followed: code that runs, and what the simulation was not certain of. */
const isFollowed = (details: readonly StatementDetail[]): boolean =>
  details.every(({ after, statement }) => {
    const { unknown, uncertain } = after();
    // An extension brings objects that nobody has written down here.
    return !unknown && uncertain.length === 0 && as(statement.node, 'CreateExtensionStmt') === undefined;
  });

/** Compares the catalog before the up with the catalog after the down; null when they cannot be followed that far. */
export const roundTripOf = (
  details: readonly StatementDetail[],
  { serverVersion, catalog }: { readonly serverVersion: number; readonly catalog: Catalog | null },
): RoundTrip | null => {
  const [first] = details;
  const last = details.at(-1);
  if (first === undefined || last === undefined || last.direction !== 'down' || !isFollowed(details)) return null;
  const searchPath = last.settings.searchPath ?? last.before.server.searchPath;
  const end = simulate(last.before, last.statement, { searchPath, serverVersion }).catalog;
  const [before, after] = [lastingPart(first.before), lastingPart(end)];
  const downs = details.filter(({ direction }) => direction === 'down');
  const madeBy = (change: Change): Statement | null => {
    if (change.change === 'gone') return null;
    const at = downs.findIndex(
      (detail, index) => !hasPart(detail.before, change) && hasPart(downs[index + 1]?.before ?? end, change),
    );
    return downs[at]?.statement ?? null;
  };
  const renames = details.some(({ statement }) => 'RenameStmt' in statement.node);
  // Expressions and conditions are texts: a renamed column in them is not followed.
  const isCertain = ({ change, key }: Change): boolean =>
    !(renames && change !== 'differs' && key.startsWith('index ') && /expression| false /.test(key));
  const isKnown = catalog === null ? isLeftForCertain(details, after) : isCertain;
  const found = changesBetween(before, after, downs).filter(isKnown);
  const differences = found.map((change) => ({
    change: change.change,
    what: change.what,
    how: change.how,
    madeBy: madeBy(change),
  }));
  return { differences };
};
