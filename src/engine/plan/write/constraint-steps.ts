import type { Catalog, Constraint, Index, Table } from '../../catalog/catalog.ts';
import { identifier, joinSql, literal, qualified, rendered, type Sql, sql } from '../../sql/sql.ts';
import { formatType, parseType } from '../../sql/type-name.ts';
import type { ForeignKeyAction, Intent } from '../intent.ts';
import { columnOf, isNewTable, newConstraint, newIndex, tableOf, withTable } from './edit-catalog.ts';
import { freeConstraintName, freeRelationName } from './free-name.ts';
import { addIndex, rebuildIndex, servingIndex } from './index-steps.ts';
import { impossible, type PlannedStatement, planned, type StepResult, stepOf } from './step.ts';
import { columnsNamed, unknownColumns } from './unknown-columns.ts';

type Of<Kind extends Intent['kind']> = Extract<Intent, { kind: Kind }>;

const withConstraint = (catalog: Catalog, table: Table, constraint: Constraint, index: Index | null = null): Catalog =>
  withTable(catalog, table, (each) => ({
    ...each,
    constraints: [...each.constraints, constraint],
    indexes: index === null ? each.indexes : [...each.indexes, index],
  }));

const taken = (table: Table, name: string | null): boolean =>
  table.constraints.some((constraint) => constraint.name === name);

const backing = (name: string, columns: readonly string[]): Index =>
  newIndex({
    name,
    unique: true,
    constraint: name,
    keys: columns.map((column) => ({ column, expression: null, descending: false, nullsFirst: false })),
    definition: '',
  });

/** Makes columns unique (or the primary key) over an index that is built without stopping writes. */
export function addUnique(catalog: Catalog, intent: Of<'add unique'> | Of<'add primary key'>): StepResult {
  const table = tableOf(catalog, intent.table);
  const isKey = intent.kind === 'add primary key';
  const kind = isKey ? 'primary key' : 'unique';
  const words = isKey ? sql`PRIMARY KEY` : sql`UNIQUE`;
  if (table.kind === 'foreign table')
    return impossible(`${table.schema}.${table.name} is a foreign table; it cannot have such a constraint`);
  const same = table.constraints.find(
    (each) =>
      (each.kind === 'unique' || each.kind === 'primary key') &&
      each.columns.length === intent.columns.length &&
      intent.columns.every((column) => each.columns.includes(column)),
  );
  if (same !== undefined && (!isKey || same.kind === 'primary key'))
    return impossible(`${same.columns.join(', ')} of ${table.schema}.${table.name} is already unique: ${same.name}`);
  if (isKey && table.constraints.some((each) => each.kind === 'primary key'))
    return impossible(`${table.schema}.${table.name} already has a primary key`);
  if (taken(table, intent.name))
    return impossible(`${table.schema}.${table.name} already has a constraint "${intent.name}"`);
  const nullable = intent.columns.filter((column) => !columnOf(table, column).notNull);
  if (isKey && nullable.length > 0)
    return impossible(`${nullable.join(', ')} of ${table.schema}.${table.name} may be null; make it required first`);
  const name =
    intent.name ??
    freeRelationName(
      catalog,
      table.schema,
      isKey ? [table.name] : [table.name, ...intent.columns],
      isKey ? 'pkey' : 'key',
    );
  const columns = joinSql(intent.columns.map(identifier));
  const own = qualified(table);
  const after = withConstraint(
    catalog,
    table,
    newConstraint({ name, kind, columns: intent.columns, definition: '' }),
    backing(name, intent.columns),
  );
  const down = [planned(null, sql`ALTER TABLE ${own} DROP CONSTRAINT ${identifier(name)}`)];
  const risks = [
    `If rows of ${table.schema}.${table.name} break the uniqueness, the build fails and leaves an invalid index ${name} to drop.`,
  ];
  if (isNewTable(catalog, table))
    return stepOf(after, {
      up: [planned(null, sql`ALTER TABLE ${own} ADD CONSTRAINT ${identifier(name)} ${words} (${columns})`)],
      down,
    });
  if (table.kind === 'partitioned table') {
    const key = table.partitionKey ?? '';
    if (!intent.columns.some((column) => key.includes(column)))
      return impossible(
        `${table.schema}.${table.name} is partitioned: a ${kind} constraint must contain its partition key (${key})`,
      );
    return stepOf(after, {
      up: [
        planned(
          'A partitioned table cannot take over an index that was built before.',
          sql`ALTER TABLE ${own} ADD CONSTRAINT ${identifier(name)} ${words} (${columns})`,
        ),
      ],
      down,
      risks: [...risks, `The index is built while ${table.schema}.${table.name} and its partitions are locked.`],
    });
  }
  return stepOf(after, {
    up: [
      planned(
        `Built while ${table.name} is read and written.`,
        sql`CREATE UNIQUE INDEX CONCURRENTLY ${identifier(name)} ON ${own} (${columns})`,
      ),
      planned(
        'The index becomes the constraint; nothing is scanned.',
        sql`ALTER TABLE ${own} ADD CONSTRAINT ${identifier(name)} ${words} USING INDEX ${identifier(name)}`,
      ),
    ],
    down,
    risks,
  });
}

