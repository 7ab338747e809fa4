import type { Catalog, Table } from '../../catalog/catalog.ts';
import { renderCatalog } from '../../catalog/render.ts';
import { bareTable } from '../../sql/simulate/bare-objects.ts';
import { identifier, joinSql, literal, qualified, rendered, type Sql, sql } from '../../sql/sql.ts';
import type { Intent, NewColumn } from '../intent.ts';
import { mentioning } from './column-steps.ts';
import { catalogColumn, newColumnText } from './column-text.ts';
import { addForeignKey, addUnique, foreignKeyText, referencedColumns, restoreConstraint } from './constraint-steps.ts';
import { dependantsOfTable, inWords } from './dependants.ts';
import { descendantsOf, newConstraint, newIndex, newOwner, partitionsOf, tableOf, withTable } from './edit-catalog.ts';
import { fitName } from './free-name.ts';
import { addIndex } from './index-steps.ts';
import { impossible, type PlannedStatement, planned, restored, type StepResult, stepOf } from './step.ts';

type Of<Kind extends Intent['kind']> = Extract<Intent, { kind: Kind }>;

const exists = (catalog: Catalog, schema: string, name: string): string | null => {
  const kinds: readonly (readonly [string, readonly { readonly schema: string; readonly name: string }[]])[] = [
    ['table', catalog.tables],
    ['view', catalog.views],
    ['sequence', catalog.sequences],
    ['type', catalog.types],
    [
      'index',
      [...catalog.tables, ...catalog.views].flatMap((relation) =>
        relation.indexes.map((index) => ({ schema: relation.schema, name: index.name })),
      ),
    ],
  ];
  return kinds.find(([, objects]) => objects.some((each) => each.schema === schema && each.name === name))?.[0] ?? null;
};

