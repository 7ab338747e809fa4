import type { AlterTableCmd } from '@pgsql/types';
import { err } from '../../shared/result.ts';
import type { Column, Table } from '../catalog/catalog.ts';
import { all, as, nameOf, strings } from '../sql/nodes.ts';
import { identifier, rendered, sql } from '../sql/sql.ts';
import { formatType, typeRef } from '../sql/type-name.ts';
import type { CatalogView } from '../validate/catalog-view.ts';
import type { AlterAction, CheckContext, Found } from '../validate/rule.ts';
import { attachPartitionRecipe } from './attach-partition.ts';
import { batchedUpdateOffer } from './batched-update-offer.ts';
import { changeColumnTypeRecipe } from './change-column-type.ts';
import { checkedConstraintRecipe, type NewConstraint } from './checked-constraint.ts';
import { dropColumnRecipe } from './drop-column.ts';
import { generatedColumnOffer } from './generated-column-offer.ts';
import { type NumberedColumn, numberedColumnRecipe } from './numbered-column.ts';
import { partitionOffer } from './partition-offer.ts';
import { placedType } from './placed-type.ts';
import type { Offer } from './recipe.ts';
import { renameColumnRecipe } from './rename-column.ts';
import { renameTableRecipe } from './rename-table.ts';
import { requiredColumnRecipe } from './required-column.ts';
import { splitOffer } from './split-offer.ts';
import { uniqueKeyRecipe } from './unique-key.ts';

/**
 * How a USING turns old values into new ones: by the cast that the change of type means anyway, or by way of text. Null for any
 * other expression.
 */
const conversionOf = (cmd: AlterTableCmd, column: string): 'plain' | 'by text' | null => {
  const definition = as(cmd.def, 'ColumnDef');
  const using = definition?.raw_default;
  if (using === undefined) return 'plain';
  const wanted = formatType(typeRef(definition?.typeName));
  const cast = as(using, 'TypeCast');
  if (cast !== undefined && formatType(typeRef(cast.typeName)) !== wanted) return null;
  const inner = as(cast?.arg, 'TypeCast');
  const byText = inner !== undefined && formatType(typeRef(inner.typeName)) === 'text';
  if (strings(as((byText ? inner.arg : cast?.arg) ?? using, 'ColumnRef')?.fields).join('.') !== column) return null;
  return byText ? 'by text' : 'plain';
};

/** A check or foreign key as it is written, or why it cannot be copied. */
const newConstraint = (cmd: AlterTableCmd, text: string): NewConstraint | string => {
  const constraint = as(cmd.def, 'Constraint');
  const name = constraint?.conname;
  const isCheck = constraint?.contype === 'CONSTR_CHECK';
  if (name === undefined) return 'it has no name by which a later step could validate it';
  if (constraint?.is_enforced === false) return 'it is not enforced';
  if (text.includes('--') || text.includes('/*')) return 'a comment stands inside it';
  const definition = /\b(?:CHECK|FOREIGN\s+KEY)\b.*$/is.exec(text)?.[0].trim();
  const condition = isCheck ? /^CHECK\s*\((?<inside>.*)\)$/is.exec(definition ?? '')?.groups?.['inside'] : undefined;
  // NO INHERIT and the like stand behind the condition.
  if (definition === undefined || (isCheck && condition === undefined)) return 'more than its condition is written';
  return { name, definition, condition: condition?.replaceAll(/\s+/g, ' ') ?? null };
};

const addedConstraint = (view: CatalogView, table: Table, cmd: AlterTableCmd, text: string): Offer | null => {
  const constraint = as(cmd.def, 'Constraint');
  switch (constraint?.contype) {
    case 'CONSTR_CHECK':
    case 'CONSTR_FOREIGN': {
      if (constraint.skip_validation === true) return null;
      const written = newConstraint(cmd, text);
      return typeof written === 'string' ? err(written) : checkedConstraintRecipe(table, written);
    }
    case 'CONSTR_UNIQUE':
    case 'CONSTR_PRIMARY':
      if (constraint.indexname !== undefined) return null;
      return uniqueKeyRecipe(view.catalog, table, {
        kind: constraint.contype === 'CONSTR_UNIQUE' ? 'unique' : 'primary key',
        name: constraint.conname ?? null,
        columns: strings(constraint.keys),
        include: strings(constraint.including),
        nullsNotDistinct: constraint.nulls_not_distinct === true,
        deferrable: constraint.deferrable === true,
        initiallyDeferred: constraint.initdeferred === true,
      });
    case 'CONSTR_EXCLUSION':
      return err(
        'PostgreSQL builds the index of an exclusion constraint only while nobody reads or writes the table, and takes no index that was built before: it needs a maintenance window, or a new table beside this one',
      );
    default:
      return null;
  }
};