const action = (when: Sql, what: ForeignKeyAction | null): Sql => {
  const words: Readonly<Record<ForeignKeyAction, Sql>> = {
    'no action': sql`NO ACTION`,
    restrict: sql`RESTRICT`,
    cascade: sql`CASCADE`,
    'set null': sql`SET NULL`,
    'set default': sql`SET DEFAULT`,
  };
  return what === null || what === 'no action' ? sql`` : sql` ON ${when} ${words[what]}`;
};

/** The columns a foreign key points to, or why it cannot point there. */
export function referencedColumns(
  catalog: Catalog,
  reference: Of<'add foreign key'>['references'],
  count: number,
): { readonly columns: readonly string[] } | { readonly reason: string } {
  const target = tableOf(catalog, reference.table);
  const name = `${target.schema}.${target.name}`;
  if (reference.columns.length === 0) {
    const key = target.constraints.find((each) => each.kind === 'primary key');
    if (key === undefined) return { reason: `${name} has no primary key; please say which column is referenced` };
    if (key.columns.length !== count)
      return { reason: `the primary key of ${name} has ${key.columns.length} columns: ${key.columns.join(', ')}` };
    return { columns: key.columns };
  }
  const isUnique =
    target.constraints.some(
      (each) =>
        (each.kind === 'primary key' || each.kind === 'unique') &&
        each.columns.length === reference.columns.length &&
        reference.columns.every((column) => each.columns.includes(column)),
    ) ||
    target.indexes.some(
      (index) =>
        index.unique &&
        index.predicate === null &&
        index.keys.length === reference.columns.length &&
        index.keys.every((key) => key.column !== null && reference.columns.includes(key.column)),
    );
  return isUnique
    ? { columns: reference.columns }
    : { reason: `${reference.columns.join(', ')} of ${name} is not unique, so nothing can reference it` };
}

const family = (type: string): string => {
  const base = formatType(parseType(type) ?? { schema: null, name: type, modifiers: [], array: false }).replace(
    /\(.*\)/,
    '',
  );
  if (/^(?:smallint|integer|bigint)$/.test(base)) return 'integer';
  if (/^(?:text|character varying|character|bpchar)$/.test(base)) return 'text';
  return base;
};

/** The text of a foreign key, as in `ADD CONSTRAINT`. */
export const foreignKeyText = (
  columns: readonly string[],
  references: Of<'add foreign key'>['references'],
  target: readonly string[],
): Sql =>
  sql`FOREIGN KEY (${joinSql(columns.map(identifier))}) REFERENCES ${qualified(references.table)} (${joinSql(target.map(identifier))})${action(sql`UPDATE`, references.onUpdate)}${action(sql`DELETE`, references.onDelete)}`;

