import { err, ok, type Result } from '../../shared/result.ts';
import type { Catalog, Column, Constraint, Index, ObjectName, Table } from '../catalog/catalog.ts';
import { renderIndexStatistics } from '../catalog/render/render-members.ts';
import { freeConstraintName, freeRelationName } from '../plan/write/free-name.ts';
import { parseExpression } from '../sql/expressions.ts';
import { columnsIn } from '../sql/nodes.ts';
import { quoteIdentifier } from '../sql/quote-identifier.ts';
import { identifier, literal, qualified, rendered, type Sql, sql } from '../sql/sql.ts';
import { type RecipeStatement, type RecipeStep, scriptOf } from './recipe.ts';
import { renamedIn } from './renamed-in.ts';

/** An index or a constraint over a column, and how it is called where it is made for another column. */
export type Member =
  | { readonly kind: 'index'; readonly index: Index; readonly name: string }
  | { readonly kind: 'key'; readonly constraint: Constraint; readonly index: Index; readonly name: string }
  | { readonly kind: 'constraint'; readonly constraint: Constraint; readonly name: string };

const reads = (expression: string | null, column: string): boolean => {
  const node = expression === null ? null : parseExpression(expression);
  return node !== null && columnsIn(node).includes(column);
};

const isOver = (index: Index, column: string): boolean =>
  index.include.includes(column) ||
  index.keys.some((key) => key.column === column || reads(key.expression, column)) ||
  reads(index.predicate, column);

/** The indexes over a column, each with a name that is free for a copy of it. */
export function indexesOver(
  catalog: Catalog,
  table: Table,
  column: string,
): readonly { readonly index: Index; readonly name: string }[] {
  let taken = catalog;
  return table.indexes
    .filter((index) => isOver(index, column))
    .map((index) => {
      const name = freeRelationName(taken, table.schema, [index.name], 'new');
      // A name that was given out is not free for the next.
      taken = { ...taken, tables: [...taken.tables, { ...table, name, indexes: [] }] };
      return { index, name };
    });
}

/** What stands on a column, in the order in which it can be made; or what of it cannot be made beside it. */
export function membersOver(catalog: Catalog, table: Table, column: string): Result<readonly Member[], string> {
  const members: Member[] = [];
  for (const { index, name } of indexesOver(catalog, table, column)) {
    if (!index.valid) return err(`the index ${index.name} over it is not valid; drop it or build it again first`);
    const constraint = table.constraints.find((each) => each.name === index.constraint);
    if (constraint === undefined) members.push({ kind: 'index', index, name });
    else if (constraint.kind === 'exclusion')
      return err(
        `PostgreSQL builds the exclusion constraint ${constraint.name} over it only while nobody reads or writes`,
      );
    else if (constraint.deferrable)
      return err(`the constraint ${constraint.name} over it is deferrable, which its copy beside it could not be`);
    else members.push({ kind: 'key', constraint, index, name });
  }
  for (const constraint of table.constraints) {
    if (!constraint.columns.includes(column)) continue;
    switch (constraint.kind) {
      case 'check':
      case 'foreign key': {
        if (!constraint.validated) return err(`the constraint ${constraint.name} over it is not validated`);
        // No foreign key is handed down to heirs, and the catalog says so of each.
        if (!constraint.local || (constraint.kind === 'check' && constraint.noInherit))
          return err(`the constraint ${constraint.name} over it belongs to an inheritance`);
        const constraints = [...table.constraints, ...members];
        const name = freeConstraintName({ constraints }, [constraint.name], 'new');
        members.push({ kind: 'constraint', constraint, name });
        break;
      }
      case 'not null':
        if (!constraint.validated || constraint.noInherit)
          return err(`its NOT NULL is called ${constraint.name} and says more than that`);
        break;
      case 'primary key':
      case 'unique':
      case 'exclusion':
      case 'trigger':
        break;
    }
  }
  return ok(members);
}

/**
 * Behind the table's name in what `pg_get_indexdef` says, or in a statement as it was written, which may not name the
 * method; the column's name may also be the table's.
 */
const bodyOf = (definition: string): number => {
  const method = definition.search(/\susing\s/i);
  return method < 0 ? definition.indexOf('(') : method;
};

/** Builds an index again for a column (the same or another one) while rows are written. */
export const createIndex = (
  table: Table,
  index: Index,
  column: string,
  target: { readonly name: string; readonly column: string; readonly unique: boolean },
): readonly RecipeStatement[] => {
  const body = bodyOf(index.definition);
  const rest = renamedIn(index.definition.slice(body), column, target.column);
  const unique = target.unique ? sql`UNIQUE ` : sql``;
  return [
    {
      sql: sql`CREATE ${unique}INDEX CONCURRENTLY ${identifier(target.name)} ON ${qualified(table)}${rendered(rest)}`,
    },
    ...renderIndexStatistics(table, { ...index, name: target.name }).map((each) => ({ sql: rendered(each.sql) })),
  ];
};