/** Makes a table with its columns and constraints in one statement; nobody waits for a table that is new. */
export function createTable(catalog: Catalog, intent: Of<'create table'>): StepResult {
  const { schema, name } = intent.table;
  const taken = exists(catalog, schema, name);
  if (taken !== null) return impossible(`there is already a ${taken} ${schema}.${name}`);
  const twice = intent.columns.find(
    (column, index) => intent.columns.findIndex((other) => other.name === column.name) !== index,
  );
  if (twice !== undefined) return impossible(`the column "${twice.name}" is named twice`);
  const notes: string[] = [];
  const columns = intent.columns.map((column): NewColumn => {
    if (column.notNull !== null || column.generated !== null) return column;
    if (column.default !== null) return { ...column, notNull: true };
    if (column.identity) return { ...column, notNull: true };
    if (column.references !== null) {
      notes.push(
        `${column.name} is required: a row without its ${column.references.table.name} would mean nothing. Say “optional” if it may be missing.`,
      );
      return { ...column, notNull: true };
    }
    return column;
  });
  const optional = columns
    .filter((column) => column.notNull !== true && column.generated === null)
    .map((column) => column.name);
  if (optional.length > 0)
    notes.push(`${optional.join(', ')} may be null, because the request does not say otherwise.`);
  const filled = columns
    .filter((column, index) => column.default !== null && intent.columns[index]?.notNull === null)
    .map((column) => column.name);
  if (filled.length > 0) notes.push(`${filled.join(', ')} is NOT NULL, because there is a default.`);
  const key = columns.filter((column) => column.primaryKey).map((column) => column.name);
  const lines: Sql[] = [];
  const made: Table = {
    ...bareTable({ schema, name }),
    owner: newOwner,
    columns: columns.map((column) =>
      catalogColumn(column, column.notNull === true || column.primaryKey || column.identity),
    ),
    comment: intent.comment,
  };
  let after: Catalog = { ...catalog, tables: [...catalog.tables, made] };
  const add = (make: (current: Catalog) => StepResult): string | null => {
    const step = make(after);
    if ('reason' in step) return step.reason;
    after = step.step.catalog;
    return null;
  };
  for (const column of columns) {
    const notNull = column.notNull === true && !column.primaryKey && !column.identity;
    lines.push(newColumnText(column, { notNull, withDefault: true }));
  }
  if (key.length > 0) {
    lines.push(sql`PRIMARY KEY (${joinSql(key.map(identifier))})`);
    const keyName = fitName(name, '_pkey');
    after = withTable(after, made, (table) => ({
      ...table,
      constraints: [
        ...table.constraints,
        newConstraint({ name: keyName, kind: 'primary key', columns: key, definition: '' }),
      ],
      indexes: [
        ...table.indexes,
        newIndex({
          name: keyName,
          unique: true,
          constraint: keyName,
          definition: '',
          keys: key.map((column) => ({ column, expression: null, descending: false, nullsFirst: false })),
        }),
      ],
    }));
  }
  const indexes: PlannedStatement[] = [];
  for (const column of columns) {
    if (column.unique && !column.primaryKey) {
      lines.push(sql`UNIQUE (${identifier(column.name)})`);
      const reason = add((current) =>
        addUnique(current, { kind: 'add unique', table: intent.table, name: null, columns: [column.name] }),
      );
      if (reason !== null) return impossible(reason);
    }
    for (const condition of column.checks) {
      lines.push(sql`CHECK (${rendered(condition)})`);
      after = withTable(after, made, (table) => ({
        ...table,
        constraints: [
          ...table.constraints,
          newConstraint({
            name: fitName(`${name}_${column.name}`, '_check'),
            kind: 'check',
            columns: [column.name],
            definition: `CHECK (${condition})`,
          }),
        ],
      }));
    }
    if (column.references !== null) {
      const target = referencedColumns(after, column.references, 1);
      if ('reason' in target) return impossible(target.reason);
      lines.push(foreignKeyText([column.name], column.references, target.columns));
      const references = column.references;
      const step = addForeignKey(after, {
        kind: 'add foreign key',
        table: intent.table,
        name: null,
        columns: [column.name],
        references,
      });
      if ('reason' in step) return step;
      after = step.step.catalog;
      // The key itself stands in CREATE TABLE; its index does not.
      indexes.push(...step.step.up.filter((statement) => statement.text.startsWith('CREATE')));
      notes.push(...step.step.assumptions);
    } else if (column.indexed && !column.unique && !column.primaryKey) {
      const keys = [{ column: column.name, expression: null, descending: false }];
      const step = addIndex(after, {
        kind: 'add index',
        table: intent.table,
        name: null,
        method: null,
        unique: false,
        keys,
        include: [],
        where: null,
      });
      if ('reason' in step) return step;
      after = step.step.catalog;
      indexes.push(...step.step.up);
    }
  }
  const own = qualified(intent.table);
  const comments = [
    ...(intent.comment === null ? [] : [planned(null, sql`COMMENT ON TABLE ${own} IS ${literal(intent.comment)}`)]),
    ...columns.flatMap((column) =>
      column.comment === null
        ? []
        : [planned(null, sql`COMMENT ON COLUMN ${own}.${identifier(column.name)} IS ${literal(column.comment)}`)],
    ),
  ];
  return stepOf(after, {
    up: [planned(null, sql`CREATE TABLE ${own} (\n    ${joinSql(lines, sql`,\n    `)}\n)`), ...indexes, ...comments],
    down: [planned(null, sql`DROP TABLE ${own}`)],
    assumptions: notes,
    risks: [`The down deletes every row that was written to ${schema}.${name}.`],
  });
}

/** The part of a catalog that DROP TABLE takes away, and nothing else. */
function partOf(catalog: Catalog, tables: readonly Table[]): Catalog {
  const has = (name: { readonly schema: string; readonly name: string }): boolean =>
    tables.some((table) => table.schema === name.schema && table.name === name.name);
  const inside = new Set(tables);
  return {
    ...catalog,
    schemas: [],
    extensions: [],
    views: [],
    types: [],
    routines: [],
    tables: tables.map((table) => ({
      ...table,
      // What points out of the part comes after it, in the form that does not stop writes.
      constraints: table.constraints.filter(
        (each) =>
          each.kind !== 'foreign key' || (each.references !== null && has(each.references.table) && inside.has(table)),
      ),
    })),
    sequences: catalog.sequences.filter((sequence) => sequence.ownedBy !== null && has(sequence.ownedBy.table)),
    otherObjects: (catalog.otherObjects ?? []).filter((other) => other.table !== null && has(other.table)),
    grants: (catalog.grants ?? []).filter(
      (grant) =>
        has({ schema: grant.schema, name: grant.name }) ||
        catalog.sequences.some(
          (each) =>
            each.ownedBy !== null &&
            has(each.ownedBy.table) &&
            each.name === grant.name &&
            each.schema === grant.schema,
        ),
    ),
  };
}

