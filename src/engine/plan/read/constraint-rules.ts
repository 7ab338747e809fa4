import type { Constraint, Table } from '../../catalog/catalog.ts';
import { quoteIdentifier } from '../../sql/quote-identifier.ts';
import type { Found } from './pattern.ts';
import { newName } from './read-names.ts';
import { dotted, resolveColumn } from './resolve.ts';
import { type Meaning, nameOf, one, type Rule, rule, unclear } from './rule.ts';
import type { Slots } from './slots.ts';

const nameIn = (found: Found<Slots>): string | null => {
  const said = found.maybe('name');
  return said === null ? null : newName(said);
};

const addForeignKey = (found: Found<Slots>): Meaning => {
  const columns = found.one('columns');
  const { reference, notes } = found.one('reference');
  return one(
    {
      kind: 'add foreign key',
      table: nameOf(columns.table),
      name: nameIn(found),
      columns: columns.columns.map((column) => column.name),
      references: reference,
    },
    [...columns.notes, ...notes],
  );
};

/** The column of a table that is named after another table: `customer_id` for customers. */
const foreignKeyBetween = (found: Found<Slots>): Meaning => {
  const { table, notes } = found.one('table');
  const { reference, table: target, notes: more } = found.one('reference');
  const key = reference.columns[0] ?? target.constraints.find((each) => each.kind === 'primary key')?.columns[0];
  const named = target.name.toLowerCase().replace(/s$/, '');
  const candidates = table.columns.filter(
    (column) =>
      [`${named}_${key}`, `${target.name.toLowerCase()}_${key}`, `${named}_id`, key].includes(
        column.name.toLowerCase(),
      ) && !(table === target && column.name === key),
  );
  const [column] = candidates;
  if (column === undefined)
    return unclear(
      `${dotted(table)} has no column that is named after ${dotted(target)}; please say which column references it`,
    );
  if (candidates.length > 1)
    return unclear(
      `${candidates.map((each) => each.name).join(' and ')} could both reference ${dotted(target)}; please say which`,
    );
  return one(
    {
      kind: 'add foreign key',
      table: nameOf(table),
      name: nameIn(found),
      columns: [column.name],
      references: reference,
    },
    [...notes, ...more, `The column of ${dotted(table)} that references ${dotted(target)} is ${column.name}.`],
  );
};

const addCheck = (table: Table, name: string | null, condition: string, notes: readonly string[]): Meaning =>
  one({ kind: 'add check', table: nameOf(table), name, condition }, notes);

const eachColumn = (found: Found<Slots>, condition: (column: string) => string): Meaning => {
  const { table, columns, notes } = found.one('columns');
  return {
    readings: columns.map((column, index) => ({
      intent: {
        kind: 'add check',
        table: nameOf(table),
        name: nameIn(found),
        condition: condition(quoteIdentifier(column.name)),
      },
      assumptions: index === 0 ? notes : [],
    })),
  };
};

const compared = (found: Found<Slots>): Meaning => {
  const operator = found.one('comparison');
  const value = found.one('value');
  if (value.bare !== null) return unclear(`"${value.bare}" is not a value to compare with`);
  return eachColumn(found, (column) => `${column} ${operator} ${value.text}`);
};

/** A check that compares a column with another one of its table. */
function compareColumns(found: Found<Slots>, operator: string): Meaning {
  const { table, columns, notes } = found.one('columns');
  const other = resolveColumn(table, found.one('name'));
  const [column] = columns;
  if (other.found === null) return unclear(other.reason);
  if (column === undefined || columns.length > 1) return unclear('two columns can be compared at a time');
  const condition = `${quoteIdentifier(column.name)} ${operator} ${quoteIdentifier(other.found.name)}`;
  return addCheck(table, null, condition, [
    ...notes,
    ...(other.note === null ? [] : [other.note]),
    'A row in which one of the two is null is allowed.',
  ]);
}

const dropConstraint = (table: Table, constraint: Constraint, notes: readonly string[] = []): Meaning =>
  one({ kind: 'drop constraint', table: nameOf(table), constraint: constraint.name }, notes);

const dropByColumns =
  (kinds: readonly Constraint['kind'][], words: string) =>
  (found: Found<Slots>): Meaning => {
    const { table, columns, notes } = found.one('columns');
    const target = found.maybe('table');
    const names = columns.map((column) => column.name);
    const matches = table.constraints.filter(
      (constraint) =>
        kinds.includes(constraint.kind) &&
        constraint.columns.length === names.length &&
        names.every((name) => constraint.columns.includes(name)) &&
        (target === null ||
          (constraint.references?.table.schema === target.table.schema &&
            constraint.references.table.name === target.table.name)),
    );
    const [constraint] = matches;
    if (constraint === undefined) return unclear(`${dotted(table)} has no ${words} on ${names.join(', ')}`);
    if (matches.length > 1)
      return unclear(`several constraints fit: ${matches.map((each) => each.name).join(', ')}; please say which`);
    return dropConstraint(table, constraint, [...notes, `The ${words} is ${constraint.name}.`]);
  };

