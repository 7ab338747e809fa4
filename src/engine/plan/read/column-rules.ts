import { quoteIdentifier } from '../../sql/quote-identifier.ts';
import type { Expression, Intent } from '../intent.ts';
import type { Found } from './pattern.ts';
import type { FoundColumns } from './read-columns.ts';
import { newName } from './read-names.ts';
import type { SaidColumn } from './read-new-column.ts';
import type { FoundTable } from './read-table.ts';
import type { SaidValue } from './read-value.ts';
import { type Meaning, nameOf, one, type Rule, rule, unclear } from './rule.ts';
import type { Slots } from './slots.ts';

const addColumns = (found: Found<Slots>): Meaning => {
  const table = found.one('table');
  return {
    readings: found.one('newColumns').map(({ column, notes }) => ({
      intent: { kind: 'add column', table: nameOf(table.table), column },
      assumptions: [...table.notes, ...notes],
    })),
  };
};

const eachColumn = (found: FoundColumns, intent: (column: string) => Intent): Meaning => ({
  readings: found.columns.map((column, index) => ({
    intent: intent(column.name),
    assumptions: index === 0 ? found.notes : [],
  })),
});

const single = (found: FoundColumns, intent: (column: string) => Meaning): Meaning => {
  const [column] = found.columns;
  return column === undefined || found.columns.length > 1
    ? unclear('one column at a time can be changed that way')
    : intent(column.name);
};

/** What a column that is named apart from its table means; one that is not there makes the words unclear. */
const withNamedColumn =
  (mean: (table: FoundTable, column: string, found: Found<Slots>) => Meaning) =>
  (found: Found<Slots>): Meaning => {
    const named = found.one('table');
    const old = found.one('name', 'old');
    const column = named.table.columns.find((each) => each.name === newName(old));
    return column === undefined
      ? unclear(`${named.table.schema}.${named.table.name} has no column "${old.text}"`)
      : mean(named, column.name, found);
  };

const renameNamedColumn = withNamedColumn(({ table, notes }, column, found) =>
  one({ kind: 'rename column', table: nameOf(table), column, newName: newName(found.one('name')) }, notes),
);

const isTextual = (type: string): boolean => /^(?:text|character|varchar|bpchar|citext|name)/.test(type);

/** A value as the default of an existing column; a bare word is a text or an enum's label. */
function valueFor(
  value: SaidValue,
  columns: FoundColumns,
  input: {
    readonly catalog: {
      readonly types: readonly { readonly kind: string; readonly schema: string; readonly name: string }[];
    };
  },
): Expression | null {
  if (value.bare === null || !value.text.startsWith("'")) {
    const [column] = columns.columns;
    if (value.bare !== null && column !== undefined && isTextual(column.type))
      return { text: `'${value.bare}'`, volatile: false };
    return { text: value.text, volatile: value.volatile };
  }
  const isEnum = (type: string): boolean =>
    input.catalog.types.some(
      (each) => each.kind === 'enum' && (type === each.name || type === `${each.schema}.${each.name}`),
    );
  return columns.columns.every((column) => isTextual(column.type) || isEnum(column.type))
    ? { text: value.text, volatile: false }
    : null;
}

const setDefault = (found: Found<Slots>, input: Parameters<Rule['mean']>[1]): Meaning => {
  const columns = found.one('columns');
  const value = valueFor(found.one('value'), columns, input);
  if (value === null) return unclear(`"${found.one('value').bare}" is not a value of the column's type`);
  if (value.text === 'NULL')
    return eachColumn(columns, (column) => ({ kind: 'drop default', table: nameOf(columns.table), column }));
  return eachColumn(columns, (column) => ({ kind: 'set default', table: nameOf(columns.table), column, value }));
};

const setNotNull = (found: Found<Slots>, input: Parameters<Rule['mean']>[1]): Meaning => {
  const columns = found.one('columns');
  const said = found.maybe('value');
  const fill = said && valueFor(said, columns, input);
  if (said !== null && fill === null) return unclear(`"${said.bare}" is not a value of the column's type`);
  const meaning = eachColumn(columns, (column) => ({
    kind: 'set not null',
    table: nameOf(columns.table),
    column,
    fill: fill ?? null,
  }));
  if (found.words('default') === null || fill === null || !('readings' in meaning)) return meaning;
  const defaults = eachColumn(columns, (column) => ({
    kind: 'set default',
    table: nameOf(columns.table),
    column,
    value: fill,
  }));
  return 'readings' in defaults
    ? { readings: [...defaults.readings.map((each) => ({ ...each, assumptions: [] })), ...meaning.readings] }
    : meaning;
};

