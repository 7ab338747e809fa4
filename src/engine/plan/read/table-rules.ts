import type { ObjectName } from '../../catalog/catalog.ts';
import type { NewColumn } from '../intent.ts';
import { mentioning } from '../write/column-steps.ts';
import type { Input } from './parse.ts';
import type { Found } from './pattern.ts';
import { newName } from './read-names.ts';
import type { SaidColumn } from './read-new-column.ts';
import type { FoundTable } from './read-table.ts';
import { dotted } from './resolve.ts';
import { type Meaning, nameOf, one, type Rule, rule, unclear } from './rule.ts';
import type { SaidNewTable, Slots } from './slots.ts';

/**
 * Where a new table goes: the schema that was named, else that of the tables it references, else the first schema of the
 * search path that has tables, else the schema with most tables.
 */
function placeNewTable(
  said: SaidNewTable,
  columns: readonly SaidColumn[],
  input: Input,
): { readonly table: ObjectName; readonly note: string | null } | { readonly reason: string } {
  const name = newName(said.name);
  const { schemas, server, tables } = input.catalog;
  if (said.schema !== null) {
    const schema = schemas.find((each) => each.name.toLowerCase() === said.schema?.toLowerCase());
    return schema === undefined
      ? { reason: `there is no schema "${said.schema}"` }
      : { table: { schema: schema.name, name }, note: null };
  }
  const counts = new Map<string, number>();
  for (const table of tables) counts.set(table.schema, (counts.get(table.schema) ?? 0) + 1);
  const referenced = new Set(columns.flatMap((column) => column.column.references?.table.schema ?? []));
  const fullest = [...counts].sort((a, b) => b[1] - a[1])[0]?.[0];
  const onPath = server.searchPath.find((schema) => counts.has(schema));
  const place = (referenced.size === 1 ? [...referenced][0] : undefined) ?? onPath ?? fullest ?? 'public';
  return {
    table: { schema: place, name },
    note: schemas.length > 1 ? `The table is made in the schema ${place}.` : null,
  };
}

function createTable(found: Found<Slots>, input: Input, columns: readonly SaidColumn[]): Meaning {
  const place = placeNewTable(found.one('newTable'), columns, input);
  if ('reason' in place) return unclear(place.reason);
  const notes = [...(place.note === null ? [] : [place.note]), ...columns.flatMap((column) => column.notes)];
  const given = columns.map((column) => column.column);
  if (given.some((column) => column.primaryKey))
    return one({ kind: 'create table', table: place.table, columns: given, comment: null }, notes);
  const id = given.find((column) => column.name === 'id');
  if (id !== undefined) {
    const made: NewColumn = { ...id, primaryKey: true, notNull: true };
    return one(
      {
        kind: 'create table',
        table: place.table,
        columns: given.map((column) => (column === id ? made : column)),
        comment: null,
      },
      [...notes, 'The column id is the primary key.'],
    );
  }
  const generated: NewColumn = {
    name: 'id',
    type: 'bigint',
    notNull: true,
    default: null,
    identity: true,
    generated: null,
    unique: false,
    primaryKey: true,
    indexed: false,
    references: null,
    checks: [],
    comment: null,
  };
  return one({ kind: 'create table', table: place.table, columns: [generated, ...given], comment: null }, [
    ...notes,
    'No primary key is named, so the table gets an identity column id as its primary key.',
  ]);
}

function dropTables(found: readonly FoundTable[], note: string | null = null): Meaning {
  if (found.some(({ byPronoun }) => byPronoun))
    return unclear('what "it" is that should be dropped is not said; name it');
  return {
    readings: found.map(({ table, notes }) => ({
      intent: { kind: 'drop table', table: nameOf(table) },
      assumptions: note === null ? notes : [...notes, note],
    })),
  };
}

const with_ =
  '(with|having|containing|that has|which has|holding|consisting of|of|:|,)* (the)? (following)? (columns|column|fields)? (:)?';

