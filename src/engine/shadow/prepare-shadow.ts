import type { Catalog } from '../catalog/catalog.ts';
import type { CancelSignal } from '../ports/cancel.ts';
import type { ShadowDatabase } from '../ports/shadow-databases.ts';
import { extensionsNamedIn } from '../sql/extensions-named-in.ts';
import { as } from '../sql/nodes.ts';
import { parseScript, type Statement } from '../sql/parser.ts';
import { quoteIdentifier } from '../sql/quote-identifier.ts';
import { makeStandInRoles } from './stand-in-roles.ts';
import { languagesNeededBy, rolesNeededBy, wrappersNeededBy } from './statement-guard.ts';

/** The statements of those texts that parse; a text that does not fails later, where it is run. */
export function statementsOf(texts: readonly string[]): readonly Statement[] {
  return texts.flatMap((text) => {
    const parsed = parseScript(text);
    return parsed.ok ? parsed.value.statements : [];
  });
}

const extensionsCreatedBy = (statements: readonly Statement[]): readonly string[] =>
  statements.flatMap(
    ({ node, text }) => as(node, 'CreateExtensionStmt')?.extname ?? ('DoStmt' in node ? extensionsNamedIn(text) : []),
  );

/** Names of the extensions that the catalog has or the texts create, in their code too. The parser must be loaded. */
export function extensionsNeeded(catalog: Catalog | null, texts: readonly string[]): readonly string[] {
  const created = extensionsCreatedBy(statementsOf(texts));
  const present = catalog?.extensions.map((extension) => extension.name) ?? [];
  return [...new Set([...present, ...created])].sort();
}

async function missingFrom(
  database: ShadowDatabase,
  query: string,
  names: readonly string[],
  signal: CancelSignal | undefined,
): Promise<readonly string[]> {
  if (names.length === 0) return [];
  const rows = await database.query(query, [names], signal);
  return rows.map((row) => String(row['name']));
}

/**
 * Makes stand-ins for the roles, languages and foreign-data wrappers that the texts name and the shadow database lacks,
 * which no catalog says anything about, and returns their labels.
 */
export async function prepareFor(
  database: ShadowDatabase,
  texts: readonly string[],
  availableExtensions: readonly string[],
  signal?: CancelSignal,
): Promise<readonly string[]> {
  const statements = statementsOf(texts);
  // An extension often has the name of the language or the wrapper that it brings.
  const brought = extensionsCreatedBy(statements);
  const roles = await makeStandInRoles(database, rolesNeededBy(statements, database.kind), signal);
  const languages = await missingFrom(
    database,
    `select n.name from pg_catalog.unnest($1::text[]) n (name)
     where not exists (select from pg_catalog.pg_language l where l.lanname = n.name) order by 1`,
    languagesNeededBy(statements).filter((name) => !brought.includes(name)),
    signal,
  );
  for (const language of languages) {
    // PL/pgSQL's handler without its validator accepts any body, and a migration seldom calls what it creates.
    const handler = 'pg_catalog.plpgsql_call_handler';
    await database.execute(`create language ${quoteIdentifier(language)} handler ${handler}`, signal);
  }
  // The extension that has the wrapper may be called by the first part of its name.
  const comes = (wrapper: string): boolean =>
    [...availableExtensions, ...brought].some((name) => name === wrapper || `${name}_fdw` === wrapper);
  const wrappers = await missingFrom(
    database,
    `select n.name from pg_catalog.unnest($1::text[]) n (name)
     where not exists (select from pg_catalog.pg_foreign_data_wrapper w where w.fdwname = n.name) order by 1`,
    wrappersNeededBy(statements).filter((name) => !comes(name)),
    signal,
  );
  for (const wrapper of wrappers) {
    await database.execute(`create foreign data wrapper ${quoteIdentifier(wrapper)}`, signal);
  }
  return [
    ...roles,
    ...languages.map((language) => `language ${language}`),
    ...wrappers.map((wrapper) => `foreign-data wrapper ${wrapper}`),
  ];
}