const dropNotNull = (found: Found<Slots>): Meaning => {
  const columns = found.one('columns');
  return eachColumn(columns, (column) => ({ kind: 'drop not null', table: nameOf(columns.table), column }));
};

const dropColumns = (found: Found<Slots>): Meaning => {
  const columns = found.one('columns');
  if (columns.tableGuessed === true) return unclear('please name the table of the column to drop');
  return eachColumn(columns, (column) => ({ kind: 'drop column', table: nameOf(columns.table), column }));
};

const renameColumn = (found: Found<Slots>): Meaning => {
  const columns = found.one('columns');
  return single(columns, (column) =>
    one(
      { kind: 'rename column', table: nameOf(columns.table), column, newName: newName(found.one('name')) },
      columns.notes,
    ),
  );
};

const changeType = (found: Found<Slots>): Meaning => {
  const columns = found.one('columns');
  const type = found.one('type');
  const using = found.maybe('expression');
  return {
    readings: columns.columns.map((column, index) => ({
      intent: { kind: 'change type', table: nameOf(columns.table), column: column.name, type: type.sql, using },
      assumptions: index === 0 ? [...columns.notes, ...(type.note === null ? [] : [type.note])] : [],
    })),
  };
};

const dropDefault = (found: Found<Slots>): Meaning => {
  const columns = found.one('columns');
  return eachColumn(columns, (column) => ({ kind: 'drop default', table: nameOf(columns.table), column }));
};

const addTo = (table: Slots['table'], { column, notes }: SaidColumn): Meaning =>
  one({ kind: 'add column', table: nameOf(table.table), column }, [...table.notes, ...notes]);

const must = '(must|should|may|can|has to|have to|needs to|need to|is|are|will)';
const required = '(not null|required|mandatory|not nullable|non-nullable|non-null|obligatory|not optional)';
// A bare word is only read as a fill value after a verb that says so.
const fill =
  '(,|;|:)? (and|by)* (use|using|fill|filling|setting|set|backfill|backfilling) (in|existing|missing|the|values|rows|nulls|them|it|with|to|a|value|of)* <value> (where it is missing|where missing|for missing values|for the missing values|for missing ones|where it is null|where they are null|for existing rows|for existing nulls|for nulls|for the existing rows|instead|in existing rows|where null)? {default: and as default|and as the default|as default too}?';

