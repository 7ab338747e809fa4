import type { FuncCall, Node } from '@pgsql/types';
import { as, strings } from '../sql/nodes.ts';
import { parseScript } from '../sql/parser.ts';

/** The SQL that an `EXECUTE` of PL/pgSQL runs. */
type ExecutedText = {
  readonly sql: string;
  /** False when it holds names or values that are only known while it runs, written `"%name"` and `'%name'`. */
  readonly complete: boolean;
};

/** A piece of it: text that is known, the name of something that is not, or text that such names were put into. */
type Part = { readonly text: string; readonly kind: 'known' | 'unknown' | 'built' };

const identifier = (name: string): string => (/^[a-z_]\w*$/.test(name) ? name : `"${name.replaceAll('"', '""')}"`);

const literal = (value: string): string => `'${value.replaceAll("'", "''")}'`;

/** A part as it stands in SQL: as a name, as a value between quotes, or as the text that it is. */
const put = ({ text, kind }: Part, form: 'name' | 'value' | 'text'): string => {
  const shown = kind === 'unknown' ? `%${text}` : text;
  if (form === 'value') return literal(shown);
  return form === 'name' || kind === 'unknown' ? identifier(shown) : shown;
};

const builtOf = (text: string, parts: readonly (Part | undefined)[]): Part => ({
  text,
  kind: parts.every((part) => part?.kind === 'known') ? 'known' : 'built',
});

const inFormat = (template: string, values: readonly Part[]): Part | null => {
  let next = 0;
  const used: (Part | undefined)[] = [];
  const text = template.replaceAll(
    /%(?:(\d+)\$)?-?\d*([sIL%])/g,
    (_, position: string | undefined, form: 's' | 'I' | 'L' | '%') => {
      if (form === '%') return '%';
      const at = position === undefined ? next : Number(position) - 1;
      next = at + 1;
      const part = values[at];
      used.push(part);
      if (part === undefined) return '';
      return put(part, form === 'I' ? 'name' : form === 'L' ? 'value' : 'text');
    },
  );
  return used.includes(undefined) ? null : builtOf(text, used);
};

const joined = (parts: readonly (Part | null)[]): Part | null => {
  const known = parts.filter((part) => part !== null);
  return known.length < parts.length ? null : builtOf(known.map((part) => put(part, 'text')).join(''), known);
};

type Values = ReadonlyMap<string, string>;

const callOf = ({ funcname, args = [] }: FuncCall, values: Values): Part | null => {
  const name = strings(funcname).at(-1) ?? '';
  const parts = args.map((arg) => partOf(arg, values));
  const [first, ...others] = parts;
  if (first == null) return null;
  switch (name) {
    case 'format':
      return first.kind === 'known'
        ? inFormat(
            first.text,
            others.map((part) => part ?? { text: 'value', kind: 'unknown' }),
          )
        : null;
    case 'quote_ident':
      return builtOf(put(first, 'name'), [first]);
    case 'quote_literal':
    case 'quote_nullable':
      return builtOf(put(first, 'value'), [first]);
    case 'concat':
      return joined(parts);
    default:
      return { text: name, kind: 'unknown' };
  }
};

/** What an expression is as far as it is written out; the name of what it reads where it is not. */
function partOf(node: Node, values: Values): Part | null {
  const cast = as(node, 'TypeCast');
  if (cast?.arg !== undefined) return partOf(cast.arg, values);
  const constant = as(node, 'A_Const');
  if (constant?.sval !== undefined) return { text: constant.sval.sval ?? '', kind: 'known' };
  if (constant?.ival !== undefined) return { text: String(constant.ival.ival ?? 0), kind: 'known' };
  const column = strings(as(node, 'ColumnRef')?.fields);
  if (column.length > 0) {
    const name = column.at(-1) ?? '';
    const value = column.length === 1 ? values.get(name) : undefined;
    return value === undefined ? { text: name, kind: 'unknown' } : { text: value, kind: 'known' };
  }
  const call = as(node, 'FuncCall');
  if (call !== undefined) return callOf(call, values);
  const both = as(node, 'A_Expr');
  return both?.lexpr === undefined || both.rexpr === undefined || strings(both.name)[0] !== '||'
    ? null
    : joined([partOf(both.lexpr, values), partOf(both.rexpr, values)]);
}

/**
 * Works out what an expression behind `EXECUTE` says, from the variables whose value is known; null when that cannot be
 * told. With names that are not known `IF EXISTS` is left out: they stand for things that are there.
 */
export const executedText = (expression: string, values: Values): ExecutedText | null => {
  const script = parseScript(`select ${expression}`);
  const [statement, another] = script.ok ? script.value.statements : [];
  const target = as(as(statement?.node, 'SelectStmt')?.targetList?.[0], 'ResTarget');
  const part = another !== undefined || target?.val === undefined ? null : partOf(target.val, values);
  if (part === null) return null;
  const complete = part.kind === 'known';
  const text = put(part, 'text');
  const sql = complete ? text : text.replaceAll(/\bIF\s+EXISTS\b/gi, '');
  const read = parseScript(sql);
  return read.ok && read.value.statements.length === 1 ? { sql, complete } : null;
};