/** Drops a table, and first the foreign keys of others that point to it; the down makes it again without its rows. */
export function dropTable(catalog: Catalog, intent: Of<'drop table'>): StepResult {
  const table = tableOf(catalog, intent.table);
  const name = `${table.schema}.${table.name}`;
  const partitions = partitionsOf(catalog, table).flatMap((each) => [each, ...descendantsOf(catalog, each)]);
  const all = [table, ...partitions];
  const heirs = descendantsOf(catalog, table).filter((each) => !partitions.includes(each));
  if (heirs.length > 0)
    return impossible(`${heirs.map((each) => `${each.schema}.${each.name}`).join(', ')} inherits from ${name}`);
  const users = all.flatMap((each) => dependantsOfTable(catalog, each));
  if (users.length > 0)
    return impossible(`${inWords(users)} uses ${name} and would be lost with it; change or drop that first`);
  const inAll = (other: { readonly schema: string; readonly name: string }): boolean =>
    all.some((each) => each.schema === other.schema && each.name === other.name);
  const pointing = catalog.tables
    .filter((other) => !inAll(other))
    .flatMap((other) =>
      other.constraints
        .filter(
          (each) =>
            each.kind === 'foreign key' && each.local && each.references !== null && inAll(each.references.table),
        )
        .map((constraint) => ({ table: other, constraint })),
    );
  const outgoing = all.flatMap((each) =>
    each.constraints
      .filter(
        (constraint) =>
          constraint.kind === 'foreign key' &&
          constraint.local &&
          constraint.references !== null &&
          !inAll(constraint.references.table),
      )
      .map((constraint) => ({ table: each, constraint })),
  );
  const kind = table.kind === 'foreign table' ? sql`FOREIGN TABLE` : sql`TABLE`;
  const making = renderCatalog(partOf(catalog, all)).filter(
    (statement) => !['role', 'setting', 'schema', 'extension'].includes(statement.kind),
  );
  const newTableFor = (each: Table): Table => ({ ...each, owner: newOwner });
  const remade: Catalog = {
    ...catalog,
    tables: catalog.tables.map((each) => (inAll(each) ? newTableFor(each) : each)),
  };
  const gone = new Set(pointing.map((each) => each.constraint));
  const after: Catalog = {
    ...catalog,
    tables: catalog.tables
      .filter((each) => !inAll(each))
      .map((each) => ({ ...each, constraints: each.constraints.filter((constraint) => !gone.has(constraint)) })),
    sequences: catalog.sequences.filter((each) => each.ownedBy === null || !inAll(each.ownedBy.table)),
    dependencies: catalog.dependencies.filter(({ on, dependent }) => !inAll(on) && !inAll(dependent)),
  };
  const rows = catalog.facts?.tables.find((each) => each.schema === table.schema && each.name === table.name)?.rows;
  return stepOf(after, {
    up: [
      ...pointing.map((each) =>
        planned(
          `It points to ${table.name}.`,
          sql`ALTER TABLE ${qualified(each.table)} DROP CONSTRAINT ${identifier(each.constraint.name)}`,
        ),
      ),
      planned(
        partitions.length > 0 ? `Its ${partitions.length} partitions go with it.` : null,
        sql`DROP ${kind} ${qualified(table)}`,
      ),
    ],
    down: [
      ...restored(`Brings ${table.name} back, empty.`, making),
      ...outgoing.flatMap((each) => restoreConstraint(remade, each.table, each.constraint)),
      ...pointing.flatMap((each) => restoreConstraint(catalog, each.table, each.constraint)),
    ],
    assumptions:
      pointing.length === 0
        ? []
        : [
            `These foreign keys point to ${name} and go with it: ${pointing.map((each) => `${each.constraint.name} of ${each.table.schema}.${each.table.name}`).join(', ')}.`,
          ],
    risks: [
      `${rows === undefined || rows < 1 ? 'All rows' : `About ${Math.round(rows).toLocaleString('en-US')} rows`} of ${name} are lost: the down brings the table back, not its rows.`,
      ...(pointing.length > 0
        ? [
            `The down cannot prove ${pointing.map((each) => each.constraint.name).join(', ')} while the table is empty and rows still point to it.`,
          ]
        : []),
      ...mentioning(catalog, table.name)
        .slice(0, 5)
        .map((routine) => `The text of ${routine} mentions ${table.name}.`),
    ],
  });
}

