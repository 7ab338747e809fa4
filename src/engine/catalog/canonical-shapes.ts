import { qualifiedName } from '../sql/qualified-name.ts';
import { quoteIdentifier } from '../sql/quote-identifier.ts';
import { compareText } from './by-name.ts';
import { type Attribute, type Exceptions, type Parts, type Shape, shapeOf } from './canonical-shape.ts';
import {
  type Column,
  catalogSchema,
  columnSchema,
  constraintSchema,
  type DatabaseType,
  type DefinedObject,
  definedObjectSchema,
  indexSchema,
  policySchema,
  routineSchema,
  sequenceSchema,
  type Table,
  tableSchema,
  triggerSchema,
  typeSchema,
  viewSchema,
} from './catalog.ts';
import { comparableLocale } from './comparable-locale.ts';
import {
  comparableBody,
  comparableExpression,
  comparableQuery,
  comparableRoutine,
  comparableView,
} from './comparable-text.ts';

// Why a field is left out.
const isName = 'part of the name';
const isSaidByDefinition = 'the definition says it';
const isItself = 'objects of their own';

const list = (values: readonly string[]): string | null => (values.length === 0 ? null : values.join(', '));
const expression = (text: string | null): string | null => (text === null ? null : comparableExpression(text));
const inherited = <T extends { readonly local: boolean }>() => ({
  as: 'inherited',
  text: ({ local }: T) => String(!local),
});

/** Options as `name=value`. */
const optionParts = (options: readonly string[]): Parts => ({
  ordered: false,
  entries: options.map((option) => {
    const at = option.indexOf('=');
    return at === -1 ? [`option ${option}`, 'set'] : [`option ${option.slice(0, at)}`, option.slice(at + 1)];
  }),
});
const optionsOf = <T extends { readonly options?: readonly string[] | undefined }>() => ({
  text: (object: T) => list([...(object.options ?? [])].sort()),
  parts: (object: T) => optionParts(object.options ?? []),
});

const label = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** The attribute that holds the names of a table's columns in their order. */
export const columnOrderAttribute = 'column order';

