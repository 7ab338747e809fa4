import type { Catalog, Column, Constraint, Index, Table } from '../catalog/catalog.ts';
import { freeConstraintName, freeRelationName } from '../plan/write/free-name.ts';
import { parseExpression } from '../sql/expressions.ts';
import { columnsIn } from '../sql/nodes.ts';
import { quoteIdentifier } from '../sql/quote-identifier.ts';
import { identifier, qualified, rendered, type Sql, sql } from '../sql/sql.ts';
import type { RecipeStatement } from './recipe.ts';
import { renamedIn } from './renamed-in.ts';

/** An index or a constraint over a column, and how it is called where it is made for another column. */
export type Member =
  | { readonly kind: 'index'; readonly index: Index; readonly name: string }
  | { readonly kind: 'unique'; readonly constraint: Constraint; readonly index: Index; readonly name: string }
  | { readonly kind: 'constraint'; readonly constraint: Constraint; readonly name: string };

const reads = (expression: string | null, column: string): boolean => {
  const node = expression === null ? null : parseExpression(expression);
  return node !== null && columnsIn(node).includes(column);
};

const isOver = (index: Index, column: string): boolean =>
  index.include.includes(column) ||
  index.keys.some((key) => key.column === column || reads(key.expression, column)) ||
  reads(index.predicate, column);

/** What stands on a column, in the order in which it can be made; null when some of it cannot be made beside it. */
export function membersOver(catalog: Catalog, table: Table, column: string): readonly Member[] | null {
  const members: Member[] = [];
  let taken = catalog;
  const freeIndex = (name: string): string => {
    const free = freeRelationName(taken, table.schema, [name], 'new');
    // A name that was given out is not free for the next.
    const holder = { ...table, name: free, indexes: [] };
    taken = { ...taken, tables: [...taken.tables, holder] };
    return free;
  };
  for (const index of table.indexes) {
    if (!isOver(index, column)) continue;
    if (index.replicaIdentity || index.clustered || !index.valid || index.parent !== null) return null;
    if (index.options !== undefined && index.options.length > 0) return null;
    if (index.constraint === null) members.push({ kind: 'index', index, name: freeIndex(index.name) });
  }
  for (const constraint of table.constraints) {
    if (!constraint.columns.includes(column)) continue;
    const backing = table.indexes.find((index) => index.constraint === constraint.name);
    switch (constraint.kind) {
      case 'unique':
        if (backing === undefined || constraint.deferrable) return null;
        members.push({ kind: 'unique', constraint, index: backing, name: freeIndex(constraint.name) });
        break;
      case 'check':
      case 'foreign key': {
        if (!constraint.local || !constraint.validated) return null;
        if (constraint.kind === 'check' && constraint.noInherit) return null;
        const name = freeConstraintName(table, [constraint.name], 'new');
        members.push({ kind: 'constraint', constraint, name });
        break;
      }
      case 'primary key':
      case 'exclusion':
      case 'trigger':
      case 'not null':
        return null;
    }
  }
  return members;
}

/**
 * Behind the table's name in what `pg_get_indexdef` says, or in a statement as it was written, which may not name the
 * method; the column's name may also be the table's.
 */
const bodyOf = (definition: string): number => {
  const method = definition.search(/\susing\s/i);
  return method < 0 ? definition.indexOf('(') : method;
};

const createIndex = (table: Table, index: Index, column: string, target: { name: string; column: string }): Sql => {
  const body = bodyOf(index.definition);
  const rest = renamedIn(index.definition.slice(body), column, target.column);
  const unique = index.unique ? sql`UNIQUE ` : sql``;
  return sql`CREATE ${unique}INDEX CONCURRENTLY ${identifier(target.name)} ON ${qualified(table)}${rendered(rest)}`;
};