/** Adds a foreign key that is enforced at once for new rows and proved for old ones without stopping writes. */
export function addForeignKey(catalog: Catalog, intent: Of<'add foreign key'>): StepResult {
  const table = tableOf(catalog, intent.table);
  const target = tableOf(catalog, intent.references.table);
  if (table.kind === 'foreign table' || target.kind === 'foreign table')
    return impossible('a foreign table cannot be part of a foreign key');
  const referenced = referencedColumns(catalog, intent.references, intent.columns.length);
  if ('reason' in referenced) return impossible(referenced.reason);
  const same = table.constraints.find(
    (each) =>
      each.kind === 'foreign key' &&
      each.references?.table.schema === target.schema &&
      each.references.table.name === target.name &&
      each.columns.join('\0') === intent.columns.join('\0'),
  );
  if (same !== undefined) return impossible(`${table.schema}.${table.name} already has that foreign key: ${same.name}`);
  if (taken(table, intent.name))
    return impossible(`${table.schema}.${table.name} already has a constraint "${intent.name}"`);
  for (const [index, column] of intent.columns.entries()) {
    const [from, to] = [columnOf(table, column).type, columnOf(target, referenced.columns[index] ?? '').type];
    if (family(from) !== family(to))
      return impossible(
        `${column} is ${from} and ${target.name}.${referenced.columns[index]} is ${to}; a foreign key needs types that can be compared`,
      );
  }
  const name = intent.name ?? freeConstraintName(table, [table.name, ...intent.columns], 'fkey');
  const own = qualified(table);
  const text = foreignKeyText(intent.columns, intent.references, referenced.columns);
  const constraint = newConstraint({
    name,
    kind: 'foreign key',
    columns: intent.columns,
    definition: '',
    references: {
      table: { schema: target.schema, name: target.name },
      columns: referenced.columns,
      onUpdate: intent.references.onUpdate ?? 'no action',
      onDelete: intent.references.onDelete ?? 'no action',
      match: 'simple',
    },
  });
  const up: PlannedStatement[] = [];
  const down: PlannedStatement[] = [planned(null, sql`ALTER TABLE ${own} DROP CONSTRAINT ${identifier(name)}`)];
  const assumptions: string[] = [];
  const risks: string[] = [];
  let current = catalog;
  if (servingIndex(table, intent.columns) === undefined) {
    const keys = intent.columns.map((column) => ({ column, expression: null, descending: false }));
    const index = addIndex(current, {
      kind: 'add index',
      table: intent.table,
      name: null,
      method: null,
      unique: false,
      keys,
      include: [],
      where: null,
    });
    if ('step' in index) {
      current = index.step.catalog;
      up.push(...index.step.up);
      down.push(...index.step.down);
      assumptions.push(
        `An index on ${intent.columns.join(', ')} of ${table.schema}.${table.name} is added: without one, every delete or key change in ${target.schema}.${target.name} would read the whole table.`,
      );
    }
  }
  if (intent.references.onDelete === null)
    assumptions.push(
      `Deleting a row of ${target.schema}.${target.name} that is still referenced is refused (NO ACTION).`,
    );
  const partitionedOld = table.kind === 'partitioned table' && catalog.server.version < 180_000;
  if (isNewTable(catalog, table))
    up.push(planned(null, sql`ALTER TABLE ${own} ADD CONSTRAINT ${identifier(name)} ${text}`));
  else if (partitionedOld) {
    up.push(
      planned(
        'This server cannot add a NOT VALID foreign key to a partitioned table.',
        sql`ALTER TABLE ${own} ADD CONSTRAINT ${identifier(name)} ${text}`,
      ),
    );
    risks.push(
      `Writes to ${table.schema}.${table.name} and ${target.schema}.${target.name} wait while every row is checked.`,
    );
  } else {
    up.push(
      planned(
        'Enforced for new rows from now on; old rows are not looked at yet.',
        sql`ALTER TABLE ${own} ADD CONSTRAINT ${identifier(name)} ${text} NOT VALID`,
      ),
      planned(
        'Proves the old rows while both tables are read and written.',
        sql`ALTER TABLE ${own} VALIDATE CONSTRAINT ${identifier(name)}`,
      ),
    );
    risks.push(
      `If rows of ${table.schema}.${table.name} point to nothing, the validation fails; the constraint then stays NOT VALID.`,
    );
  }
  return stepOf(withConstraint(current, tableOf(current, intent.table), constraint), { up, down, assumptions, risks });
}

