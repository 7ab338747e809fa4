import { qualifiedName } from '../../sql/qualified-name.ts';
import { identifier, literal, qualified, rendered, type Sql, sql } from '../../sql/sql.ts';
import type { Column, Constraint, Index, Sequence, Table, View } from '../catalog.ts';
import { memberName, objectKey } from '../object-key.ts';
import { isNamedPart } from '../render/partition-keys.ts';
import {
  isRenderedConstraint,
  renderConstraint,
  renderIndex,
  renderIndexRoles,
  renderPolicy,
  renderTableFlags,
  renderTrigger,
} from '../render/render-members.ts';
import { renderOtherObject } from '../render/render-other-object.ts';
import { renderOwnedBy, renderSequence } from '../render/render-sequence.ts';
import {
  columnSettings,
  renderAttachment,
  renderBareTable,
  renderColumn,
  renderInheritedChanges,
} from '../render/render-table.ts';
import { renderType } from '../render/render-type.ts';
import { renderView } from '../render/render-view.ts';
import type { RenderedStatement } from '../render/rendered-statement.ts';
import { begins, type ChangeContext, followsParent, inlineIn, linksOf } from './change-context.ts';
import { type ChangeStatement, changeBy, changeOf, definedChange, loses } from './change-script.ts';
import { fillerFor } from './filler.ts';
import type { Part, Piece } from './piece.ts';
import { attachmentKey, columnKey, defaultKey, tableKey } from './pieces-of.ts';

const plain = (statements: readonly RenderedStatement[]): readonly ChangeStatement[] =>
  statements.map((statement) => changeBy(statement));

/** The statements that make a piece; none for what stands in the statement of something else. */
export function makeStatements(piece: Piece, context: ChangeContext): readonly ChangeStatement[] {
  const { part, object } = piece;
  if (inlineIn(context, piece) !== null) return [];
  switch (part.kind) {
    case 'schema':
      return [changeOf(object, sql`CREATE SCHEMA ${identifier(part.name)}`)];
    case 'extension': {
      const { name, schema } = part.extension;
      return [changeOf(object, sql`CREATE EXTENSION ${identifier(name)} WITH SCHEMA ${identifier(schema)}`)];
    }
    case 'type':
      return plain(renderType(part.type));
    case 'sequence':
      return plain([renderSequence(part.sequence)]);
    case 'ownership':
      return [
        ...plain([renderOwnedBy(part.sequence)].filter((each) => each !== null)),
        ...positionOf(part.sequence, context),
      ];
    case 'routine':
      return [definedChange(object, part.routine.definition)];
    case 'table':
      return makeTable(part.table, object, context);
    case 'column':
      return makeColumn(part, object, context);
    case 'default':
      return makeDefault(part, object, context);
    case 'attachment':
      return plain(renderAttachment(part.table));
    case 'inheritance':
      return [changeOf(object, sql`ALTER TABLE ${qualified(part.table)} INHERIT ${qualified(part.from)}`)];
    case 'constraint':
      return makeConstraint(part, object, context);
    case 'index':
      return [...makeIndex(piece, part, context), ...rolesOf(part.relation, part.index)];
    case 'view':
      return plain(renderView(part.view));
    case 'trigger':
      return plain(renderTrigger(part.relation, part.trigger));
    case 'policy':
      return plain([renderPolicy(part.table, part.policy)]);
    case 'other':
      return plain(renderOtherObject(part.other));
  }
}

const tableContext = (table: Table, context: ChangeContext, withoutDefaults: boolean) => ({
  identities: context.identities.get(qualifiedName(table)) ?? new Map<string, Sequence>(),
  tables: context.tables,
  withoutDefaults,
});

function makeTable(table: Table, object: string, context: ChangeContext): readonly ChangeStatement[] {
  const shape = tableContext(table, context, context.bare.has(tableKey(table)));
  const back = context.style.back && table.kind === 'table';
  return [
    ...renderBareTable(context.withNotNullNames(table), shape).map((statement) =>
      changeBy(statement, back ? { loses: loses(`the rows that ${object} had: it comes back empty`) } : {}),
    ),
    ...plain(renderInheritedChanges(table, shape)),
    ...plain(renderTableFlags(table)),
  ];
}