const serialTypes: Readonly<Record<string, string>> = {
  smallserial: 'smallint',
  serial2: 'smallint',
  serial: 'integer',
  serial4: 'integer',
  bigserial: 'bigint',
  serial8: 'bigint',
};

/** A column that numbers rows and says nothing else that would be lost; null for any other. */
const numberedColumn = (cmd: AlterTableCmd): NumberedColumn | null => {
  const definition = as(cmd.def, 'ColumnDef');
  if (definition?.colname === undefined) return null;
  const constraints = all(definition.constraints, 'Constraint');
  const others = constraints.filter(
    ({ contype = '' }) => !['CONSTR_NOTNULL', 'CONSTR_IDENTITY', 'CONSTR_PRIMARY', 'CONSTR_UNIQUE'].includes(contype),
  );
  const identity = constraints.find(({ contype }) => contype === 'CONSTR_IDENTITY');
  const key = constraints.find(({ contype }) => contype === 'CONSTR_PRIMARY' || contype === 'CONSTR_UNIQUE');
  if (others.length > 0 || key?.conname !== undefined || (identity?.options ?? []).length > 0) return null;
  const written = typeRef(definition.typeName);
  const serial = written.schema === null ? serialTypes[written.name] : undefined;
  if (identity === undefined && serial === undefined) return null;
  return {
    name: definition.colname,
    type: serial ?? formatType(written),
    identity: identity === undefined ? null : identity.generated_when === 'd' ? 'by default' : 'always',
    key: key === undefined ? null : key.contype === 'CONSTR_PRIMARY' ? 'primary key' : 'unique',
  };
};

const addedColumn = (view: CatalogView, table: Table, cmd: AlterTableCmd): Offer | null => {
  const definition = as(cmd.def, 'ColumnDef');
  if (definition?.colname === undefined) return null;
  const numbered = numberedColumn(cmd);
  if (numbered !== null) return numberedColumnRecipe(view.catalog, table, numbered);
  const onlyRequired = (definition.constraints ?? []).every(
    (each) => as(each, 'Constraint')?.contype === 'CONSTR_NOTNULL',
  );
  if (!onlyRequired) return err('the column has more than a type and NOT NULL; add the rest in a migration of its own');
  return requiredColumnRecipe(table, {
    name: definition.colname,
    type: placedType(typeRef(definition.typeName), view),
  });
};

const changedType = (view: CatalogView, table: Table, column: Column, cmd: AlterTableCmd): Offer => {
  const definition = as(cmd.def, 'ColumnDef');
  const conversion = conversionOf(cmd, column.name);
  if (conversion === null)
    return err(`USING says more than a cast of ${column.name}, and nothing says how to turn new values back`);
  const type = placedType(typeRef(definition?.typeName), view);
  const collation = strings(definition?.collClause?.collname);
  const byText = conversion === 'by text' ? sql`::text` : sql``;
  // A type without collations has none to keep; one that is not written is that of the type.
  const to = {
    type,
    collation: collation.length === 0 ? null : collation.map((part) => identifier(part).text).join('.'),
  };
  return changeColumnTypeRecipe(view.catalog, table, column, to, {
    old: sql`${byText}::${rendered(column.type)}`,
    fresh: sql`${byText}::${rendered(type)}`,
  });
};

const ofAction = (view: CatalogView, table: Table, { cmd }: AlterAction, text: string): Offer | null => {
  const column: Column | null = view.column(table, cmd.name ?? '');
  switch (cmd.subtype) {
    case 'AT_DropColumn':
      return column === null ? null : dropColumnRecipe(view.catalog, table, column);
    case 'AT_AlterColumnType':
      return column === null ? null : changedType(view, table, column, cmd);
    case 'AT_AddConstraint':
      return addedConstraint(view, table, cmd, text);
    case 'AT_AddColumn':
      return all(as(cmd.def, 'ColumnDef')?.constraints, 'Constraint').some(
        ({ contype }) => contype === 'CONSTR_GENERATED',
      )
        ? generatedColumnOffer(view, table, cmd, text)
        : addedColumn(view, table, cmd);
    case 'AT_AttachPartition': {
      const attached = as(cmd.def, 'PartitionCmd');
      const child = view.table(nameOf(attached?.name));
      const clause = /\bFOR\s+VALUES\b.*$/is.exec(text)?.[0].trim();
      if (child === null || attached?.bound === undefined || clause === undefined) return null;
      if (clause.includes('--') || clause.includes('/*')) return err('a comment stands inside its bound');
      return attachPartitionRecipe(view.catalog, table, child, attached.bound, clause);
    }
    default:
      return null;
  }
};

