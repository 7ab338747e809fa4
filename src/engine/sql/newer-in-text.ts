import { type NewerSyntax, newerSyntax, RETURNED_ROWS } from './newer-syntax.ts';
import { all, as, strings } from './nodes.ts';
import { parsePlpgsql, parseScript, type Statement } from './parser.ts';
import { plpgsqlQueries } from './plpgsql-queries.ts';
import { tokensOf } from './tokens.ts';

/**
 * What a statement has of newer syntax that its parse tree does not show: numbers written in another way, and what stands
 * in the body of a routine or block, which a server reads when it makes or runs it.
 */
export function newerInText(statement: Statement, major: number): readonly NewerSyntax[] {
  return [...inNumbers(statement), ...inBody(statement, major)].filter(({ since }) => since > major);
}

function inNumbers({ text }: Statement): readonly NewerSyntax[] {
  const tokens = tokensOf(text);
  return tokens.flatMap(({ kind, start, end }, index): readonly NewerSyntax[] => {
    if (kind !== 'number') return [];
    const number = text.slice(start, end);
    if (number.includes('_')) return [{ clause: 'a number with underscores', since: 16 }];
    const next = tokens[index + 1];
    const isPrefixed = number === '0' && next?.kind === 'word' && /^[xob][\da-f]/i.test(text.slice(end, next.end));
    return isPrefixed ? [{ clause: 'a number that is not decimal', since: 16 }] : [];
  });
}

function inBody({ node, text }: Statement, major: number): readonly NewerSyntax[] {
  return bodyQueries(node, text).flatMap((query) => {
    const script = parseScript(query);
    if (!script.ok) return [];
    return (
      script.value.statements
        .flatMap((one) => newerSyntax(one.node, major))
        // The rows of a trigger have these names too.
        .filter(({ clause }) => clause !== RETURNED_ROWS)
        .map(({ clause, since }) => ({ clause, since }))
    );
  });
}

function bodyQueries(node: Statement['node'], text: string): readonly string[] {
  if ('DoStmt' in node) return plpgsqlQueries(parsePlpgsql(text)).queries;
  const options = all(as(node, 'CreateFunctionStmt')?.options, 'DefElem');
  const said = (name: string) => options.find(({ defname }) => defname === name)?.arg;
  const language = as(said('language'), 'String')?.sval?.toLowerCase();
  if (language === 'plpgsql') return plpgsqlQueries(parsePlpgsql(text)).queries;
  return language === 'sql' ? strings(as(said('as'), 'List')?.items).slice(0, 1) : [];
}