const dropOnlyOne =
  (kind: Constraint['kind'], words: string) =>
  (found: Found<Slots>): Meaning => {
    const { table, notes } = found.one('table');
    const target = found.maybe('table', 'target');
    const matches = table.constraints.filter(
      (constraint) =>
        constraint.kind === kind &&
        (target === null ||
          (constraint.references?.table.schema === target.table.schema &&
            constraint.references.table.name === target.table.name)),
    );
    const [constraint] = matches;
    if (constraint === undefined) return unclear(`${dotted(table)} has no ${words}`);
    if (matches.length > 1)
      return unclear(`${dotted(table)} has several: ${matches.map((each) => each.name).join(', ')}; please say which`);
    return dropConstraint(table, constraint, [...notes, `The ${words} is ${constraint.name}.`]);
  };

const dropNamed = (found: Found<Slots>): Meaning => {
  const { table, constraint } = found.one('constraint');
  const named = found.maybe('table');
  if (named !== null && named.table !== table)
    return unclear(`${dotted(named.table)} has no constraint "${constraint.name}"`);
  return dropConstraint(table, constraint);
};

const must = '(must|should|has to|have to|needs to|need to|shall|may|can|is|are)';
const kindWord =
  '(constraint|check constraint|check|unique constraint|foreign key constraint|foreign key|primary key constraint|primary key|fk|exclusion constraint)';

