import type { Constraint, Table } from '../../catalog/catalog.ts';
import { parseCheck } from '../../sql/expressions.ts';
import { as, nameOfParts, strings } from '../../sql/nodes.ts';
import { quoteIdentifier } from '../../sql/quote-identifier.ts';
import { keyOf } from '../../sql/table-index.ts';
import { type AlteredTable, type CheckContext, defineRule, type Found } from '../rule.ts';
import { tablesOfType } from '../tables-of-type.ts';
import { listInWords, shown, shownObject } from '../wording.ts';

/** True when the file adds a constraint of the same name or kind to the table again: the drop makes room for it. */
const isReplaced = (context: CheckContext, altered: AlteredTable, kind: string | null): boolean => {
  const nodes: Readonly<Record<string, string>> = {
    check: 'CONSTR_CHECK',
    unique: 'CONSTR_UNIQUE',
    'foreign key': 'CONSTR_FOREIGN',
    'primary key': 'CONSTR_PRIMARY',
    exclusion: 'CONSTR_EXCLUSION',
  };
  return context.script.statements.slice(context.statement.index).some((statement) => {
    const other = context.alter(statement);
    return (
      other !== null &&
      keyOf(other.name) === keyOf(altered.name) &&
      other.actions.some(({ cmd }) => {
        const added = cmd.subtype === 'AT_AddConstraint' ? as(cmd.def, 'Constraint') : undefined;
        return added !== undefined && (kind === null || added.contype === nodes[kind]);
      })
    );
  });
};

const same = (some: readonly string[], others: readonly string[]): boolean =>
  some.length === others.length && some.every((one) => others.includes(one));

/** What a constraint demands, however it is written: the condition of a check, or all of the definition. */
const demandOf = ({ definition }: Constraint): string => {
  const condition = parseCheck(definition);
  return condition === null
    ? definition
    : JSON.stringify(condition, (key, value: unknown) => (key === 'location' ? undefined : value));
};

/** True when another constraint or index of the table holds rows to the same rule. */
const isSaidAgain = (table: Table, dropped: Constraint): boolean => {
  const others = table.constraints.filter(({ name }) => name !== dropped.name);
  const { references, kind } = dropped;
  if (kind === 'unique' || kind === 'primary key')
    return table.indexes.some(
      (index) =>
        index.unique &&
        index.valid &&
        index.predicate === null &&
        index.constraint !== dropped.name &&
        index.keys.every(({ column }) => column !== null && dropped.columns.includes(column)),
    );
  return others.some((other) => {
    if (other.kind !== kind) return false;
    if (references === null || other.references === null) return demandOf(other) === demandOf(dropped);
    return (
      keyOf(other.references.table) === keyOf(references.table) &&
      same(other.columns, dropped.columns) &&
      same(other.references.columns, references.columns)
    );
  });
};

/** The same of a domain that columns have. */
const ofDomain = (context: CheckContext): readonly Found[] => {
  const alter = as(context.statement.node, 'AlterDomainStmt');
  const written = nameOfParts(strings(alter?.typeName));
  const domain = context.database.type(written);
  if (alter?.subtype !== 'X' || context.created.has('type', context.database.resolve(written))) return [];
  const constraint = domain?.kind === 'domain' ? domain.constraints.find(({ name }) => name === alter.name) : undefined;
  const isGone = alter.missing_ok === true && domain !== null && constraint === undefined;
  const isUnused = domain !== null && tablesOfType(context.database, domain).length === 0;
  const isSaidAnew = context.script.statements.some(({ node }) => {
    const other = as(node, 'AlterDomainStmt');
    return other?.subtype === 'C' && nameOfParts(strings(other.typeName)).name === written.name;
  });
  return isGone || isUnused || isSaidAnew
    ? []
    : [
        {
          range: context.source.range,
          message: `${shown(written)} loses the constraint ${quoteIdentifier(alter.name ?? '')}, in every column of it`,
          evidence: { domain: shown(written), constraint: alter.name, definition: constraint?.definition ?? null },
        },
      ];
};

