import type { AlterTableCmd } from '@pgsql/types';
import { err } from '../../shared/result.ts';
import type { Table } from '../catalog/catalog.ts';
import { all, as, findNodes, strings } from '../sql/nodes.ts';
import { identifier, joinSql, rendered, sql } from '../sql/sql.ts';
import { tokensOf } from '../sql/tokens.ts';
import { typeRef } from '../sql/type-name.ts';
import type { CatalogView } from '../validate/catalog-view.ts';
import { computedColumnRecipe } from './computed-column.ts';
import { placedType } from './placed-type.ts';
import type { Offer } from './recipe.ts';

/** The expression of a generated column as it is written: what stands in the parentheses behind its AS. */
const generationOf = (text: string): string | null => {
  const tokens = tokensOf(text).filter(({ kind }) => kind !== 'space');
  const written = tokens.map(({ start, end }) => text.slice(start, end));
  const always = written.findIndex((word, at) => /^always$/i.test(word) && /^as$/i.test(written[at + 1] ?? ''));
  let depth = 0;
  for (let at = always + 2; always >= 0 && at < written.length; at++) {
    if (written[at] === '(') depth += 1;
    if (written[at] === ')') depth -= 1;
    if (depth === 0) return text.slice(tokens[always + 2]?.end, tokens[at]?.start).trim();
  }
  return null;
};

/** The recipe for a stored generated column that is added, or why there is none; null where it is not one of these. */
export const generatedColumnOffer = (
  view: CatalogView,
  table: Table,
  cmd: AlterTableCmd,
  text: string,
): Offer | null => {
  const definition = as(cmd.def, 'ColumnDef');
  const constraints = all(definition?.constraints, 'Constraint');
  const generated = constraints.find(({ contype }) => contype === 'CONSTR_GENERATED');
  const expression = generationOf(text);
  if (definition?.colname === undefined || generated?.raw_expr === undefined || expression === null) return null;
  if (text.includes('--') || text.includes('/*')) return err('a comment stands inside it');
  if (constraints.some(({ contype = '' }) => !['CONSTR_GENERATED', 'CONSTR_NOTNULL'].includes(contype)))
    return err('the column has more than an expression and NOT NULL; add the rest in a migration of its own');
  const names = findNodes(generated.raw_expr, 'ColumnRef').map(({ fields }) => strings(fields));
  if (names.some(({ length }) => length !== 1)) return err('its expression names columns with their table');
  const calls = findNodes(generated.raw_expr, 'FuncCall').map(({ funcname }) => strings(funcname));
  const own = calls.find(
    ([name, ...more]) => more.length === 0 && view.catalog.routines.some((routine) => routine.name === name),
  );
  if (own !== undefined)
    return err(
      `its expression calls ${own.join('.')}, which a trigger would look up by the search path of whoever writes: write it with its schema`,
    );
  const collation = strings(definition.collClause?.collname);
  const type = rendered(placedType(typeRef(definition.typeName), view));
  return computedColumnRecipe(view.catalog, table, {
    name: definition.colname,
    type: collation.length === 0 ? type : sql`${type} COLLATE ${joinSql(collation.map(identifier), sql`.`)}`,
    expression: rendered(expression),
    notNull: constraints.some(({ contype }) => contype === 'CONSTR_NOTNULL'),
  });
};
