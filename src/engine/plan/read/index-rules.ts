import type { IndexKey } from '../intent.ts';
import type { Found } from './pattern.ts';
import { newName } from './read-names.ts';
import { dotted, resolveColumn } from './resolve.ts';
import { type Meaning, nameOf, one, type Rule, rule, unclear } from './rule.ts';
import { nameKey } from './same-name.ts';
import type { SaidKeys, Slots } from './slots.ts';

const methods: Readonly<Record<string, string>> = {
  gin: 'gin',
  gist: 'gist',
  brin: 'brin',
  hash: 'hash',
  btree: 'btree',
  'b-tree': 'btree',
  spgist: 'spgist',
  'sp-gist': 'spgist',
};

const keysOf = (found: Found<Slots>): SaidKeys => found.one('keys');

const addIndex = (found: Found<Slots>): Meaning => {
  const { table, keys, notes } = keysOf(found);
  const said = found.maybe('name');
  const method = methods[found.words('method') ?? found.words('using') ?? ''] ?? null;
  return one(
    {
      kind: 'add index',
      table: nameOf(table),
      name: said === null ? null : newName(said),
      method: method === 'btree' ? null : method,
      unique: found.words('unique') !== null,
      keys,
      include: found.maybe('columns')?.columns.map((column) => column.name) ?? [],
      where: found.maybe('expression'),
    },
    notes,
  );
};

const lowerCase = (keys: readonly IndexKey[]): readonly IndexKey[] =>
  keys.map((key) =>
    key.column === null
      ? key
      : {
          column: null,
          expression: `lower(${/^[a-z_][a-z0-9_]*$/.test(key.column) ? key.column : `"${key.column.replaceAll('"', '""')}"`})`,
          descending: false,
        },
  );

const addUnique = (found: Found<Slots>): Meaning => {
  const { table, keys, notes } = keysOf(found);
  const said = found.maybe('name');
  const name = said === null ? null : newName(said);
  const where = found.maybe('expression');
  const ignoreCase = found.words('case') !== null;
  const columns = keys.flatMap((key) => (key.column === null || key.descending ? [] : [key.column]));
  if (!ignoreCase && where === null && columns.length === keys.length) {
    return one({ kind: 'add unique', table: nameOf(table), name, columns }, notes);
  }
  const reason = ignoreCase
    ? 'Ignoring case is a unique index on lower(…); a constraint cannot do that.'
    : 'This is a unique index: a constraint cannot have a condition or an expression.';
  return one(
    {
      kind: 'add index',
      table: nameOf(table),
      name,
      method: null,
      unique: true,
      keys: ignoreCase ? lowerCase(keys) : keys,
      include: [],
      where,
    },
    [...notes, reason],
  );
};

const indexForeignKeys = (found: Found<Slots>): Meaning => {
  const { table, notes } = found.one('table');
  const missing = table.constraints.filter(
    (constraint) =>
      constraint.kind === 'foreign key' &&
      !table.indexes.some(
        (index) =>
          index.predicate === null &&
          constraint.columns.every((column) =>
            index.keys.slice(0, constraint.columns.length).some((key) => key.column === column),
          ),
      ),
  );
  if (missing.length === 0)
    return unclear(`every foreign key of ${dotted(table)} has an index already, or there is none`);
  return {
    readings: missing.map((constraint, position) => ({
      intent: {
        kind: 'add index',
        table: nameOf(table),
        name: null,
        method: null,
        unique: false,
        keys: constraint.columns.map((column) => ({ column, expression: null, descending: false })),
        include: [],
        where: null,
      },
      assumptions:
        position === 0
          ? [
              ...notes,
              `Indexed are the foreign keys of ${dotted(table)} that have no index: ${missing.map((each) => each.columns.join(', ')).join('; ')}.`,
            ]
          : [],
    })),
  };
};