/** What makes an object equal to another, for every kind; a column, trigger … is told apart by what it belongs to. */
export const shapes = {
  schema: shapeOf(catalogSchema.shape.schemas.element, { name: isName }),
  extension: shapeOf(catalogSchema.shape.extensions.element, {
    name: isName,
    version: { ignorable: 'extension-versions' },
    members: 'they follow from the version',
  }),
  table: shapeOf(tableSchema, {
    schema: isName,
    name: isName,
    columns: {
      as: columnOrderAttribute,
      ignorable: 'column-order',
      text: (table) => list(table.columns.map((column) => quoteIdentifier(column.name))),
      parts: (table) => ({ ordered: true, entries: table.columns.map(({ name }) => [quoteIdentifier(name), '']) }),
    },
    constraints: isItself,
    indexes: isItself,
    triggers: isItself,
    policies: isItself,
    rowSecurity: {
      text: ({ rowSecurity, forceRowSecurity }) =>
        rowSecurity ? (forceRowSecurity ? 'forced' : 'on') : forceRowSecurity ? 'off, forced when on' : 'off',
    },
    forceRowSecurity: 'told with the row security',
    partitionKey: { text: ({ partitionKey }) => expression(partitionKey) },
    partitionOf: {
      text: ({ partitionOf }) =>
        partitionOf === null ? null : `${qualifiedName(partitionOf.parent)} ${partitionOf.bound}`,
    },
    options: optionsOf(),
    foreign: {
      text: ({ foreign }) => (foreign ? `server ${foreign.server} (${[...foreign.options].sort().join(', ')})` : null),
      parts: ({ foreign }) =>
        foreign
          ? { ordered: false, entries: [['server', foreign.server], ...optionParts(foreign.options).entries] }
          : { ordered: false, entries: [] },
    },
  }),
  column: shapeOf<Column, Table>(columnSchema, {
    name: isName,
    notNullName: 'given by the server, which named none before 18; one that people chose is a constraint',
    notNullInherited: 'not known before 18',
    default: { text: (column) => expression(column.default) },
    // Since 17 a partition shows its parent's identity, before that it showed none.
    identity: { text: (column, table) => (table.partitionOf === null ? column.identity : null) },
    statisticsTarget: { as: 'statistics' },
    local: inherited(),
    options: optionsOf(),
  }),
  constraint: shapeOf(constraintSchema, {
    name: isName,
    definition: { text: ({ definition }) => comparableExpression(definition) },
    local: inherited(),
    columns: isSaidByDefinition,
    validated: isSaidByDefinition,
    deferrable: isSaidByDefinition,
    initiallyDeferred: isSaidByDefinition,
    noInherit: isSaidByDefinition,
    references: isSaidByDefinition,
  }),
  index: shapeOf(indexSchema, {
    name: isName,
    definition: { text: ({ definition }) => comparableExpression(definition) },
    parent: { as: 'attached to' },
    method: isSaidByDefinition,
    unique: isSaidByDefinition,
    nullsNotDistinct: isSaidByDefinition,
    keys: isSaidByDefinition,
    include: isSaidByDefinition,
    predicate: isSaidByDefinition,
    options: isSaidByDefinition,
    columnStatistics: {
      text: ({ columnStatistics = [] }) => list(columnStatistics.map(({ number, target }) => `${number}: ${target}`)),
    },
  }),
  trigger: shapeOf(triggerSchema, {
    name: isName,
    definition: { text: ({ definition }) => comparableExpression(definition) },
    function: isSaidByDefinition,
    inherited: "a partition's copy follows its parent",
  }),
  policy: shapeOf(policySchema, {
    name: isName,
    using: { text: ({ using }) => expression(using) },
    check: { text: ({ check }) => expression(check) },
  }),
  view: shapeOf(viewSchema, {
    schema: isName,
    name: isName,
    materialized: 'part of the kind',
    definition: { text: ({ definition }) => comparableView(definition) },
    columns: isItself,
    indexes: isItself,
    triggers: isItself,
    options: optionsOf(),
    populated: 'says what is in it, not what it is',
  }),
  viewColumn: shapeOf(viewSchema.shape.columns.element, {
    name: isName,
    default: { text: (column) => expression(column.default ?? null) },
  }),
  sequence: shapeOf(sequenceSchema, {
    schema: isName,
    name: isName,
    ownedBy: {
      text: ({ ownedBy }) =>
        ownedBy === null
          ? null
          : `${qualifiedName(ownedBy.table)}.${quoteIdentifier(ownedBy.column)}${ownedBy.identity ? ' (identity)' : ''}`,
    },
  }),
  routine: shapeOf(routineSchema, {
    schema: isName,
    name: isName,
    arguments: isName,
    kind: 'the kind itself',
    definition: { text: comparableRoutine, textWithout: { ignorable: 'body-layout', text: comparableBody } },
    result: isSaidByDefinition,
    language: isSaidByDefinition,
    volatility: isSaidByDefinition,
    strict: isSaidByDefinition,
    securityDefiner: isSaidByDefinition,
  }),
  otherObject: shapeOf<DefinedObject>(definedObjectSchema, {
    kind: 'the kind itself',
    schema: isName,
    name: isName,
    table: 'part of the name',
    definition: { text: comparableDefinition },
    further: isSaidByDefinition,
    roles: isSaidByDefinition,
  }),
} satisfies Readonly<Record<string, Shape>>;

function comparableDefinition({ kind, definition, further }: DefinedObject): string {
  const form = comparableForms[kind] ?? ((text: string) => text);
  return [definition, ...(further ?? [])].map(form).join(';\n');
}

