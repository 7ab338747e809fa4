import { err, ok, type Result } from '../../shared/result.ts';
import type { Catalog, Sequence, View } from '../catalog/catalog.ts';
import { renderComments } from '../catalog/render/render-comments.ts';
import { renderPolicy, renderTrigger } from '../catalog/render/render-members.ts';
import { renderOtherObject } from '../catalog/render/render-other-object.ts';
import { renderGrant } from '../catalog/render/render-rights.ts';
import { sequenceOptions } from '../catalog/render/render-sequence.ts';
import { freeConstraintName, freeRelationName } from '../plan/write/free-name.ts';
import { restoreViews } from '../plan/write/view-steps.ts';
import { quoteIdentifier } from '../sql/quote-identifier.ts';
import { identifier, literal, qualified, rendered, type Sql, sql, toText } from '../sql/sql.ts';
import type { PlacedConstraint } from '../sql/table-index.ts';
import { type ColumnUsers, replaceableViews, usersOfColumn } from './column-users.ts';
import type { RecipeStatement } from './recipe.ts';
import { renameSequence, type SecondColumn, setDefault } from './second-column.ts';
import { dropOriginals, type Member, membersOver, promoteCopies } from './table-members.ts';

/** A foreign key that refers to the column, and how its copy that refers to the second column is called. */
type Reference = PlacedConstraint & { readonly name: string };

/** Everything that has to change over from one column to the other when they change places. */
export type Exchange = {
  readonly second: SecondColumn;
  readonly members: readonly Member[];
  readonly users: ColumnUsers;
  readonly views: readonly View[];
  readonly references: readonly Reference[];
};

const integers = ['smallint', 'integer', 'bigint'];

const greatest: Readonly<Record<string, string>> = {
  smallint: '32767',
  integer: '2147483647',
  bigint: '9223372036854775807',
};

const kindOf = (type: string): string => {
  const base = type.replace(/\(.*\)$/, '');
  if (integers.includes(base)) return 'integer';
  return ['text', 'character varying', 'character'].includes(base) ? 'text' : base;
};

/** Collects what has to change over, or says what cannot. */
export function exchangeOf(second: SecondColumn): Result<Exchange, string> {
  const { catalog, table, column, fresh } = second;
  const own = `${table.schema}.${table.name}`;
  if (table.kind === 'partitioned table')
    return err(`${own} is partitioned, and the indexes of its partitions cannot be exchanged all at once`);
  const users = usersOfColumn(catalog, table, column.name);
  if (users.others.length > 0) return err(`${users.others.join(', ')} uses ${column.name} and cannot follow`);
  const views = replaceableViews(catalog, users);
  if (!views.ok) return views;
  const members = membersOver(catalog, table, column.name);
  if (!members.ok) return members;
  const changesKind = kindOf(column.type) !== kindOf(fresh.type);
  const bound = [
    ...users.references.map(({ constraint }) => constraint),
    ...table.constraints.filter(({ kind, columns }) => kind === 'foreign key' && columns.includes(column.name)),
  ][0];
  if (changesKind && bound !== undefined)
    return err(
      `the foreign key ${bound.name} compares ${column.name} with a column of another type than ${fresh.type}`,
    );
  const bodies = [
    ...members.value.map((each) =>
      each.kind === 'constraint'
        ? { what: `constraint ${each.constraint.name}`, text: each.constraint.definition }
        : { what: `index ${each.index.name}`, text: each.index.definition },
    ),
    ...views.value.map(({ schema, name, definition }) => ({ what: `view ${schema}.${name}`, text: definition })),
    ...users.policies.map(({ name, using, check }) => ({ what: `policy ${name}`, text: `${using} ${check}` })),
    ...users.triggers.map(({ name, definition }) => ({ what: `trigger ${name}`, text: definition })),
  ];
  const typed = bodies.find(({ text }) => text.includes(`::${column.type}`));
  if (changesKind && typed !== undefined)
    return err(
      `the ${typed.what} compares ${column.name} with values of ${column.type}; drop it first and make it again afterwards`,
    );
  if (users.sequence !== null && !integers.includes(fresh.type))
    return err(`a sequence counts ${column.name}, and it counts in whole numbers only`);
  const parted = users.references.find((each) => each.table.kind !== 'table' || each.table.partitionOf !== null);
  if (parted !== undefined)
    return err(
      `the foreign key ${parted.constraint.name} of ${parted.table.schema}.${parted.table.name}, which is partitioned, refers to it and can only be made while nobody writes`,
    );
  if (users.references.some((each) => each.table === table && each.constraint.columns.includes(column.name)))
    return err(`a foreign key of ${own} refers from ${column.name} to itself`);
  const copies = members.value.map(({ name }) => ({ name }));
  const taken = new Map<string, readonly { readonly name: string }[]>([
    [toText(qualified(table)), [...table.constraints, ...copies]],
  ]);
  const references = users.references.map((each) => {
    const key = toText(qualified(each.table));
    const constraints = taken.get(key) ?? each.table.constraints;
    const name = freeConstraintName({ constraints }, [each.constraint.name], 'new');
    taken.set(key, [...constraints, { name }]);
    return { ...each, name };
  });
  return ok({ second, members: members.value, users, views: views.value, references });
}

