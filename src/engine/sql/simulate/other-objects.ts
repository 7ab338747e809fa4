import type { CreateStatsStmt, DefineStmt, DropStmt, RenameStmt, RuleStmt } from '@pgsql/types';
import type { Catalog, DefinedObject, ObjectName } from '../../catalog/catalog.ts';
import { sameName } from '../catalog-lookup.ts';
import { all, as, columnsIn, nameOf, nameOfObject, nameOfParts, strings } from '../nodes.ts';
import { parseScript } from '../parser.ts';
import { quoteIdentifier } from '../quote-identifier.ts';
import { chooseName } from './object-names.ts';
import type { Simulation } from './simulation.ts';

type Named = Pick<DefinedObject, 'kind' | 'schema' | 'name' | 'table'>;

const ruleName = (relation: string, rule: string): string => `${quoteIdentifier(relation)}.${quoteIdentifier(rule)}`;

const isSame = (a: Named, b: Named): boolean => a.kind === b.kind && sameName(a, b);

function withObject(catalog: Catalog, named: Named, text: string): Catalog {
  const others = (catalog.otherObjects ?? []).filter((other) => !isSame(other, named));
  return { ...catalog, otherObjects: [...others, { ...named, definition: text, owner: '', comment: null }] };
}

/** `CREATE [OR REPLACE] RULE`. */
export function createRule(simulation: Simulation, statement: RuleStmt, text: string): Catalog {
  const { schema, name } = simulation.relation(statement.relation);
  const named = {
    kind: 'rule',
    schema,
    name: ruleName(name, statement.rulename ?? ''),
    table: { schema, name },
  };
  return withObject(simulation.catalog, named, text);
}

/** The name that the server chooses for statistics of a table. */
function statisticsName(catalog: Catalog, { schema, name }: ObjectName, words: readonly string[]): string {
  const others = catalog.otherObjects ?? [];
  const isTaken = (chosen: string): boolean =>
    others.some((other) => isSame(other, { kind: 'statistics', schema, name: chosen, table: null }));
  return chooseName(name, words, 'stat', isTaken);
}

/** `CREATE STATISTICS`, with the name that the server chooses where none is written. */
export function createStatistics(simulation: Simulation, statement: CreateStatsStmt, text: string): Catalog {
  const { schema, name } = simulation.relation(as(statement.relations?.[0], 'RangeVar'));
  const own =
    statement.defnames === undefined
      ? { schema, name: statisticsName(simulation.catalog, { schema, name }, wordsOf(statement)) }
      : simulation.newName(nameOfParts(strings(statement.defnames)));
  return withObject(simulation.catalog, { kind: 'statistics', ...own, table: { schema, name } }, text);
}

/** `CREATE COLLATION`. */
export function createCollation(simulation: Simulation, statement: DefineStmt, text: string): Catalog {
  const name = simulation.newName(nameOfParts(strings(statement.defnames)));
  return withObject(simulation.catalog, { kind: 'collation', ...name, table: null }, text);
}

/** The catalog's own words for kinds of objects that are known by the statements that make them. */
const kinds: Readonly<Record<string, string | undefined>> = {
  OBJECT_RULE: 'rule',
  OBJECT_STATISTIC_EXT: 'statistics',
  OBJECT_COLLATION: 'collation',
  OBJECT_EVENT_TRIGGER: 'event trigger',
};

/** A catalog without the rules, statistics, collations and event triggers that a `DROP` names. */
export function dropOtherObjects(simulation: Simulation, statement: DropStmt): Catalog {
  const { catalog } = simulation;
  const kind = kinds[statement.removeType ?? ''];
  if (kind === undefined) return catalog;
  const gone = (statement.objects ?? []).flatMap((object): readonly ObjectName[] => {
    if (kind !== 'rule') {
      const { schema, name } = nameOfObject(object);
      return schema === null
        ? ['', ...simulation.searchPath].map((one) => ({ schema: one, name }))
        : [{ schema, name }];
    }
    const parts = strings(as(object, 'List')?.items);
    const { schema, name } = simulation.relation(nameOfParts(parts.slice(0, -1)));
    return [{ schema, name: ruleName(name, parts.at(-1) ?? '') }];
  });
  const others = catalog.otherObjects ?? [];
  return {
    ...catalog,
    otherObjects: others.filter((other) => other.kind !== kind || !gone.some((name) => sameName(other, name))),
  };
}