const definitionFor = (constraint: Constraint, column: string, name: string): string => {
  const { definition, references } = constraint;
  if (constraint.kind !== 'foreign key' || references === null) return renamedIn(definition, column, name);
  // Only the referencing columns: the referenced ones may have the same name.
  const end = definition.indexOf(') REFERENCES ');
  const own = constraint.columns.map((each) => quoteIdentifier(each === column ? name : each)).join(', ');
  return `FOREIGN KEY (${own}${definition.slice(end)}`;
};

type Target = { readonly column: string; readonly own: boolean };

function makeMember(table: Table, member: Member, column: string, target: Target): readonly RecipeStatement[] {
  const own = qualified(table);
  switch (member.kind) {
    case 'index': {
      const name = target.own ? member.index.name : member.name;
      return [{ sql: createIndex(table, member.index, column, { name, column: target.column }) }];
    }
    case 'unique': {
      const name = target.own ? member.constraint.name : member.name;
      return [
        { sql: createIndex(table, member.index, column, { name, column: target.column }) },
        { sql: sql`ALTER TABLE ${own} ADD CONSTRAINT ${identifier(name)} UNIQUE USING INDEX ${identifier(name)}` },
      ];
    }
    case 'constraint': {
      const name = identifier(target.own ? member.constraint.name : member.name);
      const definition = rendered(definitionFor(member.constraint, column, target.column));
      return [
        { sql: sql`ALTER TABLE ${own} ADD CONSTRAINT ${name} ${definition} NOT VALID` },
        { sql: sql`ALTER TABLE ${own} VALIDATE CONSTRAINT ${name}` },
      ];
    }
  }
}

/**
 * Makes everything again for a column (the same or another one) without keeping anybody out; `own`: under the names of
 * the originals.
 */
export const makeMembers = (
  table: Table,
  members: readonly Member[],
  column: string,
  target: Target,
): readonly RecipeStatement[] => members.flatMap((member) => makeMember(table, member, column, target));

/** Takes the copies away again, last first. */
export const dropMembers = (table: Table, members: readonly Member[]): readonly RecipeStatement[] =>
  members
    .toReversed()
    .map((member) =>
      member.kind === 'index'
        ? { sql: sql`DROP INDEX CONCURRENTLY ${qualified({ schema: table.schema, name: member.name })}` }
        : { sql: sql`ALTER TABLE ${qualified(table)} DROP CONSTRAINT ${identifier(member.name)}` },
    );

/** Gives the copies the names of the originals, which are gone, or takes these names from them again. */
export const renameMembers = (
  table: Table,
  members: readonly Member[],
  direction: 'to the original' | 'from the original',
): readonly RecipeStatement[] =>
  members.map((member) => {
    const original = member.kind === 'index' ? member.index.name : member.constraint.name;
    const [from, to] = direction === 'to the original' ? [member.name, original] : [original, member.name];
    return {
      sql:
        member.kind === 'index'
          ? sql`ALTER INDEX ${qualified({ schema: table.schema, name: from })} RENAME TO ${identifier(to)}`
          : sql`ALTER TABLE ${qualified(table)} RENAME CONSTRAINT ${identifier(from)} TO ${identifier(to)}`,
    };
  });

/** Requires a column through a check that is validated while rows are written; nothing for a column that may be NULL. */
export function requireColumn(table: Table, column: Pick<Column, 'name' | 'notNull'>): readonly RecipeStatement[] {
  if (!column.notNull) return [];
  const own = qualified(table);
  const name = identifier(column.name);
  const proof = identifier(freeConstraintName(table, [table.name, column.name], 'required'));
  return [
    { sql: sql`ALTER TABLE ${own} ADD CONSTRAINT ${proof} CHECK (${name} IS NOT NULL) NOT VALID` },
    { sql: sql`ALTER TABLE ${own} VALIDATE CONSTRAINT ${proof}` },
    { sql: sql`ALTER TABLE ${own} ALTER COLUMN ${name} SET NOT NULL`, comment: 'The check proves it: no row is read.' },
    { sql: sql`ALTER TABLE ${own} DROP CONSTRAINT ${proof}` },
  ];
}