/** The ways to ask for a change of columns. */
export const columnRules: readonly Rule[] = [
  rule(
    '<table> (should|must|can|need to|want to) be able to (give us|give|have|enter|provide|store|leave|tell us) (their|a|an|the)* <name:what> (.|:|,|;)* (call|name)? (the|it)? (column)? (is called|called|named)? <newColumns>',
    addColumns,
  ),
  rule(
    '(let|allow) (the)? <columns> (to)? be (as long as people like|as long as they like|as long as users like|as long as we like|as long as you like|of any length|arbitrarily long|unlimited)',
    (found) => {
      const { table, columns, notes } = found.one('columns');
      return {
        readings: columns.map((column, index) => ({
          intent: { kind: 'change type', table: nameOf(table), column: column.name, type: 'text', using: null },
          assumptions: index === 0 ? notes : [],
        })),
      };
    },
  ),
  rule(
    '(change|make|widen|alter|convert) (the)? (column)? <name> (to|a|an|into|be|type)* <type> in <tables> (, foreign key kept|, foreign keys kept|, keep the foreign key|and keep the foreign key|, keeping the foreign key)?',
    (found) => {
      const tables = found.one('tables');
      const missing = tables.find(({ table }) => slotColumns(table, found.one('name')).length === 0);
      if (missing !== undefined) {
        return unclear(`${missing.table.schema}.${missing.table.name} has no column "${found.one('name').text}"`);
      }
      const type = found.one('type');
      return {
        readings: tables.flatMap(({ table, notes }) =>
          slotColumns(table, found.one('name')).map((column) => ({
            intent: {
              kind: 'change type' as const,
              table: nameOf(table),
              column: column.name,
              type: type.sql,
              using: null,
            },
            assumptions: [...notes, ...(type.note === null ? [] : [type.note])],
          })),
        ),
      };
    },
  ),
  rule(
    '(merge|combine|concatenate|join) (the)? <columns> into (a|an|the|new)* (generated|computed)? column (called|named)? <name>',
    (found) => {
      const { table, columns, notes } = found.one('columns');
      const parts = columns.map((column) => quoteIdentifier(column.name));
      const nullable = columns.filter((column) => !column.notNull).map((column) => column.name);
      if (!columns.every((column) => isTextual(column.type)))
        return unclear('only columns with text can be merged that way');
      const column = {
        name: newName(found.one('name')),
        type: 'text',
        notNull: null,
        default: null,
        identity: false,
        generated: parts.join(" || ' ' || "),
        unique: false,
        primaryKey: false,
        indexed: false,
        references: null,
        checks: [],
        comment: null,
      };
      return one({ kind: 'add column', table: nameOf(table), column }, [
        ...notes,
        'The parts are joined with a space between them.',
        ...(nullable.length > 0 ? [`It is null where ${nullable.join(' or ')} is null.`] : []),
      ]);
    },
  ),
  // Before “need” and “must have”, which would make a column that is there already.
  rule(
    `(every|each|all) <table> (must|should|needs to|has to|have to) have (a|an|its)? <name> (${fill})?`,
    (found, input) => {
      const { table, notes } = found.one('table');
      const columns = [...slotColumns(table, found.one('name'))];
      const [column] = columns;
      if (column === undefined)
        return unclear(`${table.schema}.${table.name} has no column "${found.one('name').text}"`);
      return setNotNull(
        {
          ...found,
          one: (name, label) =>
            name === 'columns' ? ({ table, columns: [column], notes } as never) : found.one(name, label),
        },
        input,
      );
    },
  ),
  rule('(add|create|introduce|append|put|include|insert) <newColumns> (to|on|in|into|for|onto) <table>', addColumns),
  rule('(add|create|introduce|append|put|include|insert) <columnFor>', (found) =>
    addTo(found.one('columnFor').table, found.one('columnFor')),
  ),
  rule('alter table <table> add (column)? (if not exists)? <newColumns>', addColumns),
  rule('(in|on|to|for|from) <table> (,|:)? (add|create|introduce|append) <newColumns>', addColumns),
  rule('(extend|provide|equip|give|supply) <table> (with|by)? <newColumns>', addColumns),
  rule(
    '<table> (also)? (need|needs|get|gets|have|has|require|requires|should have|must have|should get|shall have|shall get|should also have|will have|needs to have|need to have) <newColumns>',
    addColumns,
  ),
  rule('<table> (,|:) (add|new)? <newColumns>', addColumns),
  rule('add <newColumns>', (found, input) => {
    const { table } = input.context;
    const known = input.catalog.tables.find((each) => each.schema === table?.schema && each.name === table?.name);
    if (known === undefined) return unclear('the table to add the column to is not named');
    return {
      readings: found.one('newColumns').map(({ column, notes }) => ({
        intent: { kind: 'add column', table: nameOf(known), column },
        assumptions: notes,
      })),
    };
  }),

  rule(
    '(drop|remove|delete|discard|get rid of|eliminate) (the)? (column|columns|field|fields)? <columns> (column|columns)?',
    dropColumns,
  ),
  rule('alter table <table> drop (column)? (if exists)? <name>', (found) => {
    const { table } = found.one('table');
    const column = table.columns.find((each) => each.name === newName(found.one('name')));
    return column === undefined
      ? unclear(`${table.schema}.${table.name} has no column "${found.one('name').text}"`)
      : one({ kind: 'drop column', table: nameOf(table), column: column.name });
  }),
  rule(
    '<columns> (is|are) (not needed|no longer needed|not used|no longer used|unused|obsolete) (any more|anymore)? (,|;|:|and|so|.)* (drop|remove|delete) (it|them)',
    dropColumns,
  ),

  rule('rename (the)? (column|field)? <columns> (column|field)? (to|as|into) <name>', renameColumn),
  rule('rename (the)? (column|field)? <name:old> (to|as|into) <name> (in|on|of) <table>', renameNamedColumn),
  rule('(in|on|for) <table> (,|:)? rename (the)? (column|field)? <name:old> (to|as|into) <name>', renameNamedColumn),
  rule('alter table <table> rename (column)? <name:old> to <name>', renameNamedColumn),
  rule('(change|alter) the name of <columns> to <name>', renameColumn),

  rule(
    `(change|alter|convert|turn|modify|cast|widen|extend|enlarge|increase|migrate|set|switch|make|shorten|narrow) (the)? (data type of|type of|column type of|size of|length of)? (the)? (column)? <columns> (data type|type|column)? (from <type:old>)? (to|into|be|type|as|:)* (a|an|the)? (type)? <type> (using <expression>)?`,
    changeType,
  ),
  rule(
    'alter table <table> alter (column)? <name:old> (set data)? type <type> (using <expression>)?',
    withNamedColumn(({ table }, column, found) =>
      one({
        kind: 'change type',
        table: nameOf(table),
        column,
        type: found.one('type').sql,
        using: found.maybe('expression'),
      }),
    ),
  ),
  rule(
    '<columns> (should|must|needs to|has to|ought to) (be|become|be changed to|be of type|have type|have the type) (a|an)? <type>',
    changeType,
  ),

  rule(`(make|mark|set|declare|change) <columns> (as|to|to be|be)? ${required} (${fill})?`, setNotNull),
  rule(`(add|set|put) (a|the)? (not null|not-null) (constraint)? (to|on|for) <columns> (${fill})?`, setNotNull),
  rule(`(make|mark) (the)? <columns> ${required}`, setNotNull),
  rule(
    `<columns> ${must} (be|always be)? (${required}|always set|set|always filled|filled in|present) (${fill})?`,
    setNotNull,
  ),
  rule(
    `<columns> (must not|cannot|can't|may not|should not|shouldn't|must never|should never|can never|may never) be (null|empty|missing) (${fill})?`,
    setNotNull,
  ),
  rule(`<columns> (is|are) never (null|empty|missing) (${fill})?`, setNotNull),
  rule('(disallow|forbid|prohibit|do not allow) (null|nulls|null values) (in|for|on) <columns>', setNotNull),
  rule('alter table <table> alter (column)? <name> {what: set not null|drop not null|drop default}', (found) => {
    const { table } = found.one('table');
    const column = table.columns.find((each) => each.name === newName(found.one('name')));
    if (column === undefined) return unclear(`${table.schema}.${table.name} has no column "${found.one('name').text}"`);
    const base = { table: nameOf(table), column: column.name };
    switch (found.words('what')) {
      case 'set not null':
        return one({ kind: 'set not null', ...base, fill: null });
      case 'drop not null':
        return one({ kind: 'drop not null', ...base });
      default:
        return one({ kind: 'drop default', ...base });
    }
  }),

  rule(
    '(make|mark|set|declare|change) <columns> (as|to|to be|be)? (nullable|optional|not required|not mandatory|null|accept nulls|accept null|allow nulls|allow null)',
    dropNotNull,
  ),
  rule('(allow|permit|accept) (null|nulls|null values) (in|for|on) <columns>', dropNotNull),
  rule('(allow) <columns> to be (null|empty|missing)', dropNotNull),
  rule(
    '(drop|remove|lift) (the)? (not null|not-null|nonnull) (constraint|requirement)? (from|on|of|for) <columns>',
    dropNotNull,
  ),
  rule(
    '<columns> (can|may|should|is|are|should be|can be|may be|is allowed to be|should be allowed to be) (now|also)? (be)? (null|nullable|optional|empty|missing)',
    dropNotNull,
  ),
  rule('<columns> (is|are) (no longer) (required|mandatory|not null)', dropNotNull),

  rule(
    '(set|change|make|alter|update) (the)? default (value)? (of|for|on|in) <columns> (to|as|be|:|=)? <value>',
    setDefault,
  ),
  rule('(set|change|make|alter|update) <columns> default (value)? (to|as|be|:|=)? <value>', setDefault),
  rule('(make|set|use) <value> (as)? the default (value)? (of|for|in|on) <columns>', setDefault),
  rule('(add|give|put) (a|the)? default (value)? (of)? <value> (to|for|on) <columns>', setDefault),
  rule('(add|give) <columns> (a|the)? default (value)? (of)? <value>', setDefault),
  rule('(default|let) <columns> (default)? to <value>', setDefault),
  rule('<columns> (should|must|shall|will)? (default|defaults) to <value>', setDefault),
  rule('(the)? default (value)? (of|for) <columns> (should be|must be|is|becomes|shall be) <value>', setDefault),
  rule('<columns> (should|must) have (a|the)? default (value)? (of)? <value>', setDefault),
  rule('alter table <table> alter (column)? <name> set default <value>', (found, input) => {
    const { table, notes } = found.one('table');
    const columns = slotColumns(table, found.one('name'));
    if (columns.length !== 1) return unclear(`${table.schema}.${table.name} has no column "${found.one('name').text}"`);
    return setDefault(
      {
        ...found,
        one: (name, label) => (name === 'columns' ? ({ table, columns, notes } as never) : found.one(name, label)),
      },
      input,
    );
  }),

  rule('(drop|remove|delete|clear|unset) (the)? default (value)? (from|of|on|for) <columns>', dropDefault),
  rule('(drop|remove|delete|clear|unset) <columns> default (value)?', dropDefault),
  rule('<columns> (should|must) (not have a|have no) default (value)?', dropDefault),
];

function slotColumns(table: FoundColumns['table'], said: { readonly text: string }): FoundColumns['columns'] {
  return table.columns.filter((column) => column.name.toLowerCase() === said.text.toLowerCase());
}