/** Adds a check that is enforced at once for new rows and proved for old ones without stopping writes. */
export function addCheck(catalog: Catalog, intent: Of<'add check'>): StepResult {
  const table = tableOf(catalog, intent.table);
  const unknown = unknownColumns(table, intent.condition);
  if (unknown === null) return impossible(`"${intent.condition}" is not a condition in SQL`);
  if (unknown.length > 0)
    return impossible(
      `${table.schema}.${table.name} has no column "${unknown[0]}", which the condition "${intent.condition}" names`,
    );
  const columns = columnsNamed(table, intent.condition);
  if (columns.length === 0)
    return impossible(`the condition "${intent.condition}" names no column of ${table.schema}.${table.name}`);
  if (taken(table, intent.name))
    return impossible(`${table.schema}.${table.name} already has a constraint "${intent.name}"`);
  const name =
    intent.name ??
    freeConstraintName(table, columns.length === 1 ? [table.name, columns[0] ?? ''] : [table.name], 'check');
  const own = qualified(table);
  const check = sql`CHECK (${rendered(intent.condition)})`;
  const after = withConstraint(
    catalog,
    table,
    newConstraint({ name, kind: 'check', columns, definition: `CHECK (${intent.condition})` }),
  );
  const down = [planned(null, sql`ALTER TABLE ${own} DROP CONSTRAINT ${identifier(name)}`)];
  if (isNewTable(catalog, table))
    return stepOf(after, {
      up: [planned(null, sql`ALTER TABLE ${own} ADD CONSTRAINT ${identifier(name)} ${check}`)],
      down,
    });
  return stepOf(after, {
    up: [
      planned(
        'Enforced for new rows from now on; old rows are not looked at yet.',
        sql`ALTER TABLE ${own} ADD CONSTRAINT ${identifier(name)} ${check} NOT VALID`,
      ),
      planned(
        `Proves the old rows while ${table.name} is read and written.`,
        sql`ALTER TABLE ${own} VALIDATE CONSTRAINT ${identifier(name)}`,
      ),
    ],
    down,
    risks: [
      `If rows of ${table.schema}.${table.name} break the condition, the validation fails; the constraint then stays NOT VALID.`,
    ],
  });
}

/** The foreign keys of other tables (and of this one) that stand on a unique or primary key constraint. */
export const foreignKeysOn = (
  catalog: Catalog,
  table: Table,
  columns: readonly string[],
): readonly { readonly table: Table; readonly constraint: Constraint }[] =>
  catalog.tables.flatMap((other) =>
    other.constraints
      .filter(
        (each) =>
          each.kind === 'foreign key' &&
          each.local &&
          each.references?.table.schema === table.schema &&
          each.references.table.name === table.name &&
          each.references.columns.length === columns.length &&
          columns.every((column) => each.references?.columns.includes(column)),
      )
      .map((constraint) => ({ table: other, constraint })),
  );