function makeColumn(
  { table, column, identity }: Extract<Part, { kind: 'column' }>,
  object: string,
  context: ChangeContext,
): readonly ChangeStatement[] {
  if (followsParent(context, table, column)) return [];
  const own = qualified(table);
  const name = identifier(column.name);
  const shape = tableContext(table, context, false);
  const hasValue = column.default !== null || column.identity !== null || column.generated !== null;
  const filler = column.notNull && !hasValue ? fillerFor(table, column, context.to.catalog) : null;
  const lost = context.style.back && column.generated === null ? `the values that ${object} had` : null;
  const written = filler === null ? column : filler.column(column);
  const statements: ChangeStatement[] = [
    changeOf(object, sql`ALTER TABLE ${own} ADD COLUMN ${renderColumn(table, written, shape)}`, {
      loses:
        lost === null
          ? null
          : loses(
              `${lost}: ${filler === null ? `it comes back ${hasValue ? 'with its default' : 'empty'}` : `every row gets ${filler.words}, because the column is required`}`,
            ),
      note:
        column.notNull && !hasValue
          ? filler === null
            ? `Fails if ${qualifiedName(table)} has rows: ${object} is required and no value is known to fit.`
            : lost === null
              ? `Every row gets ${filler.words}, because the column is required.`
              : null
          : null,
    }),
  ];
  if (filler !== null) {
    statements.push(changeOf(object, sql`ALTER TABLE ${own} ALTER COLUMN ${name} ${filler.undo}`));
  }
  for (const setting of columnSettings(column)) statements.push(changeOf(object, sql`ALTER TABLE ${own} ${setting}`));
  return [...statements, ...(identity === undefined ? [] : positionOf(identity, context))];
}

function makeDefault(
  { table, column }: Extract<Part, { kind: 'default' }>,
  object: string,
  context: ChangeContext,
): readonly ChangeStatement[] {
  const above = followsParent(context, table, column) && begins(context, columnKey(table, column.name));
  if (above && linksOf(table).some((link) => sameDefault(link.above, column, context))) return [];
  return [setDefault(table, column, object)];
}

const sameDefault = (above: { schema: string; name: string }, column: Column, { to }: ChangeContext): boolean => {
  const theirs = to.byKey.get(defaultKey(above, column.name))?.part;
  return theirs?.kind === 'default' && theirs.column.default === column.default;
};

/** `SET DEFAULT`. */
export const setDefault = (table: Table, column: Column, object: string): ChangeStatement =>
  changeOf(
    object,
    sql`ALTER TABLE ONLY ${qualified(table)} ALTER COLUMN ${identifier(column.name)} SET DEFAULT ${rendered(column.default ?? 'NULL')}`,
  );

/** Lets a sequence go on after the values that its column has. */
export function positionOf(sequence: Sequence, context: ChangeContext): readonly ChangeStatement[] {
  const { ownedBy } = sequence;
  if (ownedBy === null) return [];
  const sequenceBegins = begins(context, `sequence\0${sequence.schema}\0${sequence.name}`);
  const column = columnKey(ownedBy.table, ownedBy.column);
  if (!sequenceBegins || begins(context, column) || begins(context, tableKey(ownedBy.table))) return [];
  const name = literal(qualifiedName(sequence));
  const values = sql`SELECT pg_catalog.${sequence.increment.startsWith('-') ? sql`min` : sql`max`}(${identifier(ownedBy.column)}) FROM ${qualified(ownedBy.table)}`;
  return [
    changeOf(
      qualifiedName(sequence),
      sql`SELECT pg_catalog.setval(${name}, COALESCE((${values}) + ${rendered(sequence.increment)}, ${rendered(sequence.start)}), false)`,
      { note: 'The sequence is new: it goes on after the values that are there.' },
    ),
  ];
}

/** True when attaching the table attaches this index as well. */
export function isAttachedWithTable(context: ChangeContext, table: Table | View, index: Index): boolean {
  if (index.parent === null || !('partitionOf' in table) || !begins(context, attachmentKey(table))) return false;
  return !begins(context, indexKeyOf(context, index.parent));
}

/** The key of the piece that holds an index: its constraint, if it backs one. */
export const indexKeyOf = ({ to }: Pick<ChangeContext, 'to'>, { schema, name }: { schema: string; name: string }) =>
  to.holders.get(objectKey('index', schema, name)) ?? objectKey('index', schema, name);

const withoutParent = (index: Index): Index => ({ ...index, parent: null });