const sameKeys = (
  index: { readonly keys: readonly { readonly column: string | null; readonly expression: string | null }[] },
  keys: readonly IndexKey[],
): boolean =>
  index.keys.length === keys.length &&
  index.keys.every(
    (key, position) =>
      key.column === (keys[position]?.column ?? null) &&
      (key.column !== null || nameKey(key.expression ?? '') === nameKey(keys[position]?.expression ?? '')),
  );

const dropIndexOn = (found: Found<Slots>): Meaning => {
  const { table, keys, notes } = keysOf(found);
  const matches = table.indexes.filter((index) => index.constraint === null && sameKeys(index, keys));
  const [index] = matches;
  if (index === undefined)
    return unclear(
      `${dotted(table)} has no such index; its indexes are ${table.indexes.map((each) => each.name).join(', ') || 'none'}`,
    );
  if (matches.length > 1)
    return unclear(`several indexes fit: ${matches.map((each) => each.name).join(', ')}; please say which`);
  return one({ kind: 'drop index', table: nameOf(table), index: index.name }, [
    ...notes,
    `The index on ${dotted(table)} is ${index.name}.`,
  ]);
};

const gently =
  '(concurrently|online|safely|without blocking writes|without locking|without locking the table|without blocking|without downtime|in the background)?';
const where =
  '(where|when|only where|for rows where|only for rows where|with the condition|with condition) <expression>';
const anyCase =
  '{case: regardless of case|regardless of upper and lower case|regardless of upper or lower case|ignoring case|ignoring upper and lower case|case insensitively|case-insensitively|case insensitive|case-insensitive|without regard to case|no matter the case|irrespective of case}?';