/** The ways to ask for a change of constraints. */
export const constraintRules: readonly Rule[] = [
  rule(
    '(add|create|define|put|set up) (a|an|the)? (foreign key|foreign-key|fk|foreign key constraint|reference) (constraint)? ((named|called) <name>)? (from|on|for|to|of)? <columns> (to|referencing|references|that references|which references|pointing to|pointing at|and) <reference>',
    addForeignKey,
  ),
  rule(
    '(add|create|define|put|set up) (a|an|the)? (foreign key|foreign-key|fk|foreign key constraint) (constraint)? (from|on|for|between)? <table> (to|and|referencing|pointing to) <reference>',
    foreignKeyBetween,
  ),
  rule(
    '(make|let|have) <columns> (a foreign key to|a foreign key referencing|reference|references|refer to|point to|point at) <reference>',
    addForeignKey,
  ),
  rule(
    `<columns> (should|must|has to|needs to|ought to) (be a foreign key to|reference|refer to|point to|exist in|be a reference to) <reference>`,
    addForeignKey,
  ),
  rule('(link|connect|tie) <columns> (to|with) <reference>', addForeignKey),
  rule('alter table <table> add (constraint <name>)? foreign key <columns> references <reference>', addForeignKey),

  rule(
    '(add|create|define|put) (a|an|the)? check (constraint)? ((named|called)? <name>)? (to|on|for) <table> (that|so that|which ensures|which ensures that|ensuring|ensuring that|to ensure|requiring|requiring that|where|with|:|,|check)* <expression>',
    (found) => addCheck(found.one('table').table, nameIn(found), found.one('expression'), found.one('table').notes),
  ),
  rule(
    '(add|create|define|put) (a|an|the)? check (constraint)? (that|:)? <expression> (to|on|for|in) <table>',
    (found) => addCheck(found.one('table').table, null, found.one('expression'), found.one('table').notes),
  ),
  rule('alter table <table> add (constraint <name>)? check <expression>', (found) =>
    addCheck(found.one('table').table, nameIn(found), found.one('expression'), []),
  ),
  rule('(in|on|for) <table> (,)? (make sure|ensure|check|require|enforce) (that)? <expression>', (found) =>
    addCheck(found.one('table').table, null, found.one('expression'), found.one('table').notes),
  ),

  rule(`<columns> ${must} (always)? be positive`, (found) => eachColumn(found, (column) => `${column} > 0`)),
  rule(`<columns> (must not|cannot|can't|may not|must never|should never|should not|can never) be negative`, (found) =>
    eachColumn(found, (column) => `${column} >= 0`),
  ),
  rule(`<columns> ${must} (always)? be (non-negative|nonnegative|not negative|zero or more|zero or greater)`, (found) =>
    eachColumn(found, (column) => `${column} >= 0`),
  ),
  rule(`<columns> (must not|cannot|can't|may not|must never|should never|should not|can never) be (zero)`, (found) =>
    eachColumn(found, (column) => `${column} <> 0`),
  ),
  rule(`<columns> ${must} (always)? be <comparison> <value>`, compared),
  rule(`(make sure|ensure) <columns> (is|are) (always)? <comparison> <value>`, compared),
  rule(
    `<columns> ${must} (always)? be (in the range|in range)? (between|from) <value:low> (and|to) <value:high> (inclusive)?`,
    (found) => {
      const [low, high] = [found.one('value', 'low'), found.one('value', 'high')];
      if (low.bare !== null || high.bare !== null) return unclear('the limits are not values');
      return eachColumn(found, (column) => `${column} BETWEEN ${low.text} AND ${high.text}`);
    },
  ),
  rule(
    `<columns> ${must} (only)? be (one of|either) <label:a> (,)? (or)? <label:b> (,|or|, or)* (<label:c>)? (,|or)* (<label:d>)? (,|or)* (<label:e>)?`,
    (found) => {
      const labels = ['a', 'b', 'c', 'd', 'e'].flatMap((name) => found.maybe('label', name) ?? []);
      if (labels.some((label) => /^(?:or|and)$/i.test(label))) return unclear('the list of values is not clear');
      return eachColumn(
        found,
        (column) => `${column} IN (${labels.map((label) => `'${label.replaceAll("'", "''")}'`).join(', ')})`,
      );
    },
  ),
  rule(`<columns> ${must} not be (empty|blank|an empty string)`, (found) =>
    eachColumn(found, (column) => `${column} <> ''`),
  ),
  rule(
    "<columns> (can't|cannot|can not|must not|may not|must never|should not|should never|can never) be {order: before|earlier than|less than|smaller than|lower than|after|later than|greater than|more than|higher than|larger than} (the|its|their)* <name>",
    (found) =>
      compareColumns(found, /before|earlier|less|smaller|lower/.test(found.words('order') ?? '') ? '>=' : '<='),
  ),
  rule(
    '<columns> (must|should|has to|have to|needs to) (always)? be {order: on or after|not before|at or after|after|later than|greater than|on or before|not after|at or before|before|earlier than|less than} (the|its|their)* <name>',
    (found) => {
      const order = found.words('order') ?? '';
      const operator = /on or after|not before|at or after/.test(order)
        ? '>='
        : /on or before|not after|at or before/.test(order)
          ? '<='
          : /after|later|greater/.test(order)
            ? '>'
            : '<';
      return compareColumns(found, operator);
    },
  ),
  rule(`(drop|remove|delete) (the)? ${kindWord} <constraint> (from|on|of)? (<table>)?`, dropNamed),
  rule(`(drop|remove|delete) (the)? <constraint> ${kindWord} (from|on|of)? (<table>)?`, dropNamed),
  rule(`alter table <table> drop constraint <constraint>`, dropNamed),
  rule(
    '(drop|remove|delete) (the)? (foreign key|fk|foreign key constraint|reference) (from|on|of|for) <columns> (to <table>)?',
    dropByColumns(['foreign key'], 'foreign key'),
  ),
  rule(
    '(drop|remove|delete) (the)? (unique constraint|uniqueness|unique key) (from|on|of|for) <columns>',
    dropByColumns(['unique'], 'unique constraint'),
  ),
  rule(
    '(drop|remove|delete) (the)? (check|check constraint) (from|on|of|for) <columns>',
    dropByColumns(['check'], 'check constraint'),
  ),
  rule(
    '(drop|remove|delete) (the)? (primary key|primary key constraint|pk) (from|on|of) <table>',
    dropOnlyOne('primary key', 'primary key'),
  ),
  rule(
    '(drop|remove|delete) (the)? (foreign key|fk|foreign key constraint) (from|on|of|between) <table> (to|and) <table:target>',
    dropOnlyOne('foreign key', 'foreign key'),
  ),

  rule('(add|create|define|put|set) (a|the)? primary key (to|on|for)? <columns>', (found) => {
    const { table, columns, notes } = found.one('columns');
    return one(
      { kind: 'add primary key', table: nameOf(table), name: null, columns: columns.map((column) => column.name) },
      notes,
    );
  }),
  rule('make <columns> the primary key (of|for|on)? (<table>)?', (found) => {
    const { table, columns, notes } = found.one('columns');
    const named = found.maybe('table');
    if (named !== null && named.table !== table) return unclear(`the columns belong to ${dotted(table)}`);
    return one(
      { kind: 'add primary key', table: nameOf(table), name: null, columns: columns.map((column) => column.name) },
      notes,
    );
  }),
];
