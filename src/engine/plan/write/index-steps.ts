import type { Catalog, Index, ObjectName, Table } from '../../catalog/catalog.ts';
import { identifier, joinSql, literal, qualified, rendered, type Sql, sql } from '../../sql/sql.ts';
import type { IndexKey, Intent } from '../intent.ts';
import { isNewTable, newIndex, partitionsOf, tableOf, withTable } from './edit-catalog.ts';
import { freeRelationName } from './free-name.ts';
import { impossible, type PlannedStatement, planned, type StepResult, stepOf } from './step.ts';
import { unknownColumns } from './unknown-columns.ts';

type AddIndex = Extract<Intent, { kind: 'add index' }>;

const keyText = (key: IndexKey): Sql => {
  const what = key.column === null ? rendered(key.expression ?? '') : identifier(key.column);
  // A function call stands alone, any other expression in brackets.
  const isCall = key.column !== null || /^[\w".]+\s*\(.*\)$/s.test(key.expression ?? '');
  const wrapped = isCall ? what : sql`(${what})`;
  return key.descending ? sql`${wrapped} DESC` : wrapped;
};

/** `(a, b DESC) INCLUDE (c) WHERE …` with the method in front. */
function indexText(intent: AddIndex): Sql {
  const method = intent.method === null ? sql`` : sql`USING ${identifier(intent.method)} `;
  const include = intent.include.length === 0 ? sql`` : sql` INCLUDE (${joinSql(intent.include.map(identifier))})`;
  const where = intent.where === null ? sql`` : sql` WHERE ${rendered(intent.where)}`;
  return sql`${method}(${joinSql(intent.keys.map(keyText))})${include}${where}`;
}

const nameParts = (keys: readonly IndexKey[]): readonly string[] =>
  keys.map((key) => key.column ?? /^(\w+)\s*\(/.exec(key.expression ?? '')?.[1] ?? 'expr');

const addedIndex = (intent: AddIndex, name: string, parent: ObjectName | null): Index =>
  newIndex({
    name,
    method: intent.method ?? 'btree',
    unique: intent.unique,
    keys: intent.keys.map((key) => ({ ...key, nullsFirst: key.descending })),
    include: intent.include,
    predicate: intent.where,
    definition: '',
    parent,
  });

const withIndex = (catalog: Catalog, table: ObjectName, index: Index): Catalog =>
  withTable(catalog, table, (each) => ({ ...each, indexes: [...each.indexes, index] }));

/** The index that already serves these keys in this order, or undefined. */
export function servingIndex(table: Table, columns: readonly string[]): Index | undefined {
  return table.indexes.find(
    (index) =>
      index.valid &&
      index.predicate === null &&
      index.method === 'btree' &&
      columns.every((column) => index.keys.slice(0, columns.length).some((key) => key.column === column)),
  );
}

/** Indexes of a partitioned table: an empty one on the parent, real ones built beside the traffic, then attached. */
function onPartitions(
  catalog: Catalog,
  intent: AddIndex,
  table: Table,
  name: string,
  parent: ObjectName | null,
): { readonly catalog: Catalog; readonly up: readonly PlannedStatement[] } {
  const unique = intent.unique ? sql`UNIQUE ` : sql``;
  const text = indexText(intent);
  const own = { schema: table.schema, name };
  if (table.kind !== 'partitioned table') {
    const concurrently = isNewTable(catalog, table) ? sql`` : sql`CONCURRENTLY `;
    return {
      catalog: withIndex(catalog, table, addedIndex(intent, name, parent)),
      up: [
        planned(
          `Built while ${table.name} is read and written.`,
          sql`CREATE ${unique}INDEX ${concurrently}${identifier(name)} ON ${qualified(table)} ${text}`,
        ),
        ...(parent === null
          ? []
          : [planned(null, sql`ALTER INDEX ${qualified(parent)} ATTACH PARTITION ${qualified(own)}`)]),
      ],
    };
  }
  let current = withIndex(catalog, table, addedIndex(intent, name, parent));
  const up: PlannedStatement[] = [
    planned(
      `The index of the partitioned table stays invalid until every partition has one.`,
      sql`CREATE ${unique}INDEX ${identifier(name)} ON ONLY ${qualified(table)} ${text}`,
    ),
  ];
  for (const partition of partitionsOf(catalog, table)) {
    const childName = freeRelationName(current, partition.schema, [partition.name, ...nameParts(intent.keys)], 'idx');
    const child = onPartitions(current, intent, partition, childName, own);
    current = child.catalog;
    up.push(...child.up);
  }
  if (parent !== null) up.push(planned(null, sql`ALTER INDEX ${qualified(parent)} ATTACH PARTITION ${qualified(own)}`));
  return { catalog: current, up };
}

/** Types that an access method has no default operator class for, among those that people try. */
const unordered = /^(?:json|xml|point|line|lseg|box|path|polygon|circle)$/;
const scalar =
  /^(?:text|character|bpchar|citext|smallint|integer|bigint|numeric|real|double|boolean|date|time|interval|uuid|json$|bytea|money|inet|cidr|xml)/;

/** The first column that the index could not be built on, because an operator class would have to be named. */
function withoutOperatorClass(
  catalog: Catalog,
  table: Table,
  intent: AddIndex,
): { readonly name: string; readonly type: string } | null {
  const method = intent.method ?? 'btree';
  if (catalog.extensions.some((each) => each.name === `btree_${method}`)) return null;
  const fails = (type: string): boolean => {
    if (method === 'gin' || method === 'gist') return scalar.test(type) && !(method === 'gin' && type.endsWith('[]'));
    return unordered.test(type);
  };
  const keys = new Set(intent.keys.map((key) => key.column));
  return table.columns.find((column) => keys.has(column.name) && fails(column.type)) ?? null;
}

/** Builds an index without stopping writes. */
export function addIndex(catalog: Catalog, intent: AddIndex): StepResult {
  const table = tableOf(catalog, intent.table);
  if (table.kind === 'foreign table')
    return impossible(`${table.schema}.${table.name} is a foreign table; it cannot have indexes here`);
  for (const text of [...intent.keys.map((key) => key.expression), intent.where]) {
    const unknown = text === null ? [] : unknownColumns(table, text);
    if (unknown === null) return impossible(`"${text}" is not an expression in SQL`);
    if (unknown.length > 0) {
      return impossible(`${table.schema}.${table.name} has no column "${unknown[0]}", which "${text}" names`);
    }
  }
  const unfit = withoutOperatorClass(catalog, table, intent);
  if (unfit !== null) {
    return impossible(
      `${unfit.name} of ${table.schema}.${table.name} is ${unfit.type}, for which ${intent.method ?? 'btree'} needs an operator class that the request does not name`,
    );
  }
  const columns = intent.keys.map((key) => key.column);
  const same = table.indexes.find(
    (index) =>
      index.valid &&
      index.keys.length === intent.keys.length &&
      index.unique === intent.unique &&
      index.method === (intent.method ?? 'btree') &&
      index.keys.every(
        (key, position) =>
          key.column !== null &&
          key.column === columns[position] &&
          key.descending === intent.keys[position]?.descending,
      ) &&
      index.predicate === intent.where &&
      index.include.length === intent.include.length,
  );
  if (same !== undefined) return impossible(`${table.schema}.${table.name} already has that index: ${same.name}`);
  const taken = catalog.tables.some(
    (each) =>
      each.schema === table.schema &&
      (each.name === intent.name || each.indexes.some((index) => index.name === intent.name)),
  );
  if (intent.name !== null && taken)
    return impossible(`the name "${intent.name}" is taken in the schema ${table.schema}`);
  const name = intent.name ?? freeRelationName(catalog, table.schema, [table.name, ...nameParts(intent.keys)], 'idx');
  const risks =
    intent.unique && !isNewTable(catalog, table)
      ? [
          `If rows of ${table.schema}.${table.name} break the uniqueness, the build fails and leaves an invalid index ${name} to drop.`,
        ]
      : [];
  if (isNewTable(catalog, table)) {
    const unique = intent.unique ? sql`UNIQUE ` : sql``;
    return stepOf(withIndex(catalog, table, addedIndex(intent, name, null)), {
      up: [planned(null, sql`CREATE ${unique}INDEX ${identifier(name)} ON ${qualified(table)} ${indexText(intent)}`)],
      down: [planned(null, sql`DROP INDEX ${qualified({ schema: table.schema, name })}`)],
    });
  }
  const made = onPartitions(catalog, intent, table, name, null);
  const own = qualified({ schema: table.schema, name });
  const down =
    table.kind === 'partitioned table'
      ? [
          planned(
            'The indexes of the partitions go with it; PostgreSQL cannot drop such an index concurrently.',
            sql`DROP INDEX ${own}`,
          ),
        ]
      : [planned(null, sql`DROP INDEX CONCURRENTLY ${own}`)];
  return stepOf(made.catalog, { up: made.up, down, risks });
}

const concurrently = (definition: string): string =>
  definition.replace(/^CREATE (UNIQUE )?INDEX /, 'CREATE $1INDEX CONCURRENTLY ').replace(/;$/, '');

/** The statements that make an index again as it was, without stopping writes where PostgreSQL can. */
export function rebuildIndex(catalog: Catalog, table: Table, index: Index): readonly PlannedStatement[] {
  const own = { schema: table.schema, name: index.name };
  const statements: PlannedStatement[] = [];
  if (table.kind === 'partitioned table') {
    statements.push({
      comment: `Brings ${index.name} back, first on the parent alone.`,
      text: index.definition.replace(/;$/, ''),
    });
    for (const partition of partitionsOf(catalog, table)) {
      for (const child of partition.indexes) {
        if (child.parent?.schema !== own.schema || child.parent.name !== own.name) continue;
        statements.push(...rebuildIndex(catalog, partition, child));
        statements.push(
          planned(
            null,
            sql`ALTER INDEX ${qualified(own)} ATTACH PARTITION ${qualified({ schema: partition.schema, name: child.name })}`,
          ),
        );
      }
    }
  } else
    statements.push({
      comment: `Brings ${index.name} back while ${table.name} is read and written.`,
      text: concurrently(index.definition),
    });
  if (index.comment !== null)
    statements.push(planned(null, sql`COMMENT ON INDEX ${qualified(own)} IS ${literal(index.comment)}`));
  if (index.clustered)
    statements.push(planned(null, sql`ALTER TABLE ${qualified(table)} CLUSTER ON ${identifier(index.name)}`));
  if (index.replicaIdentity)
    statements.push(
      planned(null, sql`ALTER TABLE ${qualified(table)} REPLICA IDENTITY USING INDEX ${identifier(index.name)}`),
    );
  return statements;
}

/** Drops an index that backs no constraint. */
export function dropIndex(catalog: Catalog, intent: Extract<Intent, { kind: 'drop index' }>): StepResult {
  const table = tableOf(catalog, intent.table);
  const index = table.indexes.find((each) => each.name === intent.index);
  if (index === undefined) return impossible(`${table.schema}.${table.name} has no index "${intent.index}"`);
  if (index.constraint !== null)
    return impossible(
      `the index ${index.name} belongs to the constraint ${index.constraint}; drop that constraint instead`,
    );
  if (index.parent !== null)
    return impossible(
      `the index ${index.name} belongs to ${index.parent.schema}.${index.parent.name}; drop that one instead`,
    );
  const users = catalog.dependencies.filter(
    ({ on, dependent }) =>
      on.kind === 'index' && on.schema === table.schema && on.name === index.name && dependent.kind !== 'index',
  );
  const keyed = users.map(({ dependent }) => dependent.name);
  if (keyed.length > 0) return impossible(`${keyed.join(', ')} needs the index ${index.name}`);
  const own = qualified({ schema: table.schema, name: index.name });
  const partitioned = table.kind === 'partitioned table';
  const names = new Set<string>([index.name]);
  const without = (each: Table): Table => ({
    ...each,
    indexes: each.indexes.filter(
      (other) => !names.has(other.name) && !(other.parent !== null && names.has(other.parent.name)),
    ),
  });
  return stepOf(
    {
      ...catalog,
      tables: catalog.tables.map((each) =>
        (each.schema === table.schema && each.name === table.name) || each.partitionOf !== null ? without(each) : each,
      ),
    },
    {
      up: [
        planned(
          partitioned ? 'The indexes of the partitions go with it.' : null,
          partitioned ? sql`DROP INDEX ${own}` : sql`DROP INDEX CONCURRENTLY ${own}`,
        ),
      ],
      down: rebuildIndex(catalog, table, index),
      risks: [`Queries that use ${index.name} get slower at once.`],
    },
  );
}