/** Renames a table; views and foreign keys follow by themselves. */
export function renameTable(catalog: Catalog, intent: Of<'rename table'>): StepResult {
  const table = tableOf(catalog, intent.table);
  if (intent.newName === table.name) return impossible(`the table is called ${table.name} already`);
  const taken = exists(catalog, table.schema, intent.newName);
  if (taken !== null) return impossible(`there is already a ${taken} ${table.schema}.${intent.newName}`);
  const kind = table.kind === 'foreign table' ? sql`FOREIGN TABLE` : sql`TABLE`;
  const rename = (from: string, to: string): PlannedStatement =>
    planned(null, sql`ALTER ${kind} ${qualified({ schema: table.schema, name: from })} RENAME TO ${identifier(to)}`);
  const routines = mentioning(catalog, table.name);
  return stepOf(moved(catalog, table, { schema: table.schema, name: intent.newName }), {
    up: [rename(table.name, intent.newName)],
    down: [rename(intent.newName, table.name)],
    risks: [
      `Programs that say ${table.name} fail from the moment of the rename until they say ${intent.newName}.`,
      ...(routines.length > 0
        ? [`The text of ${routines.slice(0, 5).join(', ')} mentions ${table.name} and is not changed by PostgreSQL.`]
        : []),
    ],
  });
}

/** The catalog with a table under another name, and everything that points to it. */
function moved(catalog: Catalog, table: Table, to: { readonly schema: string; readonly name: string }): Catalog {
  const isIt = (name: { readonly schema: string; readonly name: string }): boolean =>
    name.schema === table.schema && name.name === table.name;
  return {
    ...catalog,
    tables: catalog.tables.map((each) => ({
      ...each,
      ...(each === table ? to : {}),
      partitionOf:
        each.partitionOf !== null && isIt(each.partitionOf.parent)
          ? { ...each.partitionOf, parent: to }
          : each.partitionOf,
      inherits: each.inherits.map((parent) => (isIt(parent) ? to : parent)),
      constraints: each.constraints.map((constraint) =>
        constraint.references !== null && isIt(constraint.references.table)
          ? { ...constraint, references: { ...constraint.references, table: to } }
          : constraint,
      ),
    })),
    sequences: catalog.sequences.map((each) =>
      each.ownedBy !== null && isIt(each.ownedBy.table) ? { ...each, ownedBy: { ...each.ownedBy, table: to } } : each,
    ),
    dependencies: catalog.dependencies.map((each) => (isIt(each.on) ? { ...each, on: { ...each.on, ...to } } : each)),
  };
}

/** Makes a schema. */
export function createSchema(catalog: Catalog, intent: Of<'create schema'>): StepResult {
  if (catalog.schemas.some((each) => each.name === intent.schema))
    return impossible(`there is already a schema ${intent.schema}`);
  return stepOf(
    { ...catalog, schemas: [...catalog.schemas, { name: intent.schema, owner: newOwner, comment: null }] },
    {
      up: [planned(null, sql`CREATE SCHEMA ${identifier(intent.schema)}`)],
      down: [planned(null, sql`DROP SCHEMA ${identifier(intent.schema)}`)],
    },
  );
}

/** Moves a table with its indexes and sequences to another schema. */
export function setSchema(catalog: Catalog, intent: Of<'set schema'>): StepResult {
  const table = tableOf(catalog, intent.table);
  if (table.schema === intent.schema) return impossible(`${table.name} is in the schema ${intent.schema} already`);
  const taken = exists(catalog, intent.schema, table.name);
  if (taken !== null) return impossible(`there is already a ${taken} ${intent.schema}.${table.name}`);
  const move = (from: string, to: string): PlannedStatement =>
    planned(null, sql`ALTER TABLE ${qualified({ schema: from, name: table.name })} SET SCHEMA ${identifier(to)}`);
  const isOwned = (each: Catalog['sequences'][number]): boolean =>
    each.ownedBy?.table.schema === table.schema && each.ownedBy.table.name === table.name;
  const after = moved(catalog, table, { schema: intent.schema, name: table.name });
  return stepOf(
    {
      ...after,
      sequences: after.sequences.map((each, index) =>
        isOwned(catalog.sequences[index] ?? each) ? { ...each, schema: intent.schema } : each,
      ),
    },
    {
      up: [move(table.schema, intent.schema)],
      down: [move(intent.schema, table.schema)],
      risks: [`Programs that find ${table.name} through ${table.schema} or the search path may not find it any more.`],
    },
  );
}