/** The foreign key as one that refers to another column of the same table. */
function referringTo({ constraint }: Reference, from: string, to: string): Sql {
  const { definition, references } = constraint;
  const [list = '', rest = ''] = [
    references?.columns.map((each) => quoteIdentifier(each === from ? to : each)).join(', ') ?? '',
    /\bREFERENCES\b.*?\((?:"(?:[^"]|"")*"|[^")])*\)(?<rest>.*)$/s.exec(definition)?.groups?.['rest'],
  ];
  const own = constraint.columns.map(quoteIdentifier).join(', ');
  const target = references === null ? sql`` : qualified(references.table);
  return sql`FOREIGN KEY (${rendered(own)}) REFERENCES ${target} (${rendered(list)})${rendered(rest)}`;
}

/** Makes copies of the foreign keys that refer to the column, for the other column. */
export const copyReferences = ({ references, second }: Exchange, to: string): readonly RecipeStatement[] =>
  references.flatMap((each) => {
    const name = identifier(each.name);
    return [
      {
        sql: sql`ALTER TABLE ${qualified(each.table)} ADD CONSTRAINT ${name} ${referringTo(each, second.column.name, to)} NOT VALID`,
        ignores:
          second.column.type === second.fresh.type
            ? {}
            : {
                'fk-type-mismatch': 'its values fit both types; the referring column is to be changed in the same way',
              },
      },
      { sql: sql`ALTER TABLE ${qualified(each.table)} VALIDATE CONSTRAINT ${name}` },
    ];
  });

/** Takes these copies away again. */
export const dropReferenceCopies = ({ references }: Exchange): readonly RecipeStatement[] =>
  references
    .toReversed()
    .map(({ table, name }) => ({ sql: sql`ALTER TABLE ${qualified(table)} DROP CONSTRAINT ${identifier(name)}` }));

const madeAgain = 'it is made again in the same transaction, for the column that takes its place';

const texts = (statements: readonly { readonly sql: string }[]): readonly RecipeStatement[] =>
  statements.map((each) => ({ sql: rendered(each.sql) }));

/**
 * Drops the foreign keys that refer to the column. First of all in the transaction: whoever writes a referring row holds
 * that table's lock before it asks for this one's.
 */
export const dropReferences = ({ references }: Exchange): readonly RecipeStatement[] =>
  references.map(({ table, constraint }) => ({
    sql: sql`ALTER TABLE ${qualified(table)} DROP CONSTRAINT ${identifier(constraint.name)}`,
    ignores: { 'drop-constraint': 'its copy was validated before and takes its place in this transaction' },
  }));

function dropUsers({ second: { table }, users, views }: Exchange): readonly RecipeStatement[] {
  const own = qualified(table);
  return [
    ...views.toReversed().map((view) => ({
      sql: sql`DROP VIEW ${qualified(view)}`,
      ignores: { 'ban-drop-object': madeAgain },
    })),
    ...users.statistics.map((each) => ({
      sql: sql`DROP STATISTICS ${qualified(each)}`,
      ignores: { 'ban-drop-object': madeAgain },
    })),
    ...users.policies.map(({ name }) => ({
      sql: sql`DROP POLICY ${identifier(name)} ON ${own}`,
      ignores: { 'policy-change': madeAgain },
    })),
    ...users.triggers.map(({ name }) => ({
      sql: sql`DROP TRIGGER ${identifier(name)} ON ${own}`,
      ignores: { 'drop-trigger': madeAgain },
    })),
  ];
}

function restoreUsers({ second: { catalog, table }, users, views, references }: Exchange): readonly RecipeStatement[] {
  const only: Catalog = {
    ...catalog,
    schemas: [],
    extensions: [],
    tables: [
      {
        ...table,
        comment: null,
        columns: [],
        constraints: [],
        indexes: [],
        triggers: users.triggers,
        policies: users.policies,
      },
    ],
    views: [],
    sequences: [],
    types: [],
    routines: [],
    otherObjects: users.statistics,
  };
  return [
    ...references.map(({ table: other, name, constraint }) => ({
      sql: sql`ALTER TABLE ${qualified(other)} RENAME CONSTRAINT ${identifier(name)} TO ${identifier(constraint.name)}`,
    })),
    ...texts(users.triggers.flatMap((trigger) => renderTrigger(table, trigger))),
    ...texts(users.policies.map((policy) => renderPolicy(table, policy))).map((each) => ({
      ...each,
      ignores: { 'policy-change': madeAgain },
    })),
    ...texts(users.statistics.flatMap((each) => renderOtherObject(each))),
    ...texts(renderComments(only)),
    ...restoreViews(catalog, views).map(({ text }) => ({ sql: rendered(text) })),
  ];
}

