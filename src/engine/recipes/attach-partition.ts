import type { PartitionBoundSpec } from '@pgsql/types';
import { err, ok, type Result } from '../../shared/result.ts';
import type { Catalog, Column, Table } from '../catalog/catalog.ts';
import { freeConstraintName } from '../plan/write/free-name.ts';
import { as, strings } from '../sql/nodes.ts';
import { datumText, keyColumn } from '../sql/partition-bound.ts';
import { identifier, joinSql, literal, qualified, rendered, type Sql, sql, toText } from '../sql/sql.ts';
import { keyOf, tableIndex } from '../sql/table-index.ts';
import { type Offer, type RecipeStatement, scriptOf } from './recipe.ts';

const detachesConcurrentlyFrom = 140_000;

/** What rows of a partition hold in the key; a reason where that cannot be written as a check. */
function conditionOf(bound: PartitionBoundSpec, key: Column): Result<Sql, string> {
  const name = identifier(key.name);
  const value = (text: string): Sql => sql`${literal(text)}::${rendered(key.type)}`;
  const unknown = err('a value of its bound is no constant');
  switch (bound.strategy) {
    case 'r': {
      const ends: Sql[] = [];
      for (const [datum, operator, open] of [
        [bound.lowerdatums?.[0], sql`>=`, 'minvalue'],
        [bound.upperdatums?.[0], sql`<`, 'maxvalue'],
      ] as const) {
        if (strings(as(datum, 'ColumnRef')?.fields)[0] === open) continue;
        const text = datumText(datum);
        if (text === null) return unknown;
        ends.push(sql`${name} ${operator} ${value(text)}`);
      }
      return ok(joinSql([sql`${name} IS NOT NULL`, ...ends], sql` AND `));
    }
    case 'l': {
      const values = (bound.listdatums ?? []).map(datumText);
      const known = values.filter((text) => text !== null);
      if (known.length < values.length) return unknown;
      return ok(sql`${name} IS NOT NULL AND ${name} IN (${joinSql(known.map(value))})`);
    }
    default:
      return err('no check that people can write proves the remainder of a hash');
  }
}

/** From this version on a partition counts with its parent's identity, and may bring none of its own. */
const refusesIdentityFrom = 170_000;

/**
 * Attaches a table as a partition after checks have proved that its rows belong there and that the default partition holds
 * none of them; or says why not. `clause` is the bound as it is written.
 */
export function attachPartitionRecipe(
  catalog: Catalog,
  parent: Table,
  child: Table,
  bound: PartitionBoundSpec,
  clause: string,
): Offer {
  const column = parent.partitionKey === null ? null : keyColumn(parent.partitionKey);
  const key = child.columns.find(({ name }) => name === column);
  if (bound.is_default === true) return err('what a default partition may hold changes with every other partition');
  if (key === undefined)
    return err(`${parent.schema}.${parent.name} is partitioned by more than one column, or by an expression`);
  const condition = conditionOf(bound, key);
  if (!condition.ok) return condition;
  const counted = child.columns.find(({ identity }) => identity !== null);
  if (counted !== undefined && catalog.server.version >= refusesIdentityFrom)
    return err(
      `${counted.name} of ${child.schema}.${child.name} is an identity column, and no table that is attached may have one: drop its identity first`,
    );
  const fallback = tableIndex(catalog.tables)
    .childrenOf(keyOf(parent))
    .find(({ partitionOf }) => partitionOf?.bound === 'DEFAULT');
  const checks = [
    { table: child, name: freeConstraintName(child, [child.name], 'bound'), condition: condition.value },
    ...(fallback === undefined
      ? []
      : [
          {
            table: fallback,
            name: freeConstraintName(fallback, [fallback.name, child.name], 'excluded'),
            condition: sql`NOT (${condition.value})`,
          },
        ]),
  ];
  const on = (table: Table, what: Sql): Sql => sql`ALTER TABLE ${qualified(table)} ${what}`;
  const add: readonly RecipeStatement[] = checks.map((each) => ({
    sql: on(each.table, sql`ADD CONSTRAINT ${identifier(each.name)} CHECK (${each.condition}) NOT VALID`),
  }));
  const validate = checks.map((each) => ({
    sql: on(each.table, sql`VALIDATE CONSTRAINT ${identifier(each.name)}`),
  }));
  const drop = checks.map((each) => ({
    sql: on(each.table, sql`DROP CONSTRAINT ${identifier(each.name)}`),
    ignores: { 'drop-constraint': 'it was made by this recipe, and the bound of the partition says the same' },
  }));
  const queries = checks.map(({ table, condition: each }) =>
    toText(sql`SELECT * FROM ${qualified(table)} WHERE NOT (${each})`),
  );
  const own = `${child.schema}.${child.name}`;
  const isConcurrent = fallback === undefined && catalog.server.version >= detachesConcurrentlyFrom;
  const detach: RecipeStatement = {
    sql: on(parent, sql`DETACH PARTITION ${qualified(child)}${isConcurrent ? sql` CONCURRENTLY` : sql``}`),
    ignores:
      fallback === undefined
        ? {}
        : { 'require-concurrent-partition-detach': 'PostgreSQL refuses CONCURRENTLY beside a default partition' },
  };
  return ok({
    title: `Attach ${own} to ${parent.schema}.${parent.name} without reading it under a lock`,
    notes: [
      'Indexes of the parent that the table does not have yet are built while it is attached: build them before.',
    ],
    steps: [
      {
        slug: 'check_bound_of_new_rows',
        title: `Let ${own} take only rows of the partition from now on`,
        before: `Make sure that the code writes no other rows into ${own}.`,
        up: scriptOf(add),
        down: scriptOf(drop.toReversed()),
      },
      {
        slug: 'validate_bound',
        title: 'Prove it of the rows that are there',
        before: `Move the rows that do not belong there, which these queries list: ${queries.join('; ')}`,
        up: scriptOf(validate),
        down: scriptOf([...drop.toReversed(), ...add]),
      },
      {
        slug: 'attach_partition',
        title: `Attach ${own}`,
        before: null,
        up: scriptOf([{ sql: on(parent, sql`ATTACH PARTITION ${qualified(child)} ${rendered(clause)}`) }, ...drop]),
        // With the checks in place again, detaching CONCURRENTLY adds none of its own.
        down: scriptOf([...add, ...validate, detach]),
      },
    ],
  });
}