/** The statements that make a constraint again as it was. */
export function restoreConstraint(catalog: Catalog, table: Table, constraint: Constraint): readonly PlannedStatement[] {
  const own = qualified(table);
  const name = identifier(constraint.name);
  const statements: PlannedStatement[] = [];
  const index = table.indexes.find((each) => each.constraint === constraint.name);
  const notValid = / NOT VALID$/.test(constraint.definition);
  switch (constraint.kind) {
    case 'check':
    case 'foreign key':
      if (constraint.kind === 'foreign key' && table.kind === 'partitioned table' && catalog.server.version < 180_000) {
        statements.push(
          planned(
            'Brings the constraint back.',
            sql`ALTER TABLE ${own} ADD CONSTRAINT ${name} ${rendered(constraint.definition)}`,
          ),
        );
        break;
      }
      statements.push(
        planned(
          'Brings the constraint back, first for new rows.',
          sql`ALTER TABLE ${own} ADD CONSTRAINT ${name} ${rendered(constraint.definition)}${notValid ? sql`` : sql` NOT VALID`}`,
        ),
      );
      if (constraint.validated) statements.push(planned(null, sql`ALTER TABLE ${own} VALIDATE CONSTRAINT ${name}`));
      break;
    case 'primary key':
    case 'unique': {
      const plain = table.kind !== 'table' || index === undefined || index.keys.some((key) => key.expression !== null);
      if (plain)
        statements.push(
          planned(
            'Brings the constraint back.',
            sql`ALTER TABLE ${own} ADD CONSTRAINT ${name} ${rendered(constraint.definition)}`,
          ),
        );
      else {
        const rest = `${constraint.deferrable ? ' DEFERRABLE' : ''}${constraint.initiallyDeferred ? ' INITIALLY DEFERRED' : ''}`;
        const kind = constraint.kind === 'unique' ? sql`UNIQUE` : sql`PRIMARY KEY`;
        statements.push(
          ...rebuildIndex(catalog, table, { ...index, comment: null, clustered: false, replicaIdentity: false }),
        );
        statements.push(
          planned(
            null,
            sql`ALTER TABLE ${own} ADD CONSTRAINT ${name} ${kind} USING INDEX ${identifier(index.name)}${rendered(rest)}`,
          ),
        );
        if (index.clustered)
          statements.push(planned(null, sql`ALTER TABLE ${own} CLUSTER ON ${identifier(index.name)}`));
        if (index.replicaIdentity)
          statements.push(
            planned(null, sql`ALTER TABLE ${own} REPLICA IDENTITY USING INDEX ${identifier(index.name)}`),
          );
        if (index.comment !== null)
          statements.push(
            planned(
              null,
              sql`COMMENT ON INDEX ${qualified({ schema: table.schema, name: index.name })} IS ${literal(index.comment)}`,
            ),
          );
      }
      break;
    }
    case 'exclusion':
    case 'not null':
      statements.push(
        planned(
          'Brings the constraint back.',
          sql`ALTER TABLE ${own} ADD CONSTRAINT ${name} ${rendered(constraint.definition)}`,
        ),
      );
      break;
    case 'trigger':
      throw new Error('a constraint trigger is restored as a trigger');
  }
  if (constraint.comment !== null)
    statements.push(planned(null, sql`COMMENT ON CONSTRAINT ${name} ON ${own} IS ${literal(constraint.comment)}`));
  return statements;
}

/** Drops a constraint, and first the foreign keys that stand on it. */
export function dropConstraint(catalog: Catalog, intent: Of<'drop constraint'>): StepResult {
  const table = tableOf(catalog, intent.table);
  const constraint = table.constraints.find((each) => each.name === intent.constraint);
  if (constraint === undefined)
    return impossible(`${table.schema}.${table.name} has no constraint "${intent.constraint}"`);
  if (!constraint.local)
    return impossible(`${constraint.name} comes from the parent of ${table.schema}.${table.name}; drop it there`);
  if (constraint.kind === 'trigger') return impossible(`${constraint.name} is a constraint trigger`);
  const own = qualified(table);
  const stands =
    constraint.kind === 'primary key' || constraint.kind === 'unique'
      ? foreignKeysOn(catalog, table, constraint.columns)
      : [];
  const up = [
    ...stands.map((each) =>
      planned(
        `It stands on ${constraint.name}.`,
        sql`ALTER TABLE ${qualified(each.table)} DROP CONSTRAINT ${identifier(each.constraint.name)}`,
      ),
    ),
    planned(null, sql`ALTER TABLE ${own} DROP CONSTRAINT ${identifier(constraint.name)}`),
  ];
  const down = [
    ...restoreConstraint(catalog, table, constraint),
    ...stands.flatMap((each) => restoreConstraint(catalog, each.table, each.constraint)),
  ];
  const gone = new Set([constraint, ...stands.map((each) => each.constraint)]);
  const after: Catalog = {
    ...catalog,
    tables: catalog.tables.map((each) => ({
      ...each,
      constraints: each.constraints.filter((other) => !gone.has(other)),
      indexes: each.indexes.filter((index) => !(each === table && index.constraint === constraint.name)),
    })),
  };
  return stepOf(after, {
    up,
    down,
    assumptions:
      stands.length === 0
        ? []
        : [
            `These foreign keys stand on ${constraint.name} and go with it: ${stands.map((each) => `${each.constraint.name} of ${each.table.schema}.${each.table.name}`).join(', ')}.`,
          ],
    risks: [`Rows written without ${constraint.name} may break it; then the down fails until they are mended.`],
  });
}