/** The ways to ask for a change of indexes and of uniqueness. */
export const indexRules: readonly Rule[] = [
  rule(
    `(add|create|build|put|make|define) (a|an|the|new|another)* (partial|composite|multicolumn|multi-column|functional|covering|expression)* {unique: unique}? (partial|composite|multicolumn)? {method: gin|gist|brin|hash|btree|b-tree|spgist}? index ${gently} ((named|called)? <name>)? (to|on|for|over|in|of)* <keys> (using {using: gin|gist|brin|hash|btree|spgist})? (${where})? ((named|called) <name>)? ${gently}`,
    addIndex,
  ),
  rule(
    `(in|on|for) <table> (,)? (add|create|build) (a|an)? {unique: unique}? index (on|for|over)? <name:col>`,
    (found) => {
      const { table, notes } = found.one('table');
      const column = table.columns.find((each) => nameKey(each.name) === nameKey(found.one('name', 'col').text));
      if (column === undefined) return unclear(`${dotted(table)} has no column "${found.one('name', 'col').text}"`);
      const keys = [{ column: column.name, expression: null, descending: false }];
      return one(
        {
          kind: 'add index',
          table: nameOf(table),
          name: null,
          method: null,
          unique: found.words('unique') !== null,
          keys,
          include: [],
          where: null,
        },
        notes,
      );
    },
  ),
  rule(`index <keys> (${where})? ${gently}`, addIndex),
  rule(`<keys> (should|must|needs to|need to) be indexed (${where})? ${gently}`, addIndex),
  rule(`<keys> (need|needs|should have|should get|requires) an index (${where})? ${gently}`, addIndex),
  rule(
    `(speed up|accelerate|make faster) (searching|finding|looking up|lookups|queries|searches|filtering|sorting)? (of|on|for|in)? <keys> ${gently}`,
    addIndex,
  ),
  rule(
    `(make) (searching|finding|looking up|lookups of|queries on|searches of|searches for|filtering) <keys> (fast|faster|quick)`,
    addIndex,
  ),
  rule(
    '(add|create|build)? (an)? (index|indexes) (for|on)? (all|every|each)? (the)? (foreign key columns|foreign keys|foreign key) (of|on|in) <table>',
    indexForeignKeys,
  ),
  rule(
    '(all|every|each|the)* (foreign key columns|foreign keys|foreign key) (of|on|in) <table> (should|must|need to|needs to) (be indexed|have an index|have indexes)',
    indexForeignKeys,
  ),
  rule(
    '(finding|searching|listing|loading|getting|fetching|looking up) (all|the)* <table> (of|for|by) (one|a|an|each|any|some|given)* <reference> is (too|very)? slow (.|,|;)* (please|and)* (fix|improve|speed up) (it|this|that) (without blocking writes on <table:same>|without blocking writes|without locking|concurrently)?',
    (found) => {
      const { table, notes } = found.one('table');
      const target = found.one('reference').table;
      const keys = table.constraints.filter(
        (each) =>
          each.kind === 'foreign key' &&
          each.references?.table.schema === target.schema &&
          each.references.table.name === target.name,
      );
      const [key] = keys;
      if (key === undefined || keys.length > 1)
        return unclear(`which column of ${dotted(table)} holds its ${target.name} is not clear`);
      return one(
        {
          kind: 'add index',
          table: nameOf(table),
          name: null,
          method: null,
          unique: false,
          keys: key.columns.map((column) => ({ column, expression: null, descending: false })),
          include: [],
          where: null,
        },
        [...notes, `The rows of one ${target.name} are found by ${key.columns.join(', ')}.`],
      );
    },
  ),
  rule(
    '<table> (must|should|need to|needs to|have to) be unique by <name> {required: and never empty|and never null|and not null|, never empty}?',
    (found) => {
      const { table, notes } = found.one('table');
      const resolved = resolveColumn(table, found.one('name'));
      if (resolved.found === null) return unclear(resolved.reason);
      const column = resolved.found.name;
      const required = {
        intent: { kind: 'set not null' as const, table: nameOf(table), column, fill: null },
        assumptions: [],
      };
      const unique = {
        intent: { kind: 'add unique' as const, table: nameOf(table), name: null, columns: [column] },
        assumptions: notes,
      };
      return { readings: found.words('required') === null ? [unique] : [required, unique] };
    },
  ),

  rule(`(drop|remove|delete) (the)? (unique)? index <index> (from|on|of)? (<table>)? ${gently}`, (found) => {
    const { table, index } = found.one('index');
    const named = found.maybe('table');
    if (named !== null && named.table !== table) return unclear(`the index ${index.name} belongs to ${dotted(table)}`);
    return one({ kind: 'drop index', table: nameOf(table), index: index.name });
  }),
  rule('(drop|remove|delete) (the)? <index> index', (found) =>
    one({ kind: 'drop index', table: nameOf(found.one('index').table), index: found.one('index').index.name }),
  ),
  rule('(drop|remove|delete) (the)? (unique)? index (on|for|of|over) <keys>', dropIndexOn),

  rule(`(make|mark|declare|keep) <keys> unique ${anyCase} (${where})?`, addUnique),
  rule(
    `<keys> (must|should|has to|have to|needs to|need to|shall|will|are to|is to) be unique ${anyCase} (${where})?`,
    addUnique,
  ),
  rule(
    `(add|create|put|define|set) (a|an|the)? (unique|uniqueness) (constraint|key|rule)? ((named|called)? <name>)? (to|on|for|over|in|of)* <keys> ${anyCase} (${where})?`,
    addUnique,
  ),
  rule(
    `(ensure|enforce|guarantee) (that)? (the)? (uniqueness of)? <keys> (is unique|are unique)? ${anyCase}`,
    addUnique,
  ),
  rule(`(the)? combination of <keys> (must|should|has to) be unique`, addUnique),
  rule(`alter table <table> add (constraint <name>)? unique [ <columns> ]`, (found) => {
    const said = found.maybe('name');
    return one({
      kind: 'add unique',
      table: nameOf(found.one('table').table),
      name: said === null ? null : newName(said),
      columns: found.one('columns').columns.map((column) => column.name),
    });
  }),
];
