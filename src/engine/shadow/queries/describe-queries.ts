import * as z from 'zod';
import type { CancelSignal } from '../../ports/cancel.ts';
import type { ShadowDatabase } from '../../ports/shadow-databases.ts';
import { quoteLiteral } from '../../sql/quote-literal.ts';

/** How a query is asked about: by a view of it, which has names, or by preparing it; a routine by its validator. */
export type Question = { readonly kind: 'select' | 'prepare' | 'routine'; readonly text: string };

/** A column of a result; the name is null where only types could be asked for. */
export type ResultColumn = { readonly name: string | null; readonly type: string };

/** What the server says of a query. */
export type Answer =
  | {
      readonly kind: 'works';
      /** Null where it gives no rows, or the server cannot tell. */
      readonly columns: readonly ResultColumn[] | null;
      /** Indexes that a plan without sequential scans uses; dotted names, sorted. */
      readonly indexes: readonly string[];
    }
  | { readonly kind: 'refused'; readonly sqlstate: string; readonly message: string };

const answersSchema = z.array(
  z.union([
    z.object({
      columns: z.array(z.tuple([z.string().nullable(), z.string()])).nullable(),
      plan: z.unknown().optional(),
    }),
    z.object({ sqlstate: z.string(), message: z.string() }),
  ]),
);

/** The index scans of a plan in JSON. */
function indexesIn(plan: unknown): readonly string[] {
  const found = new Set<string>();
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) for (const item of value) visit(item);
    else if (typeof value === 'object' && value !== null) {
      const name = (value as Record<string, unknown>)['Index Name'];
      if (typeof name === 'string') found.add(name);
      for (const child of Object.values(value)) visit(child);
    }
  };
  visit(plan);
  return [...found].sort();
}

/** `EXPLAIN (GENERIC_PLAN)` came with PostgreSQL 16. */
const GENERIC_PLANS_SINCE = 160_000;

/**
 * Asks the server about queries, in the transaction that is open and without leaving anything in it. The answers are in
 * the order of the questions. Throws only `ShadowFailure` where the session works.
 */
export async function describeQueries(
  database: ShadowDatabase,
  questions: readonly Question[],
  signal?: CancelSignal,
): Promise<readonly Answer[]> {
  if (questions.length === 0) return [];
  const list = (texts: readonly string[]): string => `array[${texts.map(quoteLiteral).join(',\n')}]::text[]`;
  const explain =
    database.serverVersion >= GENERIC_PLANS_SINCE
      ? `begin
          execute 'explain (generic_plan, format json) ' || texts[i] into strict answered;
          plan := answered::jsonb;
        exception when others then
          plan := null;
        end;`
      : '';
  const body = `declare
  kinds text[] := ${list(questions.map(({ kind }) => kind))};
  texts text[] := ${list(questions.map(({ text }) => text))};
  answers jsonb := '[]';
  columns jsonb;
  plan jsonb;
  answered text;
begin
  for i in 1 .. pg_catalog.cardinality(texts) loop
    columns := null;
    plan := null;
    begin
      if kinds[i] = 'select' then
        execute 'create temporary view lockstep_query as ' || texts[i];
        select pg_catalog.jsonb_agg(pg_catalog.jsonb_build_array(a.attname, pg_catalog.format_type(a.atttypid, a.atttypmod)) order by a.attnum)
          into columns from pg_catalog.pg_attribute a where a.attrelid = 'pg_temp.lockstep_query'::pg_catalog.regclass and a.attnum > 0;
        execute 'drop view pg_temp.lockstep_query';
      elsif kinds[i] = 'routine' then
        perform pg_catalog.fmgr_sql_validator(texts[i]::pg_catalog.oid);
      else
        execute 'prepare lockstep_query as ' || texts[i];
        select pg_catalog.jsonb_agg(pg_catalog.jsonb_build_array(null, r.type) order by r.place) into columns
          from pg_catalog.pg_prepared_statements p,
            rows from (pg_catalog.jsonb_array_elements_text(
              case pg_catalog.jsonb_typeof(pg_catalog.to_jsonb(p) -> 'result_types') when 'array' then pg_catalog.to_jsonb(p) -> 'result_types' else '[]' end
            )) with ordinality as r (type, place)
          where p.name = 'lockstep_query';
        execute 'deallocate lockstep_query';
      end if;
      if kinds[i] <> 'routine' then
        ${explain}
      end if;
      answers := answers || pg_catalog.jsonb_build_object('columns', columns, 'plan', plan);
    exception when others then
      if exists (select from pg_catalog.pg_prepared_statements where name = 'lockstep_query') then
        execute 'deallocate lockstep_query';
      end if;
      answers := answers || pg_catalog.jsonb_build_object('sqlstate', sqlstate, 'message', sqlerrm);
    end;
  end loop;
  perform pg_catalog.set_config('lockstep.answers', answers::text, true);
end`;
  await database.execute(
    `savepoint lockstep_describe; reset role; set local enable_seqscan = off; set local client_min_messages = error; do ${quoteLiteral(body)}`,
    signal,
  );
  const [row] = await database.query("select pg_catalog.current_setting('lockstep.answers') as answers", [], signal);
  await database.execute('rollback to savepoint lockstep_describe; release savepoint lockstep_describe', signal);
  return answersSchema.parse(JSON.parse(String(row?.['answers']))).map((answer): Answer => {
    if ('message' in answer) return { kind: 'refused', ...answer };
    const columns = answer.columns?.map(([name, type]) => ({ name, type })) ?? null;
    return { kind: 'works', columns, indexes: indexesIn(answer.plan) };
  });
}
