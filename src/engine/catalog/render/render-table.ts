import { qualifiedName } from '../../sql/qualified-name.ts';
import { identifier, joinSql, literal, qualified, rendered, type Sql, sql } from '../../sql/sql.ts';
import type { Column, Constraint, Sequence, Table } from '../catalog.ts';
import { foreignOptions, isPlannerOption, optionList } from './render-options.ts';
import { sequenceOptions } from './render-sequence.ts';
import { type RenderedStatement, statementOf } from './rendered-statement.ts';

export type TableContext = {
  /** The identity sequence of a column, by the column's name. */
  readonly identities: ReadonlyMap<string, Sequence>;
  /** Tables by dotted path, to know what a child has from its parents. */
  readonly tables: ReadonlyMap<string, Table>;
  /** True when the defaults come later, because they need what needs this table. */
  readonly withoutDefaults: boolean;
};

/** The statements that make a table with its columns and its place under its parent; no settings, indexes, constraints. */
export function renderTable(table: Table, context: TableContext): readonly RenderedStatement[] {
  const parents = isMadeBeforeLink(table, context) ? table.inherits : [];
  const path = qualifiedName(table);
  const alone = parents.length === 0 ? table : { ...table, inherits: [] };
  return [
    ...renderBareTable(alone, context),
    ...parents.map((parent) =>
      statementOf('table', path, sql`ALTER TABLE ONLY ${qualified(table)} INHERIT ${qualified(parent)}`),
    ),
    ...renderAttachment(table),
    ...renderInheritedChanges(table, context),
  ];
}

/**
 * True for a table with columns of its own that was made a child later: a new child would have its columns in the order
 * of its parents, and then the others.
 */
function isMadeBeforeLink({ inherits, columns }: Table, { tables }: TableContext): boolean {
  if (inherits.length === 0 || !columns.every(({ local }) => local)) return false;
  const above = new Set(inherits.flatMap((parent) => tables.get(qualifiedName(parent))?.columns ?? []).map(nameOf));
  const own = columns.map(nameOf);
  return [...above, ...own.filter((name) => !above.has(name))].some((name, at) => name !== own[at]);
}

const nameOf = ({ name }: Column): string => name;

/** The statement that makes a table with its columns, in no other place than that of a child of inheritance. */
export const renderBareTable = (table: Table, context: TableContext): readonly RenderedStatement[] => [
  statementOf('table', qualifiedName(table), createTable(table, context)),
];

/** The statement that attaches a partition; none for another table. */
export function renderAttachment(table: Table): readonly RenderedStatement[] {
  if (table.partitionOf === null) return [];
  const { parent, bound } = table.partitionOf;
  const piece = sql`ALTER TABLE ONLY ${qualified(parent)} ATTACH PARTITION ${qualified(table)} ${rendered(bound)}`;
  return [statementOf('table', qualifiedName(table), piece)];
}

/** What a new child of inheritance says differently about the columns that it has from its parents. */
export const renderInheritedChanges = (table: Table, context: TableContext): readonly RenderedStatement[] =>
  alterOnly(
    table,
    table.columns.flatMap((column) => inheritedColumnChanges(table, column, context)),
  );

/**
 * Storage, statistics and options of a table's columns. Of a whole catalog they come after all tables: a child would take
 * over its parents' storage, and could not be made at all where two parents disagree.
 */
export const renderColumnSettings = (table: Table): readonly RenderedStatement[] =>
  alterOnly(table, table.columns.flatMap(columnSettings));

function alterOnly(table: Table, actions: readonly Sql[]): readonly RenderedStatement[] {
  if (actions.length === 0) return [];
  return [statementOf('table', qualifiedName(table), sql`ALTER TABLE ONLY ${qualified(table)} ${joinSql(actions)}`)];
}

/** `ALTER TABLE … SET DEFAULT` for every default that `withoutDefaults` left out. */
export function renderDefaults(table: Table): readonly RenderedStatement[] {
  return table.columns
    .filter((column) => column.default !== null && column.generated === null && ownColumn(table, column))
    .map((column) =>
      statementOf(
        'default',
        `${qualifiedName(table)}.${column.name}`,
        sql`ALTER TABLE ONLY ${qualified(table)} ALTER COLUMN ${identifier(column.name)} SET DEFAULT ${rendered(column.default ?? 'NULL')}`,
      ),
    );
}

/** A partition lists all its columns, so that they keep their order; a child of inheritance only those of its own. */
const ownColumn = (table: Table, column: Column): boolean => column.local || table.inherits.length === 0;

function createTable(table: Table, context: TableContext): Sql {
  const named = table.constraints.filter((constraint) => isInlineNotNull(constraint));
  const parts = [
    ...table.columns.filter((column) => ownColumn(table, column)).map((column) => renderColumn(table, column, context)),
    ...named.map((constraint) => sql`CONSTRAINT ${identifier(constraint.name)} ${rendered(constraint.definition)}`),
  ];
  const kind =
    table.kind === 'foreign table'
      ? sql`FOREIGN TABLE`
      : table.persistence === 'unlogged'
        ? sql`UNLOGGED TABLE`
        : sql`TABLE`;
  const columns = parts.length === 0 ? sql`()` : sql`(\n    ${joinSql(parts, sql`,\n    `)}\n)`;
  const inherits = table.inherits.length === 0 ? sql`` : sql`\nINHERITS (${joinSql(table.inherits.map(qualified))})`;
  const partition = table.partitionKey === null ? sql`` : sql`\nPARTITION BY ${rendered(table.partitionKey)}`;
  const method = table.accessMethod ? sql`\nUSING ${identifier(table.accessMethod)}` : sql``;
  const options = table.options.length === 0 ? sql`` : sql`\nWITH (${optionList(table.options)})`;
  const server = table.foreign
    ? sql`\nSERVER ${identifier(table.foreign.server)}${foreignOptions(table.foreign.options)}`
    : sql``;
  return sql`CREATE ${kind} ${qualified(table)} ${columns}${inherits}${partition}${method}${options}${server}`;
}

