import { qualifiedName } from '../../sql/qualified-name.ts';
import { quoteIdentifier } from '../../sql/quote-identifier.ts';
import { identifier, joinSql, literal, qualified, rendered, type Sql, sql } from '../../sql/sql.ts';
import type { Constraint, Index, ObjectName, Policy, Table, Trigger, View } from '../catalog.ts';
import { optionList } from './render-options.ts';
import { definedStatement, type RenderedStatement, statementOf } from './rendered-statement.ts';

const memberPath = (relation: ObjectName, name: string) => `${qualifiedName(relation)}.${quoteIdentifier(name)}`;

/** True when the constraint has a statement of its own: not when a parent gives it, not when the table's statement has it. */
export function isRenderedConstraint(constraint: Constraint): boolean {
  switch (constraint.kind) {
    case 'primary key':
    case 'unique':
    case 'exclusion':
      return true;
    case 'check':
    case 'foreign key':
      return constraint.local;
    case 'not null':
      return !constraint.validated && constraint.local;
    case 'trigger':
      return false;
  }
}

/** Adds a constraint; `index` is the one that backs it. */
export function renderConstraint(
  table: Table,
  constraint: Constraint,
  index: Index | undefined,
): readonly RenderedStatement[] {
  const path = memberPath(table, constraint.name);
  // Indexes of partitions are made one by one and attached, so that each keeps its name. Foreign keys and checks go to
  // the children as well, and so do exclusions, because the server attaches none of their indexes.
  const goesDown = index === undefined || constraint.kind === 'exclusion';
  const parent = index?.parent ?? null;
  const statements: Sql[] = [];
  if (parent === null || !goesDown) {
    const only = goesDown ? sql`` : sql`ONLY `;
    const definition = withIndexOptions(constraint, index?.options ?? []);
    statements.push(
      sql`ALTER TABLE ${only}${qualified(table)} ADD CONSTRAINT ${identifier(constraint.name)} ${definition}`,
    );
  }
  if (index !== undefined && parent !== null && !goesDown) {
    const name = qualified({ schema: table.schema, name: index.name });
    statements.push(sql`ALTER INDEX ${qualified(parent)} ATTACH PARTITION ${name}`);
  }
  return [
    ...statements.map((piece) => statementOf('constraint', path, piece)),
    ...(index === undefined ? [] : renderIndexStatistics(table, index)),
  ];
}

/** The definition of a key with the options of its index, which that of a partitioned table cannot be given later. */
function withIndexOptions({ kind, definition }: Constraint, options: readonly string[]): Sql {
  // The server writes those of an exclusion into its definition.
  if (options.length === 0 || kind === 'exclusion') return rendered(definition);
  const end = definition.search(/(?: DEFERRABLE)?(?: INITIALLY DEFERRED)?$/);
  return sql`${rendered(definition.slice(0, end))} WITH (${optionList(options)})${rendered(definition.slice(end))}`;
}

/** Makes an index that backs no constraint. */
export function renderIndex(relation: Table | View, index: Index): readonly RenderedStatement[] {
  const own = { schema: relation.schema, name: index.name };
  const path = qualifiedName(own);
  const create = [definedStatement('index', path, index.definition), ...renderIndexStatistics(relation, index)];
  if (index.parent === null) return create;
  return [
    ...create,
    statementOf('index', path, sql`ALTER INDEX ${qualified(index.parent)} ATTACH PARTITION ${qualified(own)}`),
  ];
}

/** Sets the statistics targets of an index's columns; `before` are those that it has. */
export function renderIndexStatistics(
  relation: ObjectName,
  index: Pick<Index, 'name' | 'columnStatistics'>,
  before: Index['columnStatistics'] = [],
): readonly RenderedStatement[] {
  const own = { schema: relation.schema, name: index.name };
  const now = index.columnStatistics ?? [];
  // -1 is the server's own choice.
  const reset = before.flatMap(({ number }) =>
    now.some((one) => one.number === number) ? [] : [{ number, target: -1 }],
  );
  const set = now.filter((one) => !before.some(({ number, target }) => number === one.number && target === one.target));
  return [...reset, ...set].map(({ number, target }) =>
    statementOf(
      'index',
      qualifiedName(own),
      sql`ALTER INDEX ${qualified(own)} ALTER COLUMN ${literal(number)} SET STATISTICS ${literal(target)}`,
    ),
  );
}

