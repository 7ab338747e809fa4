import type { Node } from '@pgsql/types';
import { as } from '../../sql/nodes.ts';
import { parseType, type TypeRef } from '../../sql/type-name.ts';
import type { CatalogView } from '../catalog-view.ts';
import { type ColumnTypes, typeOfExpression } from '../type-of-expression.ts';
import { isNeverAssigned } from './assignment.ts';

/** Why a value cannot become a value of a type, as the server would say it. */
export type RefusedValue = { readonly sqlstate: string; readonly reason: string };

/** What the text of a constant must look like to be read as a value; types with looser forms are not listed. */
const forms: Readonly<Record<string, RegExp>> = {
  bool: /^\s*(?:t|tr|tru|true|f|fa|fal|fals|false|y|ye|yes|n|no|on|of|off|0|1)\s*$/i,
  // Since 16 also 0x, 0o, 0b and 1_000.
  int2: /^\s*[-+]?[0-9][0-9a-fox_]*\s*$/i,
  int4: /^\s*[-+]?[0-9][0-9a-fox_]*\s*$/i,
  int8: /^\s*[-+]?[0-9][0-9a-fox_]*\s*$/i,
  numeric: /^\s*[-+]?(?:(?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:e[-+]?\d+)?|0[xob][\da-f_]+|nan|inf(?:inity)?)\s*$/i,
  uuid: /^\{?[0-9a-f-]{32,36}\}?$/i,
};

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

const textFits = (text: string, type: TypeRef, database: CatalogView): boolean => {
  if (type.array) return /^\s*(?:\{|\[-?\d+:)/.test(text);
  if (type.name === 'json' || type.name === 'jsonb') return isJson(text);
  const form = type.schema === null ? forms[type.name] : undefined;
  if (form !== undefined) return form.test(text);
  const known = database.type(type);
  return known?.kind !== 'enum' || known.labels.includes(text);
};

/** A day of the calendar that there is not, in the one form of dates that every setting reads alike. */
const isNoDay = (text: string, type: TypeRef): boolean => {
  const [, year, month, day] = /^\s*(\d{4})-(\d{2})-(\d{2})(?![\d-])/.exec(text)?.map(Number) ?? [];
  if (
    !/^(?:date|timestamp|timestamptz)$/.test(type.name) ||
    year === undefined ||
    month === undefined ||
    day === undefined
  )
    return false;
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1];
  return days === undefined || day < 1 || day > days;
};

const widest: Readonly<Record<string, number>> = { int2: 32_767, int4: 2_147_483_647 };

/** A constant that does not fit into the length or the range of a column once a row is written; null when it does. */
export const overflow = (expression: Node | undefined, type: TypeRef): RefusedValue | null => {
  const constant = as(expression, 'A_Const');
  const text = constant?.sval?.sval;
  const [length] = type.modifiers;
  if (text !== undefined && length !== undefined && !type.array && (type.name === 'varchar' || type.name === 'bpchar'))
    return [...text.trimEnd()].length > length
      ? { sqlstate: '22001', reason: `'${text}' is longer than ${length} characters` }
      : null;
  const number = Math.abs(Number(constant?.fval?.fval ?? constant?.ival?.ival ?? 0));
  const most = type.array ? undefined : widest[type.name];
  return most !== undefined && number > most + 1 ? { sqlstate: '22003', reason: `${number} is out of range` } : null;
};

/** What an expression is of whose columns are not known. */
const noColumns = { typeOf: () => null };

/** What a constant of a domain must be a constant of. */
const withoutDomains = (type: TypeRef, database: CatalogView): TypeRef => {
  const known = type.array ? null : database.type(type);
  const base = known?.kind === 'domain' ? parseType(known.baseType) : null;
  return base === null ? type : withoutDomains(base, database);
};

/**
 * What the server has against an expression as a value of a type; null when nothing is known to be wrong with it. Columns
 * that it names are looked up in `columns`.
 */
export const refusedValue = (
  expression: Node | undefined,
  written: TypeRef,
  database: CatalogView,
  columns: Pick<ColumnTypes, 'typeOf'> = noColumns,
): RefusedValue | null => {
  const constant = as(expression, 'A_Const');
  const type = withoutDomains(written, database);
  const words = `${type.schema === null ? '' : `${type.schema}.`}${type.name}${type.array ? '[]' : ''}`;
  if (constant === undefined) {
    const from = typeOfExpression(expression, { ...columns, isEnum: (one) => database.type(one)?.kind === 'enum' });
    return from !== null && isNeverAssigned(from, type, database)
      ? { sqlstate: '42804', reason: `what is of type ${from} cannot be assigned to ${words}` }
      : null;
  }
  if (constant.isnull === true) return null;
  if (constant.sval !== undefined) {
    const text = constant.sval.sval ?? '';
    if (!type.array && isNoDay(text, type)) return { sqlstate: '22008', reason: `'${text}' is no day of the calendar` };
    return textFits(text, type, database) ? null : { sqlstate: '22P02', reason: `'${text}' is no value of ${words}` };
  }
  if (constant.bsval !== undefined) return null;
  const isBoolean = constant.boolval !== undefined;
  const isWhole = constant.fval === undefined || /^\d+$/.test(constant.fval.fval ?? '');
  const from = isBoolean ? 'bool' : isWhole ? 'int8' : 'numeric';
  return isNeverAssigned(from, type, database)
    ? { sqlstate: '42804', reason: `${isBoolean ? 'a boolean' : 'a number'} cannot be assigned to ${words}` }
    : null;
};