/** The rules whose findings a recipe answers, and what the statement must be for it. */
const answered: Readonly<Record<string, 'action' | 'rename' | 'schema' | 'update'>> = {
  'add-column-generated-stored': 'action',
  'add-column-identity': 'action',
  'add-column-serial': 'action',
  'adding-check-constraint': 'action',
  'adding-exclusion-constraint': 'action',
  'adding-foreign-key-constraint': 'action',
  'adding-primary-key-constraint': 'action',
  'adding-required-field': 'action',
  'adding-unique-constraint': 'action',
  'alter-column-collation': 'action',
  'attach-partition-scans-default': 'action',
  'attach-partition-without-check': 'action',
  'ban-drop-column': 'action',
  'changing-column-type': 'action',
  'column-type-change-rebuilds-index': 'action',
  'renaming-column': 'rename',
  'renaming-table': 'rename',
  'set-schema-moves-object': 'schema',
  'unbatched-backfill': 'update',
  'unique-index-over-duplicates': 'action',
  'update-without-where': 'update',
};

/** True where a later statement of the file gives the table's name to another one. */
const isTakenOver = ({ script, statement, database }: CheckContext, table: Table): boolean =>
  script.statements.slice(statement.index + 1).some(({ node }) => {
    const rename = as(node, 'RenameStmt');
    const created = as(node, 'CreateStmt')?.relation;
    const renamed = rename?.renameType === 'OBJECT_TABLE' && rename.newname === table.name;
    return renamed || (created !== undefined && database.resolve(nameOf(created)).name === table.name);
  });

/** What does safely that a finding of an up warns of, or why nothing does; null where the rule has no recipes or no catalog is known. */
export function recipeFor(rule: string, found: Found, context: CheckContext): Offer | null {
  const kind = answered[rule];
  if (kind === undefined || !context.hasCatalog || context.direction === 'down') return null;
  const { database } = context;
  if (kind === 'update') return batchedUpdateOffer(context);
  if (kind === 'action') {
    const altered = context.alter();
    const action = altered?.actions.find(({ range }) => range.start === found.range.start);
    if (altered?.table == null || action === undefined || context.isUncertain(altered.name)) return null;
    // Names in a constraint or an expression are copied as they are written; in a file of their own they would be looked up elsewhere.
    const copiesNames = action.cmd.subtype === 'AT_AddConstraint' || rule === 'add-column-generated-stored';
    if (copiesNames && context.settings.searchPath !== null)
      return err('the file sets a search path, under which its names mean something else than in a file of their own');
    const dropped =
      action.cmd.subtype === 'AT_DropColumn' ? database.column(altered.table, action.cmd.name ?? '') : null;
    const split = dropped === null ? undefined : splitOffer(context, altered.table, dropped);
    if (split !== undefined) return split;
    return ofAction(database, altered.table, action, context.script.text.slice(action.range.start, action.range.end));
  }
  if (kind === 'schema') {
    const moved = as(context.statement.node, 'AlterObjectSchemaStmt');
    const table = moved?.objectType === 'OBJECT_TABLE' ? database.table(nameOf(moved.relation)) : null;
    if (table === null || moved?.newschema === undefined || context.isUncertain(table)) return null;
    return renameTableRecipe(database.catalog, table, { schema: moved.newschema, name: table.name });
  }
  const rename = as(context.statement.node, 'RenameStmt');
  const table = rename === undefined ? null : database.table(nameOf(rename.relation));
  if (rename?.newname === undefined || table === null || context.isUncertain(table)) return null;
  const partitioned = rename.renameType === 'OBJECT_TABLE' ? partitionOffer(context, table, rename.newname) : undefined;
  if (partitioned !== undefined) return partitioned;
  if (rename.renameType === 'OBJECT_TABLE' && isTakenOver(context, table))
    return err(`another table takes the name ${table.name} in the same migration, where a view with it would stand`);
  if (rename.renameType === 'OBJECT_TABLE')
    return renameTableRecipe(database.catalog, table, { schema: table.schema, name: rename.newname });
  const column = database.column(table, rename.subname ?? '');
  return rename.renameType === 'OBJECT_COLUMN' && column !== null
    ? renameColumnRecipe(database.catalog, table, column, rename.newname)
    : null;
}