const comparableForms: Readonly<Record<string, ((definition: string) => string) | undefined>> = {
  collation: (definition) =>
    definition.replace(icuLocale, (_whole, before: string, locale: string) => `${before}'${comparableLocale(locale)}'`),
  publication: comparableExpression,
  rule: comparableQuery,
  statistics: comparableExpression,
  // The order of the commands that it waits for says nothing.
  'event trigger': (definition) => definition.replace(commandTags, (tags) => tags.split(', ').sort().join(', ')),
};

const commandTags = /(?<= WHEN TAG IN \()[^()]*(?=\) EXECUTE FUNCTION )/;
const icuLocale = /( \(provider = icu, locale = )'((?:[^']|'')*)'/;

type TypeOf<Kind> = Extract<DatabaseType, { kind: Kind }>;
type TypeExceptions = { readonly [Kind in DatabaseType['kind']]?: Exceptions<TypeOf<Kind>> };

const typeExceptions: TypeExceptions = {
  enum: {
    labels: {
      text: ({ labels }) => list(labels.map(label)),
      parts: ({ labels }) => ({ ordered: true, entries: labels.map((each) => [`label ${label(each)}`, '']) }),
    },
  },
  domain: {
    notNullName: 'given by the server, which named none before 18',
    default: { text: (domain) => expression(domain.default) },
    constraints: {
      text: (domain) => list(domainConstraints(domain).map(([name, definition]) => `${name} ${definition}`)),
      parts: (domain) => ({
        ordered: false,
        entries: domainConstraints(domain).map(([name, definition]) => [`constraint ${name}`, definition]),
      }),
    },
  },
  composite: {
    attributes: {
      text: (type) => list(compositeAttributes(type).map(([name, definition]) => `${name} ${definition}`)),
      parts: (type) => ({
        ordered: true,
        entries: compositeAttributes(type).map(([name, definition]) => [`attribute ${name}`, definition]),
      }),
    },
  },
};

const domainConstraints = ({ constraints }: TypeOf<'domain'>): Parts['entries'] =>
  constraints
    .map(({ name, definition }) => [quoteIdentifier(name), comparableExpression(definition)] as const)
    .sort(([left, a], [right, b]) => compareText(`${left} ${a}`, `${right} ${b}`));

const compositeAttributes = ({ attributes }: TypeOf<'composite'>): Parts['entries'] =>
  attributes.map(({ name, type, collation }) => [
    quoteIdentifier(name),
    `${type}${collation === null ? '' : ` collate ${collation}`}`,
  ]);

type Inner = { readonly name: string; readonly comment?: string | null | undefined };

/** Comments on what is inside a type: a composite's attributes, a domain's constraints. */
const commentsInside = (what: string, inside: (type: never) => readonly Inner[]): Attribute => {
  const comments = (type: never): Parts['entries'] =>
    inside(type).flatMap(({ name, comment }) => (comment ? [[quoteIdentifier(name), comment] as const] : []));
  return {
    name: `${what} comments`,
    ignorable: 'comments',
    text: (type) => list(comments(type).map(([name, comment]) => `${name}: ${comment}`)),
    parts: (type) => ({
      ordered: false,
      entries: comments(type).map(([name, comment]) => [`comment on ${name}`, comment]),
    }),
  };
};

const furtherAttributes: { readonly [Kind in DatabaseType['kind']]?: Attribute } = {
  composite: commentsInside('attribute', ({ attributes }: TypeOf<'composite'>) => attributes),
  domain: commentsInside('constraint', ({ constraints }: TypeOf<'domain'>) => constraints),
};

/** The attributes of each kind of type. */
export const typeShapes: ReadonlyMap<string, Shape> = new Map(
  typeSchema.options.map((option) => {
    const kind = option.shape.kind.value;
    const exceptions = { ...typeExceptions[kind], kind: 'part of the kind', schema: isName, name: isName };
    const further = furtherAttributes[kind];
    return [
      kind,
      shapeOf<DatabaseType>(option, exceptions as Exceptions<DatabaseType>, further === undefined ? [] : [further]),
    ];
  }),
);