function makeConstraint(
  { table, constraint, index }: Extract<Part, { kind: 'constraint' }>,
  object: string,
  context: ChangeContext,
): readonly ChangeStatement[] {
  const own = qualified(table);
  const name = identifier(constraint.name);
  const isNew = begins(context, tableKey(table));
  if (constraint.kind === 'not null' && !isNew) return makeNotNull(table, constraint, object, context);
  const isMade =
    isRenderedConstraint(constraint) ||
    isCheckBeforeLink(context, table, constraint) ||
    isNamedPart(table, constraint, context.tables);
  if (!isMade) return [];
  const online = context.style.form === 'online' && !isNew && constraint.validated && table.kind === 'table';
  if (online && (constraint.kind === 'check' || constraint.kind === 'foreign key')) {
    return [
      changeOf(object, sql`ALTER TABLE ${own} ADD CONSTRAINT ${name} ${rendered(constraint.definition)} NOT VALID`),
      changeOf(object, sql`ALTER TABLE ${own} VALIDATE CONSTRAINT ${name}`),
    ];
  }
  if (online && index !== undefined && (constraint.kind === 'primary key' || constraint.kind === 'unique')) {
    const using = onlineIndex(table, constraint, index, object);
    if (using !== null) return [...using, ...rolesOf(table, index)];
  }
  // The part of an exclusion is made by what it is a part of.
  const isAttached =
    constraint.kind !== 'exclusion' && index !== undefined && isAttachedWithTable(context, table, index);
  const attached = isAttached ? withoutParent(index) : index;
  return [
    ...plain(renderConstraint(table, constraint, attached)),
    ...(index === undefined ? [] : rolesOf(table, index)),
  ];
}

/** A table needs the checks of the one above before it is linked to it. */
const isCheckBeforeLink = (context: ChangeContext, table: Table, { kind, name }: Constraint): boolean =>
  kind === 'check' &&
  linksOf(table).some(({ link, above }) => {
    const isInline = inlineIn(context, context.to.byKey.get(link) ?? missing(link)) !== null;
    const theirs = objectKey('constraint', above.schema, memberName(above.name, name));
    return begins(context, link) && !isInline && !begins(context, theirs);
  });

const missing = (key: string): never => {
  throw new Error(`no piece ${key}`);
};

/** Builds the index of a key beside the traffic and then makes it the key; null when the key cannot be had so. */
function onlineIndex(
  table: Table,
  constraint: Constraint,
  index: Index,
  object: string,
): readonly ChangeStatement[] | null {
  const definition = / (?:DEFERRABLE|WITHOUT OVERLAPS)/.test(constraint.definition);
  if (definition || !index.definition.startsWith('CREATE UNIQUE INDEX ')) return null;
  const word = constraint.kind === 'primary key' ? sql`PRIMARY KEY` : sql`UNIQUE`;
  return [
    concurrently(object, index.definition),
    changeOf(
      object,
      sql`ALTER TABLE ${qualified(table)} ADD CONSTRAINT ${identifier(constraint.name)} ${word} USING INDEX ${identifier(index.name)}`,
    ),
  ];
}

const concurrently = (object: string, definition: string): ChangeStatement => ({
  ...definedChange(object, definition.replace(/^(CREATE (?:UNIQUE )?INDEX )/, '$1CONCURRENTLY ')),
  inTransaction: false,
});

/** A `NOT NULL` with a name of its own: the one that is there may have the server's name. */
function makeNotNull(
  table: Table,
  constraint: Constraint,
  object: string,
  context: ChangeContext,
): readonly ChangeStatement[] {
  const [column = ''] = constraint.columns;
  const was = context.from.byKey.get(columnKey(table, column))?.part;
  const statements: Sql[] = [];
  if (was?.kind === 'column' && was.column.notNull) {
    statements.push(sql`ALTER TABLE ${qualified(table)} ALTER COLUMN ${identifier(column)} DROP NOT NULL`);
  }
  statements.push(
    sql`ALTER TABLE ${qualified(table)} ADD CONSTRAINT ${identifier(constraint.name)} ${rendered(constraint.definition)}`,
  );
  return statements.map((piece) => changeOf(object, piece));
}

function makeIndex(
  { parent }: Piece,
  { relation, index }: Extract<Part, { kind: 'index' }>,
  context: ChangeContext,
): readonly ChangeStatement[] {
  const attached = isAttachedWithTable(context, relation, index) ? withoutParent(index) : index;
  const [create, ...more] = renderIndex(relation, attached);
  if (create === undefined) return [];
  const isNew = parent !== null && begins(context, parent);
  const online =
    context.style.form === 'online' && !isNew && !/^CREATE (?:UNIQUE )?INDEX \S+ ON ONLY /.test(create.sql);
  return [online ? concurrently(create.object, create.sql) : changeBy(create), ...plain(more)];
}

/** What the table says about the index: replica identity, clustering. */
export const rolesOf = (relation: Table | View, index: Index): readonly ChangeStatement[] =>
  plain(renderIndexRoles({ ...relation, indexes: [index] }));
