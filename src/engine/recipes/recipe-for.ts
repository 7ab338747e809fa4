import type { AlterTableCmd } from '@pgsql/types';
import type { Column, Table } from '../catalog/catalog.ts';
import { as, nameOf, strings } from '../sql/nodes.ts';
import { formatType, type TypeRef, typeRef } from '../sql/type-name.ts';
import type { CatalogView } from '../validate/catalog-view.ts';
import type { AlterAction, CheckContext, Found } from '../validate/rule.ts';
import { changeColumnTypeRecipe } from './change-column-type.ts';
import { checkedConstraintRecipe, type NewConstraint } from './checked-constraint.ts';
import { dropColumnRecipe } from './drop-column.ts';
import type { Recipe } from './recipe.ts';
import { renameColumnRecipe } from './rename-column.ts';
import { renameTableRecipe } from './rename-table.ts';
import { requiredColumnRecipe } from './required-column.ts';

/** A type with the schema that it was found in, so that it means the same under every search path. */
const placed = (type: TypeRef, database: CatalogView): string => {
  const known = type.schema === null ? database.type(type) : null;
  return formatType(known === null ? type : { ...type, schema: known.schema });
};

/** True for a USING that says no more than the change of type does: the column, cast to the new type. */
const isPlainUsing = (cmd: AlterTableCmd, column: string): boolean => {
  const definition = as(cmd.def, 'ColumnDef');
  const using = definition?.raw_default;
  if (using === undefined) return true;
  const cast = as(using, 'TypeCast');
  const wanted = formatType(typeRef(definition?.typeName));
  if (cast !== undefined && formatType(typeRef(cast.typeName)) !== wanted) return false;
  return strings(as(cast?.arg ?? using, 'ColumnRef')?.fields).join('.') === column;
};

/** A named check or foreign key as it is written; null for anything else, and where a comment stands in it. */
const newConstraint = (cmd: AlterTableCmd, text: string): NewConstraint | null => {
  const constraint = as(cmd.def, 'Constraint');
  const name = constraint?.conname;
  const isCheck = constraint?.contype === 'CONSTR_CHECK';
  if (name === undefined || (!isCheck && constraint?.contype !== 'CONSTR_FOREIGN')) return null;
  if (constraint?.skip_validation === true || constraint?.is_enforced === false || text.includes('--')) return null;
  const definition = /\b(?:CHECK|FOREIGN\s+KEY)\b.*$/is.exec(text)?.[0].trim();
  if (definition === undefined || text.includes('/*')) return null;
  const condition = isCheck ? /^CHECK\s*\((?<inside>.*)\)$/is.exec(definition)?.groups?.['inside'] : undefined;
  // NO INHERIT and the like stand behind the condition.
  if (isCheck && condition === undefined) return null;
  return { name, definition, condition: condition?.replaceAll(/\s+/g, ' ') ?? null };
};

const ofAction = (view: CatalogView, table: Table, { cmd }: AlterAction, text: string): Recipe | null => {
  const { catalog } = view;
  const definition = as(cmd.def, 'ColumnDef');
  const column: Column | null = view.column(table, cmd.name ?? '');
  switch (cmd.subtype) {
    case 'AT_DropColumn':
      return column === null ? null : dropColumnRecipe(catalog, table, column);
    case 'AT_AlterColumnType': {
      if (column === null || column.collation !== null || definition?.collClause !== undefined) return null;
      if (!isPlainUsing(cmd, column.name)) return null;
      const type = placed(typeRef(definition?.typeName), view);
      return changeColumnTypeRecipe(catalog, table, column, { type, collation: null });
    }
    case 'AT_AddConstraint': {
      const constraint = newConstraint(cmd, text);
      return constraint === null ? null : checkedConstraintRecipe(table, constraint);
    }
    case 'AT_AddColumn': {
      if (definition?.colname === undefined) return null;
      const onlyRequired = (definition.constraints ?? []).every(
        (each) => as(each, 'Constraint')?.contype === 'CONSTR_NOTNULL',
      );
      if (!onlyRequired) return null;
      return requiredColumnRecipe(table, {
        name: definition.colname,
        type: placed(typeRef(definition.typeName), view),
      });
    }
    default:
      return null;
  }
};

/** The rules whose findings a recipe answers, and what the statement must be for it. */
const answered: Readonly<Record<string, 'action' | 'rename'>> = {
  'adding-check-constraint': 'action',
  'adding-foreign-key-constraint': 'action',
  'adding-required-field': 'action',
  'ban-drop-column': 'action',
  'changing-column-type': 'action',
  'renaming-column': 'rename',
  'renaming-table': 'rename',
};

/** The recipe that does safely what a finding of an up warns of; null where there is none or no catalog is known. */
export function recipeFor(rule: string, found: Found, context: CheckContext): Recipe | null {
  const kind = answered[rule];
  if (kind === undefined || !context.hasCatalog || context.direction === 'down') return null;
  const { database } = context;
  if (kind === 'action') {
    const altered = context.alter();
    const action = altered?.actions.find(({ range }) => range.start === found.range.start);
    if (altered?.table == null || action === undefined || context.isUncertain(altered.name)) return null;
    // Names in a constraint are copied as they are written; in a file of their own they would be looked up elsewhere.
    if (action.cmd.subtype === 'AT_AddConstraint' && context.settings.searchPath !== null) return null;
    return ofAction(database, altered.table, action, context.script.text.slice(action.range.start, action.range.end));
  }
  const rename = as(context.statement.node, 'RenameStmt');
  const table = rename === undefined ? null : database.table(nameOf(rename.relation));
  if (rename?.newname === undefined || table === null || context.isUncertain(table)) return null;
  if (rename.renameType === 'OBJECT_TABLE') return renameTableRecipe(database.catalog, table, rename.newname);
  const column = database.column(table, rename.subname ?? '');
  return rename.renameType === 'OBJECT_COLUMN' && column !== null
    ? renameColumnRecipe(database.catalog, table, column, rename.newname)
    : null;
}