const alter = ({ table }: SecondColumn, column: string, what: Sql): RecipeStatement => ({
  sql: sql`ALTER TABLE ${qualified(table)} ALTER COLUMN ${identifier(column)} ${what}`,
});

/** A sequence as it is where it counts a column of this type: as far as the type goes, where it went as far before. */
const counting = (sequence: Sequence, type: string): Sequence =>
  sequence.maximum === greatest[sequence.type] && greatest[type] !== undefined
    ? { ...sequence, type, maximum: greatest[type] }
    : { ...sequence, type };

/** A number is taken as it is by every type that takes one; what is of the old type is cast. */
const asDefault = (value: string | null, cast: Sql): string | null =>
  value === null || /^(?:nextval\(|-?[0-9.]+$)/.test(value) ? value : `((${value})${toText(cast)})`;

/** Where a column is: what it is called and of which type it is. */
type Place = { readonly name: string; readonly type: string };

/** Moves identity, or default and owned sequence, from one column to the other, before they are renamed. */
function moveValues(
  { second, users }: Exchange,
  to: Place,
  way: { readonly default: string | null; readonly isBack: boolean },
): readonly RecipeStatement[] {
  const { catalog, table, column } = second;
  const { sequence } = users;
  if (column.identity !== null && sequence !== null) {
    const aside = { schema: sequence.schema, name: freeRelationName(catalog, sequence.schema, [sequence.name], 'new') };
    const when = column.identity === 'always' ? sql`ALWAYS` : sql`BY DEFAULT`;
    const options = sequenceOptions(counting({ ...sequence, type: column.type }, to.type));
    const grants = (catalog.grants ?? []).filter(
      ({ kind, schema, name }) => kind === 'sequence' && schema === sequence.schema && name === sequence.name,
    );
    return [
      {
        ...alter(
          second,
          to.name,
          sql`ADD GENERATED ${when} AS IDENTITY (SEQUENCE NAME ${qualified(aside)} ${options})`,
        ),
        ignores:
          column.identity === 'always'
            ? { 'generated-always-rejects-explicit': 'the column whose place it takes rejects them, too' }
            : {},
      },
      {
        sql: sql`SELECT pg_catalog.setval(${literal(toText(qualified(aside)))}, last_value, is_called) FROM ${qualified(sequence)}`,
      },
      alter(second, column.name, sql`DROP IDENTITY`),
      renameSequence(aside, sequence.name),
      ...texts(grants.map(renderGrant)),
      ...(sequence.comment === null
        ? []
        : [{ sql: sql`COMMENT ON SEQUENCE ${qualified(sequence)} IS ${literal(sequence.comment)}` }]),
    ];
  }
  const grows = sequence !== null && integers.indexOf(sequence.type) < integers.indexOf(second.fresh.type);
  return [
    ...(way.default === null ? [] : [alter(second, column.name, sql`DROP DEFAULT`)]),
    ...(sequence === null
      ? []
      : [
          {
            sql: sql`ALTER SEQUENCE ${qualified(sequence)} OWNED BY ${qualified(table)}.${identifier(to.name)}`,
          },
        ]),
    ...(sequence === null || !grows
      ? []
      : [
          {
            comment: 'The sequence counts as far as the column.',
            sql: sql`ALTER SEQUENCE ${qualified(sequence)} AS ${rendered(way.isBack ? sequence.type : to.type)}`,
          },
        ]),
    ...setDefault(table, to.name, way.default),
  ];
}

const renameColumn = ({ table }: SecondColumn, from: string, to: string): RecipeStatement => ({
  sql: sql`ALTER TABLE ${qualified(table)} RENAME COLUMN ${identifier(from)} TO ${identifier(to)}`,
  ignores: { 'renaming-column': 'both names change places in one transaction, so that code finds what it names' },
});

/**
 * Lets one column take the place of the column: `incoming` is what it is called before, `outgoing` what the one that
 * goes is called afterwards. Constraints and indexes of the one that goes are dropped, copies of the other take their names.
 * The incoming type decides how a default is cast. Belongs into one transaction.
 */
export function exchangeColumns(exchange: Exchange, incoming: Place, outgoing: Place): readonly RecipeStatement[] {
  const { second, members } = exchange;
  const { table, column, fresh, pair } = second;
  const isBack = outgoing.name === fresh.name;
  const value = isBack ? column.default : asDefault(column.default, pair.fresh.cast);
  return [
    ...dropUsers(exchange),
    ...dropOriginals(table, members),
    ...moveValues(exchange, incoming, { default: value, isBack }),
    ...(column.notNull
      ? [
          {
            comment: 'Rows that are written from now on leave it empty.',
            ...alter(second, column.name, sql`DROP NOT NULL`),
            ignores: { 'ban-drop-not-null': 'the column that takes its place requires a value' },
          },
        ]
      : []),
    renameColumn(second, column.name, outgoing.name),
    renameColumn(second, incoming.name, column.name),
    ...promoteCopies(table, members),
    ...restoreUsers(exchange),
  ];
}