/** The ways to ask for a change of tables, types, schemas and comments. */
export const tableRules: readonly Rule[] = [
  rule(
    `(create|add|make|introduce|define) (a|an|the|new|another)* table (named|called|for)? <newTable> ${with_} <newColumns>`,
    (found, input) => createTable(found, input, found.one('newColumns')),
  ),
  rule(
    `(create|add|make|introduce|define) (a|an|the|new|another)* table (if not exists)? (named|called)? <newTable> [ <newColumns> ]`,
    (found, input) => createTable(found, input, found.one('newColumns')),
  ),
  rule(
    `(create|add|make|introduce|define) (a|an|the|new|another)* <newTable> table ${with_} <newColumns>`,
    (found, input) => createTable(found, input, found.one('newColumns')),
  ),
  rule(
    '(create|add|make|introduce) (a|an|the|new|another)* (empty)? table (named|called)? <newTable>',
    (found, input) => createTable(found, input, []),
  ),

  rule('(drop|delete|remove|get rid of) (the)? (table|tables) <tables> (completely|entirely)?', (found) =>
    dropTables(found.one('tables')),
  ),
  rule('(drop|delete|remove|get rid of) (the)? <table> table', (found) => dropTables([found.one('table')])),
  rule('drop <table>', (found) =>
    dropTables([found.one('table')], `"drop ${found.one('table').table.name}" means the table.`),
  ),

  rule(
    'rename (the)? (table)? <table> (to|as|into) <name> {keep: without breaking anything|without breaking anything else|and keep everything else working|and keep everything working|without breaking the views|without breaking the view}? (<names>)?',
    (found, input) => {
      const { table, notes } = found.one('table');
      const keep = found.words('keep');
      const views = found.maybe('names') ?? [];
      if (views.length > 0 && !/views?$/.test(keep ?? '')) return unclear('what comes after the new name is not clear');
      if (found.one('table').byPronoun === true && input.context.column !== null)
        return unclear('"it" may be the table or its column; name the one that should be renamed');
      const known = new Set(input.catalog.views.map((view) => view.name));
      const unknown = views.find((view) => !known.has(view.text));
      if (unknown !== undefined) return unclear(`there is no view "${unknown.text}"`);
      const broken = keep === null || views.length > 0 ? [] : mentioning(input.catalog, table.name);
      if (broken.length > 0)
        return unclear(`the text of ${broken.join(', ')} mentions ${table.name} and would break; change that first`);
      return one({ kind: 'rename table', table: nameOf(table), newName: newName(found.one('name')) }, [
        ...notes,
        ...(keep === null ? [] : ['Views and foreign keys follow the new name by themselves.']),
      ]);
    },
  ),
  rule('alter table <table> rename to <name>', (found) =>
    one({ kind: 'rename table', table: nameOf(found.one('table').table), newName: newName(found.one('name')) }),
  ),
  rule('(change|alter) the name of (the)? (table)? <table> to <name>', (found) =>
    one(
      { kind: 'rename table', table: nameOf(found.one('table').table), newName: newName(found.one('name')) },
      found.one('table').notes,
    ),
  ),
  rule('(call) <table> <name> (instead|from now on)', (found) =>
    one(
      { kind: 'rename table', table: nameOf(found.one('table').table), newName: newName(found.one('name')) },
      found.one('table').notes,
    ),
  ),

  rule('(create|add|make) (a|the|new)* schema (named|called)? <name>', (found) =>
    one({ kind: 'create schema', schema: newName(found.one('name')) }),
  ),
  rule(
    '(move|put|transfer) (the)? (table|tables)? <tables> (to|into) (the)? (schema <name>|<name> schema)',
    (found, input) => {
      const schema = input.catalog.schemas.find((each) => each.name === newName(found.one('name')));
      if (schema === undefined) return unclear(`there is no schema "${found.one('name').text}"`);
      return {
        readings: found.one('tables').map(({ table, notes }) => ({
          intent: { kind: 'set schema', table: nameOf(table), schema: schema.name },
          assumptions: notes,
        })),
      };
    },
  ),
  rule(
    '(move|put|transfer) (the)? (table|tables)? <tables> (to|into) (their own|a new|its own|a|an own) schema (called|named)? <name>',
    (found) => {
      const schema = newName(found.one('name'));
      return {
        readings: [
          { intent: { kind: 'create schema', schema }, assumptions: [] },
          ...found.one('tables').map(({ table, notes }) => ({
            intent: { kind: 'set schema' as const, table: nameOf(table), schema },
            assumptions: notes,
          })),
        ],
      };
    },
  ),

  rule(
    '(add|append|include|introduce) (a|the|new|another)* (value|label|option)? <label> (as a value|as an option)? (to|in) <enum> (as the last value|as last value|at the end)? ({side: before|after} <label:neighbour>)?',
    (found) => {
      const type = found.one('enum');
      const value = found.one('label');
      const side = found.words('side');
      const neighbour = found.maybe('label', 'neighbour');
      if (neighbour !== null && !type.labels.includes(neighbour))
        return unclear(`${dotted(type)} has no value '${neighbour}'; its values are ${type.labels.join(', ')}`);
      const place =
        neighbour === null
          ? null
          : { side: side === 'before' ? ('before' as const) : ('after' as const), label: neighbour };
      return one(
        { kind: 'add enum value', type: nameOf(type), value, place },
        place === null ? [`'${value}' becomes the last value of ${dotted(type)}.`] : [],
      );
    },
  ),
  rule('alter type <enum> add value <text> ({side: before|after} <label:neighbour>)?', (found) => {
    const neighbour = found.maybe('label', 'neighbour');
    const place =
      neighbour === null
        ? null
        : { side: found.words('side') === 'before' ? ('before' as const) : ('after' as const), label: neighbour };
    return one({ kind: 'add enum value', type: nameOf(found.one('enum')), value: found.one('text'), place });
  }),

  rule('(comment|describe) (on)? (the)? (column)? <columns> (is|as|:|with|saying)? <text>', (found) => {
    const { table, columns, notes } = found.one('columns');
    return {
      readings: columns.map((column) => ({
        intent: { kind: 'comment', table: nameOf(table), column: column.name, text: found.one('text') },
        assumptions: notes,
      })),
    };
  }),
  rule('(comment|describe) (on)? (the)? (table)? <table> (is|as|:|with|saying)? <text>', (found) =>
    one(
      { kind: 'comment', table: nameOf(found.one('table').table), column: null, text: found.one('text') },
      found.one('table').notes,
    ),
  ),
  rule(
    '(add|set|put|change) (a|the)? (comment|description) (of|on|for)? (<text>)? (to|on|of|for) (the)? (column)? <columns> (to|is|:|saying)? (<text:after>)?',
    (found) => {
      const text = found.maybe('text') ?? found.maybe('text', 'after');
      const { table, columns, notes } = found.one('columns');
      if (text === null) return unclear('the text of the comment is not given; put it in quotes');
      return {
        readings: columns.map((column) => ({
          intent: { kind: 'comment', table: nameOf(table), column: column.name, text },
          assumptions: notes,
        })),
      };
    },
  ),
  rule(
    '(add|set|put|change) (a|the)? (comment|description) (of|on|for)? (<text>)? (to|on|of|for) <table> (to|is|:|saying)? (<text:after>)?',
    (found) => {
      const text = found.maybe('text') ?? found.maybe('text', 'after');
      if (text === null) return unclear('the text of the comment is not given; put it in quotes');
      return one(
        { kind: 'comment', table: nameOf(found.one('table').table), column: null, text },
        found.one('table').notes,
      );
    },
  ),
  rule('(drop|remove|delete) (the)? comment (of|on|from) (the)? (column)? <columns>', (found) => {
    const { table, columns, notes } = found.one('columns');
    return {
      readings: columns.map((column) => ({
        intent: { kind: 'comment', table: nameOf(table), column: column.name, text: null },
        assumptions: notes,
      })),
    };
  }),
  rule('(drop|remove|delete) (the)? comment (of|on|from) <table>', (found) =>
    one(
      { kind: 'comment', table: nameOf(found.one('table').table), column: null, text: null },
      found.one('table').notes,
    ),
  ),
];