/** A `NOT NULL` with a name of its own is written as a constraint of the table; one not validated comes later. */
const isInlineNotNull = ({ kind, validated, local }: Constraint): boolean => kind === 'not null' && validated && local;

const hasOwnNotNull = (table: Table, column: Column): boolean =>
  table.constraints.some(({ kind, columns, local }) => kind === 'not null' && local && columns[0] === column.name);

/** A column as it stands in `CREATE TABLE` and after `ADD COLUMN`. */
export function renderColumn(table: Table, column: Column, context: Omit<TableContext, 'tables'>): Sql {
  const wrapped = table.foreign
    ? foreignOptions((column.options ?? []).filter((option) => !isPlannerOption(option)))
    : sql``;
  const parts = [sql`${identifier(column.name)} ${rendered(column.type)}${wrapped}`];
  if (column.compression !== null) parts.push(sql`COMPRESSION ${identifier(column.compression)}`);
  if (column.collation !== null) parts.push(sql`COLLATE ${rendered(column.collation)}`);
  if (column.generated !== null) {
    const kind = column.generated === 'stored' ? sql`STORED` : sql`VIRTUAL`;
    parts.push(sql`GENERATED ALWAYS AS (${rendered(column.default ?? 'NULL')}) ${kind}`);
  } else if (column.default !== null && !context.withoutDefaults) {
    parts.push(sql`DEFAULT ${rendered(column.default)}`);
  }
  // A partition has its parent's identity from being attached.
  if (column.identity !== null && table.partitionOf === null) parts.push(renderIdentity(column, context));
  if (column.notNull && !hasOwnNotNull(table, column) && column.notNullInherited !== true) {
    const name = column.notNullName === undefined ? sql`` : sql`CONSTRAINT ${identifier(column.notNullName)} `;
    parts.push(sql`${name}NOT NULL`);
  }
  return joinSql(parts, sql` `);
}

/** `GENERATED … AS IDENTITY` with the options of its sequence. */
export function renderIdentity(column: Column, context: Pick<TableContext, 'identities'>): Sql {
  const when = column.identity === 'always' ? sql`ALWAYS` : sql`BY DEFAULT`;
  const sequence = context.identities.get(column.name);
  const options =
    sequence === undefined ? sql`` : sql` (SEQUENCE NAME ${qualified(sequence)} ${sequenceOptions(sequence)})`;
  return sql`GENERATED ${when} AS IDENTITY${options}`;
}

/** What `ADD COLUMN` cannot say of a column, as actions of `ALTER TABLE`: storage, statistics, options. */
export function columnSettings(column: Column): readonly Sql[] {
  const name = identifier(column.name);
  const storage: Readonly<Record<string, Sql>> = {
    plain: sql`PLAIN`,
    external: sql`EXTERNAL`,
    main: sql`MAIN`,
    extended: sql`EXTENDED`,
  };
  const kept = column.storage === null ? undefined : storage[column.storage];
  const settings: Sql[] = [];
  if (kept !== undefined) settings.push(sql`ALTER COLUMN ${name} SET STORAGE ${kept}`);
  if (column.statisticsTarget !== null) {
    settings.push(sql`ALTER COLUMN ${name} SET STATISTICS ${literal(column.statisticsTarget)}`);
  }
  const options = (column.options ?? []).filter(isPlannerOption);
  if (options.length > 0) settings.push(sql`ALTER COLUMN ${name} SET (${optionList(options)})`);
  return settings;
}

/** What a child of inheritance says differently about a column that it has from a parent, perhaps beside its own. */
function inheritedColumnChanges(table: Table, column: Column, context: TableContext): readonly Sql[] {
  const alter = sql`ALTER COLUMN ${identifier(column.name)}`;
  const parents = table.inherits.flatMap((parent) => {
    const found = context.tables.get(qualifiedName(parent))?.columns.find((other) => other.name === column.name);
    return found === undefined ? [] : [found];
  });
  if (parents.length === 0) return [];
  /** What the column has from the table's first statement: its own where it says something, else its parents'. */
  const made = <Field extends 'default' | 'storage' | 'compression'>(field: Field) =>
    (column.local ? column[field] : null) ?? parents.find((parent) => parent[field] !== null)?.[field] ?? null;
  const changes: Sql[] = [];
  if (column.generated === null && column.default !== made('default')) {
    changes.push(
      column.default === null ? sql`${alter} DROP DEFAULT` : sql`${alter} SET DEFAULT ${rendered(column.default)}`,
    );
  }
  if (column.storage === null && made('storage') !== null) {
    changes.push(sql`${alter} SET STORAGE ${usualStorage(column.type)}`);
  }
  if (column.compression !== made('compression')) {
    changes.push(
      sql`${alter} SET COMPRESSION ${column.compression === null ? sql`default` : identifier(column.compression)}`,
    );
  }
  const isSaid = column.local || parents.some((parent) => parent.notNull) || hasOwnNotNull(table, column);
  if (column.notNull && !isSaid) changes.push(sql`${alter} SET NOT NULL`);
  return changes;
}

/** The storage of a type whose storage can be chosen; servers before 16 have no word for it. */
const usualStorage = (type: string): Sql => (/^(?:numeric|inet|cidr)\b/.test(type) ? sql`MAIN` : sql`EXTENDED`);