/** A catalog without what belongs to a table that is gone. */
export function withoutObjectsOf(catalog: Catalog, table: ObjectName): Catalog {
  const others = catalog.otherObjects ?? [];
  const kept = others.filter((other) => other.table === null || !sameName(other.table, table));
  return kept.length === others.length ? catalog : { ...catalog, otherObjects: kept };
}

const statisticsIn = ({ definition }: DefinedObject): CreateStatsStmt | undefined => {
  const script = parseScript(definition);
  return script.ok ? as(script.value.statements[0]?.node, 'CreateStatsStmt') : undefined;
};

/** What statistics are on: names of columns, and `expr` for expressions. */
const wordsOf = (statement: CreateStatsStmt | undefined): readonly string[] =>
  all(statement?.exprs, 'StatsElem').map((element) => element.name ?? 'expr');

/** A catalog without the statistics on a column of a table. */
export function withoutStatisticsOn(catalog: Catalog, table: ObjectName, column: string): Catalog {
  const uses = (other: DefinedObject): boolean => {
    if (other.kind !== 'statistics' || other.table === null || !sameName(other.table, table)) return false;
    const statement = statisticsIn(other);
    return wordsOf(statement).includes(column) || columnsIn(statement?.exprs).includes(column);
  };
  const others = catalog.otherObjects ?? [];
  return others.some(uses) ? { ...catalog, otherObjects: others.filter((other) => !uses(other)) } : catalog;
}

/** A catalog in which a table has the statistics of another, under names of its own. */
export function copyStatistics(catalog: Catalog, from: ObjectName, to: ObjectName): Catalog {
  const copied = (catalog.otherObjects ?? []).filter(
    ({ kind, table }) => kind === 'statistics' && table !== null && sameName(table, from),
  );
  return copied.reduce((current, other) => {
    const name = statisticsName(current, to, wordsOf(statisticsIn(other)));
    return withObject(current, { kind: 'statistics', schema: to.schema, name, table: to }, other.definition);
  }, catalog);
}

/** A catalog in which what belongs to a relation follows it to its new name. */
export function moveObjectsOf(catalog: Catalog, from: ObjectName, to: ObjectName): Catalog {
  const others = catalog.otherObjects ?? [];
  const belongs = ({ table }: DefinedObject) => table !== null && sameName(table, from);
  if (!others.some(belongs)) return catalog;
  const prefix = `${quoteIdentifier(from.name)}.`;
  const otherObjects = others.map((other): DefinedObject => {
    if (!belongs(other)) return other;
    if (other.kind !== 'rule') return { ...other, table: to };
    const rule = other.name.startsWith(prefix) ? other.name.slice(prefix.length) : other.name;
    return { ...other, schema: to.schema, name: `${quoteIdentifier(to.name)}.${rule}`, table: to };
  });
  return { ...catalog, otherObjects };
}

/** `ALTER RULE`, `STATISTICS` and `COLLATION … RENAME`. */
export function renameOtherObject(simulation: Simulation, statement: RenameStmt): Catalog {
  const { catalog } = simulation;
  const kind = kinds[statement.renameType ?? ''];
  const to = statement.newname ?? '';
  const relation = simulation.relation(nameOf(statement.relation));
  const written = nameOfObject(statement.object);
  const isNamed = (other: DefinedObject): boolean =>
    other.kind === kind &&
    (kind === 'rule'
      ? sameName(other, { schema: relation.schema, name: ruleName(relation.name, statement.subname ?? '') })
      : other.name === written.name && (written.schema === null || other.schema === written.schema));
  const name = kind === 'rule' ? ruleName(relation.name, to) : to;
  return {
    ...catalog,
    otherObjects: (catalog.otherObjects ?? []).map((other) => (isNamed(other) ? { ...other, name } : other)),
  };
}
