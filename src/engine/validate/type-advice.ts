import { quoteIdentifier } from '../sql/quote-identifier.ts';
import type { CheckContext, Found } from './rule.ts';
import { typeFix } from './type-fix.ts';
import { shown } from './wording.ts';
import { type WrittenColumn, writtenColumns } from './written-columns.ts';

/**
 * What the rules about types report: each column that a statement writes with a type that `isMeant`. `better` names the
 * type that takes the place of one without modifiers, as a fix.
 */
export const typeAdvice = (
  context: CheckContext,
  isMeant: (column: WrittenColumn) => boolean,
  advice: string,
  better: Readonly<Record<string, string>> = {},
): readonly Found[] =>
  writtenColumns(context).flatMap((column): readonly Found[] => {
    if (column.type.array || !isMeant(column)) return [];
    const wanted = column.type.modifiers.length === 0 ? better[column.type.name] : undefined;
    return [
      {
        range: column.typeRange,
        message: `${quoteIdentifier(column.name)} of ${shown(column.table)}: ${advice}`,
        evidence: { table: shown(column.table), column: column.name, type: column.type.name },
        fix: wanted === undefined ? null : typeFix(context, column, wanted),
      },
    ];
  });