const definitionFor = (constraint: Constraint, column: string, name: string): string => {
  const { definition, references } = constraint;
  if (constraint.kind !== 'foreign key' || references === null) return renamedIn(definition, column, name);
  // Only the referencing columns: the referenced ones may have the same name.
  const end = definition.indexOf(') REFERENCES ');
  const own = constraint.columns.map((each) => quoteIdentifier(each === column ? name : each)).join(', ');
  return `FOREIGN KEY (${own}${definition.slice(end)}`;
};

const commentOf = (table: Table, member: Member): readonly RecipeStatement[] => {
  const { index, constraint } = { index: null, constraint: null, ...member };
  return [
    ...(constraint?.comment == null
      ? []
      : [
          {
            sql: sql`COMMENT ON CONSTRAINT ${identifier(constraint.name)} ON ${qualified(table)} IS ${literal(constraint.comment)}`,
          },
        ]),
    ...(index?.comment == null
      ? []
      : [
          {
            sql: sql`COMMENT ON INDEX ${qualified({ schema: table.schema, name: index.name })} IS ${literal(index.comment)}`,
          },
        ]),
  ];
};

const keyWords = (constraint: Constraint): Sql => (constraint.kind === 'primary key' ? sql`PRIMARY KEY` : sql`UNIQUE`);

const attach = (table: Table, constraint: Constraint, index: string): RecipeStatement => ({
  sql: sql`ALTER TABLE ${qualified(table)} ADD CONSTRAINT ${identifier(constraint.name)} ${keyWords(constraint)} USING INDEX ${identifier(index)}`,
});

const addChecked = (table: Table, constraint: Constraint, column: string, target: string, name: string) => {
  const own = qualified(table);
  const definition = rendered(definitionFor(constraint, column, target));
  return [
    { sql: sql`ALTER TABLE ${own} ADD CONSTRAINT ${identifier(name)} ${definition} NOT VALID` },
    { sql: sql`ALTER TABLE ${own} VALIDATE CONSTRAINT ${identifier(name)}` },
  ];
};

/** A foreign key over a column whose type is not the other one's, which is as it was or as it is going to be. */
const betweenTypes = {
  'fk-type-mismatch': 'its values fit both types, and the two columns change places',
};

/**
 * Makes copies of everything for another column, which is of the same type or not, while rows are written; keys are only
 * unique indexes as yet.
 */
export const copyMembers = (
  table: Table,
  members: readonly Member[],
  column: Pick<Column, 'name' | 'type'>,
  target: Pick<Column, 'name' | 'type'>,
): readonly RecipeStatement[] =>
  members.flatMap((member) =>
    member.kind === 'constraint'
      ? addChecked(table, member.constraint, column.name, target.name, member.name).map((statement, index) =>
          index === 0 && member.constraint.kind === 'foreign key' && column.type !== target.type
            ? { ...statement, ignores: betweenTypes }
            : statement,
        )
      : createIndex(table, member.index, column.name, {
          name: member.name,
          column: target.name,
          unique: member.index.unique,
        }),
  );

/** Drops an index that a recipe built for a second column. */
export const dropIndexCopy = (index: ObjectName): RecipeStatement => ({
  sql: sql`DROP INDEX CONCURRENTLY ${qualified(index)}`,
  ignores: { 'on-conflict-target-removed': 'this recipe built it, and the first column has its own' },
});

/** Takes the copies away again, last first. */
export const dropCopies = (table: Table, members: readonly Member[]): readonly RecipeStatement[] =>
  members
    .toReversed()
    .map((member) =>
      member.kind === 'constraint'
        ? { sql: sql`ALTER TABLE ${qualified(table)} DROP CONSTRAINT ${identifier(member.name)}` }
        : dropIndexCopy({ schema: table.schema, name: member.name }),
    );

/** Makes everything again for the column itself, under its own names, after it was gone. */
export const restoreMembers = (table: Table, members: readonly Member[], column: string): readonly RecipeStatement[] =>
  members.flatMap((member) => {
    if (member.kind === 'constraint')
      return [
        ...addChecked(table, member.constraint, column, column, member.constraint.name),
        ...commentOf(table, member),
      ];
    const { index } = member;
    const made = createIndex(table, index, column, { name: index.name, column, unique: index.unique });
    return [
      ...made,
      ...(member.kind === 'key' ? [attach(table, member.constraint, index.name)] : []),
      ...commentOf(table, member),
    ];
  });