export const dropConstraint = defineRule({
  id: 'drop-constraint',
  title: 'Dropped constraint: its guarantee is gone',
  category: 'compatibility',
  severity: 'warning',
  servers: {},
  on: ['AT_DropConstraint', 'AlterDomainStmt'],
  foldsUnder: ['ddl-on-partition-child', 'drop-primary-key'],
  docs: {
    what: 'DROP CONSTRAINT of a constraint that this migration did not add and does not replace, and whose rule no other constraint or index holds. For a foreign key the referenced table is locked too. The same of a domain that columns have.',
    why: 'Rows that break the rule can be written from now on, and adding it again means to find and mend them. ON CONFLICT that names the constraint fails.',
    instead: 'Add what replaces it first.',
    ignoreWhen: 'the rule no longer holds.',
    manual: 'https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-DROP-CONSTRAINT',
  },
  examples: [
    {
      name: 'a foreign key',
      setup:
        'create table users (id bigint primary key); create table orders (user_id bigint constraint f references users);',
      up: 'ALTER TABLE orders DROP CONSTRAINT f;',
      finds: [{ text: 'DROP CONSTRAINT f', severity: 'warning' }],
      trace: { locks: { orders: 'ACCESS EXCLUSIVE', users: 'ACCESS EXCLUSIVE' } },
    },
    {
      name: 'without a catalog',
      up: 'alter table orders drop constraint if exists "F" cascade;',
      finds: [{ text: 'drop constraint if exists "F" cascade' }],
    },
    {
      name: 'replaced in the same migration',
      setup: 'create table orders (a int, constraint c check (a > 0));',
      up: 'alter table orders drop constraint c; alter table orders add constraint c check (a > 1) not valid;',
      finds: [],
    },
    {
      name: 'a helper of the same migration',
      setup: 'create table orders (a int);',
      up: 'alter table orders add constraint c check (a is not null) not valid; alter table orders validate constraint c; alter table orders alter a set not null; alter table orders drop constraint c;',
      finds: [],
    },
    {
      name: 'a check that NOT NULL has made superfluous',
      setup: 'create table orders (a int not null, constraint c check (a is not null));',
      up: 'alter table orders drop constraint c;',
      finds: [],
    },
    {
      name: 'rules that another constraint or index holds too',
      setup:
        'create table users (id bigint primary key); create table orders (user_id bigint constraint f references users, a int constraint u unique, constraint c check (a > 0)); create unique index i on orders (a);',
      up: 'alter table orders add constraint g foreign key (user_id) references users on delete cascade not valid, add constraint d check (a > 0) not valid; alter table orders drop constraint f, drop constraint c, drop constraint u;',
      finds: [],
    },
    {
      name: 'a rule that holds only for some rows otherwise',
      setup:
        'create table orders (a int, b int, constraint u unique (a)); create unique index i on orders (a) where b > 0; create unique index j on orders (a, b);',
      up: 'alter table orders drop constraint u;',
      finds: [{ text: 'drop constraint u' }],
    },
    {
      name: 'a constraint of a domain',
      setup: 'create domain age as int constraint c check (value > 0); create table users (age age);',
      up: 'alter domain age drop constraint c; alter domain age drop constraint if exists d;',
      finds: [{ text: 'alter domain age drop constraint c' }],
    },
    {
      name: 'a constraint of a domain that is replaced, or that nothing has',
      setup:
        'create domain age as int constraint c check (value > 0); create domain size as int constraint c check (value > 0); create table users (age age);',
      up: 'alter domain age drop constraint c; alter domain age add constraint c check (value >= 0) not valid; alter domain size drop constraint c;',
      finds: [],
    },
    {
      name: 'a constraint that is not there',
      setup: 'create table orders (a int);',
      up: 'alter table orders drop constraint if exists c;',
      finds: [],
    },
  ],
  check: (context) => {
    const altered = context.alter();
    if (as(context.statement.node, 'AlterDomainStmt') !== undefined) return ofDomain(context);
    if (altered === null || altered.standing.size === 'new') return [];
    return altered.actions.flatMap(({ cmd, range }) => {
      if (cmd.subtype !== 'AT_DropConstraint') return [];
      const name = cmd.name ?? '';
      if (
        context.created.has('constraint', altered.name, name) ||
        context.createdByUp.has('constraint', altered.name, name)
      )
        return [];
      const constraint = context.database.constraint(altered.table, name);
      if (altered.table !== null && constraint === null && cmd.missing_ok === true) return [];
      if (isReplaced(context, altered, constraint?.kind ?? null)) return [];
      if (altered.table !== null && constraint !== null && isSaidAgain(altered.table, constraint)) return [];
      if (
        constraint?.kind === 'check' &&
        constraint.columns.length > 0 &&
        /^CHECK \(+"?[\w ]+"? IS NOT NULL\)+$/i.test(constraint.definition)
      ) {
        const proven = constraint.columns.every(
          (column) => context.database.column(altered.table, column)?.notNull === true,
        );
        if (proven) return [];
      }
      const other = constraint?.references?.table;
      const locks = other === undefined ? '' : `; ${shownObject(other)} is locked too`;
      const what =
        constraint === null
          ? 'the constraint'
          : `the ${constraint.kind}${constraint.kind.endsWith('key') ? '' : ' constraint'}`;
      return [
        {
          range,
          message: `${shown(altered.written)} loses ${what} ${listInWords([quoteIdentifier(name)])}${locks}`,
          evidence: {
            table: shown(altered.written),
            constraint: name,
            kind: constraint?.kind ?? null,
            definition: constraint?.definition ?? null,
          },
        },
      ];
    });
  },
});