/** What a table says about one of its indexes: replica identity, clustering. */
export function renderIndexRoles(relation: Table | View): readonly RenderedStatement[] {
  const path = qualifiedName(relation);
  return relation.indexes
    .flatMap((index) => [
      ...(index.replicaIdentity
        ? [sql`ALTER TABLE ONLY ${qualified(relation)} REPLICA IDENTITY USING INDEX ${identifier(index.name)}`]
        : []),
      ...(index.clustered ? [sql`ALTER TABLE ${qualified(relation)} CLUSTER ON ${identifier(index.name)}`] : []),
    ])
    .map((piece) => statementOf('table', path, piece));
}

/** Makes a trigger and switches it; a partition's copy is only switched. */
export function renderTrigger(relation: ObjectName, trigger: Trigger): readonly RenderedStatement[] {
  const path = memberPath(relation, trigger.name);
  const create = trigger.inherited ? [] : [definedStatement('trigger', path, trigger.definition)];
  return trigger.enabled === 'origin' ? create : [...create, renderTriggerSwitch(relation, trigger)];
}

/** Says when a trigger fires. */
export function renderTriggerSwitch(relation: ObjectName, trigger: Trigger): RenderedStatement {
  const switches = {
    origin: sql`ENABLE TRIGGER`,
    disabled: sql`DISABLE TRIGGER`,
    replica: sql`ENABLE REPLICA TRIGGER`,
    always: sql`ENABLE ALWAYS TRIGGER`,
  };
  return statementOf(
    'trigger',
    memberPath(relation, trigger.name),
    sql`ALTER TABLE ONLY ${qualified(relation)} ${switches[trigger.enabled]} ${identifier(trigger.name)}`,
  );
}

/** Makes a policy. */
export function renderPolicy(table: ObjectName, policy: Policy): RenderedStatement {
  const commands = {
    all: sql`ALL`,
    select: sql`SELECT`,
    insert: sql`INSERT`,
    update: sql`UPDATE`,
    delete: sql`DELETE`,
  };
  const roles = policy.roles.map((role) => (role === 'public' ? sql`PUBLIC` : identifier(role)));
  const restrictive = policy.permissive ? sql`` : sql` AS RESTRICTIVE`;
  const using = policy.using === null ? sql`` : sql` USING (${rendered(policy.using)})`;
  const check = policy.check === null ? sql`` : sql` WITH CHECK (${rendered(policy.check)})`;
  return statementOf(
    'policy',
    memberPath(table, policy.name),
    sql`CREATE POLICY ${identifier(policy.name)} ON ${qualified(table)}${restrictive} FOR ${commands[policy.command]} TO ${joinSql(roles)}${using}${check}`,
  );
}

/** Row security flags and replica identity of a table. */
export function renderTableFlags(table: Table): readonly RenderedStatement[] {
  const name = qualified(table);
  const pieces: Sql[] = [];
  if (table.rowSecurity) pieces.push(sql`ALTER TABLE ONLY ${name} ENABLE ROW LEVEL SECURITY`);
  if (table.forceRowSecurity) pieces.push(sql`ALTER TABLE ONLY ${name} FORCE ROW LEVEL SECURITY`);
  if (table.replicaIdentity === 'full') pieces.push(sql`ALTER TABLE ONLY ${name} REPLICA IDENTITY FULL`);
  // The server says it of every foreign table, which has none.
  const says = table.kind !== 'foreign table';
  if (says && table.replicaIdentity === 'nothing') pieces.push(sql`ALTER TABLE ONLY ${name} REPLICA IDENTITY NOTHING`);
  return pieces.map((piece) => statementOf('table', qualifiedName(table), piece));
}