const replacedHere = 'a copy that was built and validated before takes its place in this transaction';

/** Drops the originals, at once, where their copies are to take their places. */
export const dropOriginals = (table: Table, members: readonly Member[]): readonly RecipeStatement[] =>
  members.toReversed().map((member) =>
    member.kind === 'index'
      ? {
          sql: sql`DROP INDEX ${qualified({ schema: table.schema, name: member.index.name })}`,
          ignores: { 'require-concurrent-index-deletion': replacedHere, 'dropping-used-index': replacedHere },
        }
      : {
          sql: sql`ALTER TABLE ${qualified(table)} DROP CONSTRAINT ${identifier(member.constraint.name)}`,
          ignores: {
            [member.constraint.kind === 'primary key' ? 'drop-primary-key' : 'drop-constraint']: replacedHere,
          },
        },
  );

/** Gives the copies the names and the ranks of the originals, which are gone. */
export const promoteCopies = (table: Table, members: readonly Member[]): readonly RecipeStatement[] =>
  members.flatMap((member) => {
    const own = qualified(table);
    if (member.kind === 'constraint')
      return [
        {
          sql: sql`ALTER TABLE ${own} RENAME CONSTRAINT ${identifier(member.name)} TO ${identifier(member.constraint.name)}`,
        },
        ...commentOf(table, member),
      ];
    const { index } = member;
    return [
      member.kind === 'key'
        ? attach(table, member.constraint, member.name)
        : {
            sql: sql`ALTER INDEX ${qualified({ schema: table.schema, name: member.name })} RENAME TO ${identifier(index.name)}`,
          },
      ...(index.replicaIdentity
        ? [{ sql: sql`ALTER TABLE ${own} REPLICA IDENTITY USING INDEX ${identifier(index.name)}` }]
        : []),
      ...(index.clustered ? [{ sql: sql`ALTER TABLE ${own} CLUSTER ON ${identifier(index.name)}` }] : []),
      ...commentOf(table, member),
    ];
  });

const proofOf = (table: Table, column: string): Sql =>
  identifier(freeConstraintName(table, [table.name, column], 'required'));

const expectValue = (table: Table, column: string): RecipeStatement => ({
  sql: sql`ALTER TABLE ${qualified(table)} ADD CONSTRAINT ${proofOf(table, column)} CHECK (${identifier(column)} IS NOT NULL) NOT VALID`,
});

const provenNotNull = (table: Table, column: string): readonly RecipeStatement[] => {
  const own = qualified(table);
  const proof = proofOf(table, column);
  return [
    { sql: sql`ALTER TABLE ${own} VALIDATE CONSTRAINT ${proof}` },
    {
      sql: sql`ALTER TABLE ${own} ALTER COLUMN ${identifier(column)} SET NOT NULL`,
      comment: 'The check proves it: no row is read.',
    },
    { sql: sql`ALTER TABLE ${own} DROP CONSTRAINT ${proof}` },
  ];
};

/** Requires a column through a check that is validated while rows are written; nothing for a column that may be NULL. */
export const requireColumn = (table: Table, column: Pick<Column, 'name' | 'notNull'>): readonly RecipeStatement[] =>
  column.notNull ? [expectValue(table, column.name), ...provenNotNull(table, column.name)] : [];

/**
 * Requires columns in two steps, between which rows without a value are mended: a failing second one leaves nothing behind.
 * `deploy` and `mend` say what has to be done before each.
 */
export function requireSteps(
  table: Table,
  columns: readonly string[],
  { deploy, mend }: { readonly deploy: string; readonly mend: string },
): readonly RecipeStep[] {
  const own = qualified(table);
  const expected = columns.map((column) => expectValue(table, column));
  const named = columns.join(', ');
  return [
    {
      slug: 'require_in_new_rows',
      title: `Require ${named} in rows that are written from now on`,
      before: deploy,
      up: scriptOf(expected),
      down: scriptOf(
        columns.toReversed().map((column) => ({
          sql: sql`ALTER TABLE ${own} DROP CONSTRAINT ${proofOf(table, column)}`,
          ignores: { 'drop-constraint': 'it takes back what this recipe added' },
        })),
      ),
    },
    {
      slug: 'require_in_all_rows',
      title: `Require ${named}`,
      before: mend,
      up: scriptOf(columns.flatMap((column) => provenNotNull(table, column))),
      down: scriptOf([
        ...expected,
        ...columns.map((column) => ({
          sql: sql`ALTER TABLE ${own} ALTER COLUMN ${identifier(column)} DROP NOT NULL`,
        })),
      ]),
    },
  ];
}
