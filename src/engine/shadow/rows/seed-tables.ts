import * as z from 'zod';
import type { Catalog, Table } from '../../catalog/catalog.ts';
import type { Facts } from '../../catalog/facts.ts';
import type { CancelSignal } from '../../ports/cancel.ts';
import type { ShadowDatabase } from '../../ports/shadow-databases.ts';
import { SqlFailure, type SqlRefusal } from '../../ports/sql-client.ts';
import { qualifiedName } from '../../sql/qualified-name.ts';
import { quoteIdentifier } from '../../sql/quote-identifier.ts';
import { quoteLiteral } from '../../sql/quote-literal.ts';
import { keyOf } from '../../sql/table-index.ts';
import { knownType, type TypeForms } from './known-type.ts';
import { type PlannedRow, planRow, type RowStyle } from './plan-row.ts';
import { type ParentKey, type RowShape, rowShape } from './row-shape.ts';
import { seedingOrder } from './seeding-order.ts';
import { rootOf, storesOf } from './touched-tables.ts';
import { guesses, isUnknownType } from './value-text.ts';

/** What was put in, and what could not be, with the reason. */
export type Seeding = {
  /** Synthetic rows by the key of their table; partitions count for the table at the top. */
  readonly rows: ReadonlyMap<string, number>;
  readonly notSeeded: readonly { readonly table: string; readonly reason: string }[];
};

/** What seeding needs. */
export type SeedingOptions = {
  readonly database: ShadowDatabase;
  readonly catalog: Catalog;
  readonly facts: Facts | null;
  /** Tables by key; partitioned ones are filled through their partitions. */
  readonly tables: ReadonlyMap<string, Table>;
  /** Rows that each table should get. */
  readonly count: number;
  /** Null leaves a table empty. */
  readonly styleOf: (table: Table) => RowStyle | null;
  readonly signal?: CancelSignal | undefined;
};

/** Attempts for each row that is wanted, where the first ones are refused; and for a table at least. */
const ATTEMPTS = 5;
const FEWEST_ATTEMPTS = 60;

// Drivers disagree about arrays; JSON is text to all of them.
const numbersSchema = z.array(z.number());
const keySchema = z.array(z.string().nullable());

const asSql = (value: string | null): string => (value === null ? 'NULL' : quoteLiteral(value));

function insertOf({ table }: RowShape, rows: readonly PlannedRow[]): string {
  const [first] = rows;
  const columns = [...(first?.keys() ?? [])];
  if (columns.length === 0) return `insert into ${qualifiedName(table)} default values`;
  const values = rows.map((row) => `(${columns.map((name) => asSql(row.get(name) ?? null)).join(', ')})`);
  return `insert into ${qualifiedName(table)} (${columns.map(quoteIdentifier).join(', ')}) overriding system value values ${values.join(',\n')}`;
}

/** One statement that fills tables whose rows need each other: keys are checked when it ends. */
function insertTogether(
  members: readonly { readonly shape: RowShape; readonly rows: readonly PlannedRow[] }[],
): string {
  const inserts = members.map(({ shape, rows }) => insertOf(shape, rows));
  const last = inserts.pop() ?? '';
  if (inserts.length === 0) return last;
  return `with ${inserts.map((insert, index) => `i${index} as (${insert} returning 1)`).join(', ')} ${last}`;
}

async function refusalOf(work: Promise<unknown>): Promise<SqlRefusal | null> {
  try {
    await work;
    return null;
  } catch (cause) {
    if (cause instanceof SqlFailure) return cause.refusal;
    throw cause;
  }
}

/**
 * Lets the server try statements one after the other, each undone when it is refused, until enough are accepted. Gives
 * the numbers of the accepted ones and the words of the last refusal.
 */
async function tryEach(
  database: ShadowDatabase,
  statements: readonly string[],
  wanted: number,
  signal: CancelSignal | undefined,
): Promise<{ readonly accepted: readonly number[]; readonly refusal: string }> {
  const body = `declare
  statements text[] := array[${statements.map(quoteLiteral).join(',\n')}]::text[];
  accepted int[] := '{}';
  refusal text := '';
begin
  for i in 1 .. pg_catalog.cardinality(statements) loop
    exit when pg_catalog.cardinality(accepted) >= ${wanted};
    begin
      execute statements[i];
      accepted := accepted || i;
    exception when others then
      refusal := sqlerrm;
    end;
  end loop;
  perform pg_catalog.set_config('lockstep.accepted', accepted::text, true);
  perform pg_catalog.set_config('lockstep.refusal', refusal, true);
end`;
  await database.execute(`do ${quoteLiteral(body)}`, signal);
  const [row] = await database.query(
    `select pg_catalog.array_to_json(pg_catalog.current_setting('lockstep.accepted')::int[])::text as accepted, pg_catalog.current_setting('lockstep.refusal') as refusal`,
    [],
    signal,
  );
  const accepted = numbersSchema.parse(JSON.parse(String(row?.['accepted'])));
  return { accepted: accepted.map((number) => number - 1), refusal: String(row?.['refusal'] ?? '') };
}

/** Lets the server read guessed texts as the types that are not known here, and keeps the first that it takes. */
async function readTypeForms(
  database: ShadowDatabase,
  catalog: Catalog,
  tables: readonly Table[],
  signal: CancelSignal | undefined,
): Promise<TypeForms> {
  const written = tables.flatMap(({ columns }) => columns.map(({ type }) => type.replace(/(?:\[\])+$/, '')));
  const types = [...new Set(written)].filter((text) => {
    const type = knownType(catalog, text);
    return type !== null && isUnknownType(type);
  });
  const forms = new Map<string, number>();
  for (const type of types) {
    const casts = guesses.map(
      (guess) => `select ${quoteLiteral(guess(0))}::${type}, ${quoteLiteral(guess(1))}::${type}`,
    );
    const [first] = (await tryEach(database, casts, 1, signal)).accepted;
    if (first !== undefined) forms.set(type, first);
  }
  return forms;
}

/** Switches the triggers and rules that people made off while rows are put in, and on again as they were. */
function reactionSwitches(catalog: Catalog, tables: readonly Table[]): { readonly off: string; readonly on: string } {
  const triggers = tables.flatMap((table) =>
    table.triggers
      .filter(({ enabled, inherited }) => !inherited && (enabled === 'origin' || enabled === 'always'))
      .map(({ name, enabled }) => {
        const [alter, what] = [`alter table ${qualifiedName(table)}`, `trigger ${quoteIdentifier(name)}`];
        return {
          off: `${alter} disable ${what};`,
          on: `${alter} enable ${enabled === 'always' ? 'always ' : ''}${what};`,
        };
      }),
  );
  const keys = new Set(tables.map(keyOf));
  const rules = (catalog.otherObjects ?? []).flatMap(({ kind, name, table, further = [] }) => {
    if (kind !== 'rule' || table === null || !keys.has(keyOf(table))) return [];
    const [alter, what] = [
      `alter table ${qualifiedName(table)}`,
      `rule ${name.slice(quoteIdentifier(table.name).length + 1)}`,
    ];
    // The name begins with that of the table. How a rule fires is said by statements of their own where it is not as usual.
    return [
      {
        off: `${alter} disable ${what};`,
        on: further.length > 0 ? `${further.join(';')};` : `${alter} enable ${what};`,
      },
    ];
  });
  const all = [...triggers, ...rules];
  return { off: all.map(({ off }) => off).join('\n'), on: all.map(({ on }) => on).join('\n') };
}

/** Fills foreign keys that were put off, from rows that are there now; what the catalog refuses stays empty. */
function fillLater(table: Table, parents: readonly ParentKey[]): readonly string[] {
  return parents.map(({ table: parent, columns, childColumns }) => {
    const targets = childColumns.map(quoteIdentifier).join(', ');
    const sources = columns.map((name) => `p.${quoteIdentifier(name)}`).join(', ');
    const empty = childColumns.map((name) => `c.${quoteIdentifier(name)} is null`).join(' and ');
    return `update ${qualifiedName(table)} c set (${targets}) = (select ${sources} from ${qualifiedName(parent)} p limit 1)
      where c.ctid in (select c.ctid from ${qualifiedName(table)} c where ${empty} limit 4)`;
  });
}

/**
 * Puts synthetic rows into tables, in a transaction that is open: planned from the catalog alone, judged by the server,
 * mended by further attempts where it refuses them. User triggers and rules do not fire. Throws only `ShadowFailure`.
 */
export async function seedTables(options: SeedingOptions): Promise<Seeding> {
  const { database, catalog, facts, count, signal } = options;
  const stores = [...options.tables.values()].flatMap((table) => storesOf(catalog, table));
  const unique = [...new Map(stores.map((table) => [keyOf(table), table])).values()];
  const rowsOfTable = new Map<string, PlannedRow[]>();
  const rows = new Map<string, number>();
  const notSeeded = new Map<string, string>();
  const refuse = (table: Table, reason: string): void => {
    notSeeded.set(qualifiedName(table), reason);
  };
  for (const table of options.tables.values()) {
    if (table.kind === 'partitioned table' && storesOf(catalog, table).length === 0)
      refuse(table, 'it has no partition');
  }

  /** Rows are known under their table's name and that of every partitioned table above it. */
  const accept = (table: Table, planned: readonly PlannedRow[]): void => {
    const root = keyOf(rootOf(catalog, table));
    for (const key of new Set([keyOf(table), root]))
      rowsOfTable.set(key, [...(rowsOfTable.get(key) ?? []), ...planned]);
    rows.set(root, (rows.get(root) ?? 0) + planned.length);
  };

  /** Rows that a migration of the chain has put into a parent serve as well, where there are no synthetic ones. */
  const readParent = async ({ table, columns }: ParentKey): Promise<void> => {
    const key = keyOf(table);
    if (rowsOfTable.has(key) || unique.some((one) => keyOf(one) === key)) return;
    const texts = columns.map((name) => `${quoteIdentifier(name)}::text`).join(', ');
    const found = await database.query(
      `select pg_catalog.array_to_json(array[${texts}])::text as key from ${qualifiedName(table)} limit 20`,
      [],
      signal,
    );
    const keys = found.map(({ key: values }) => keySchema.parse(JSON.parse(String(values))));
    if (keys.length > 0)
      rowsOfTable.set(
        key,
        keys.map((values) => new Map(columns.map((name, at) => [name, values[at] ?? null]))),
      );
  };

  const fillGroup = async (group: readonly Table[]): Promise<void> => {
    const shapes: RowShape[] = [];
    for (const table of group) {
      const style = options.styleOf(rootOf(catalog, table));
      if (style === null) return;
      if (table.kind === 'foreign table') return refuse(table, 'its rows are on another server');
      const shape = rowShape(catalog, table, facts, forms);
      if ('unknown' in shape) return refuse(table, `the type of its column ${shape.unknown} is not known`);
      shapes.push(shape);
    }
    const siblings = group[0]?.partitionOf == null ? 1 : storesOf(catalog, rootOf(catalog, group[0])).length;
    const wanted = Math.max(Math.ceil(count / siblings), 2);
    for (const parent of shapes.flatMap(({ parents }) => parents)) await readParent(parent);
    /** One row for each table of the group; those of a circle refer to each other. */
    const plan = (number: number): readonly PlannedRow[] | null => {
      const drafted = new Map<string, PlannedRow>();
      const planned: PlannedRow[] = [];
      // In a circle the keys come first, from plans that need no parent; a second plan refers to them.
      for (const round of group.length > 1 ? [0, 1] : [1]) {
        planned.length = 0;
        for (const shape of shapes) {
          const own = keyOf(shape.table);
          const row = planRow({
            shape: round === 0 ? { ...shape, parents: [] } : shape,
            number,
            count: wanted,
            style: group.length > 1 ? 'plain' : (options.styleOf(rootOf(catalog, shape.table)) ?? 'plain'),
            rowsOf: (table) => {
              const drafts = group.length > 1 ? drafted.get(table) : undefined;
              return drafts === undefined
                ? [...(rowsOfTable.get(table) ?? []), ...(table === own ? batch : [])]
                : [drafts];
            },
          });
          if (row === null) return null;
          drafted.set(own, row);
          planned.push(row);
        }
      }
      return planned;
    };

    const batch: PlannedRow[] = [];
    const planAll = (attempts: number): readonly (readonly PlannedRow[])[] => {
      batch.length = 0;
      const all: (readonly PlannedRow[])[] = [];
      for (let number = 0; number < wanted * attempts; number++) {
        const planned = plan(number);
        if (planned === null) continue;
        all.push(planned);
        if (group.length === 1 && attempts === 1) batch.push(...planned);
      }
      return all;
    };
    const statementFor = (all: readonly (readonly PlannedRow[])[]): string =>
      insertTogether(shapes.map((shape, at) => ({ shape, rows: all.flatMap((planned) => planned[at] ?? []) })));
    const acceptAll = (all: readonly (readonly PlannedRow[])[]): void => {
      for (const [at, shape] of shapes.entries())
        accept(
          shape.table,
          all.flatMap((planned) => planned[at] ?? []),
        );
    };

    const first = planAll(1);
    if (first.length === 0) {
      for (const table of group) refuse(table, 'a table that it must reference has no rows');
      return;
    }
    await database.execute('savepoint lockstep_rows', signal);
    const refusal = await refusalOf(database.execute(statementFor(first), signal));
    if (refusal === null) {
      await database.execute('release savepoint lockstep_rows', signal);
      return acceptAll(first);
    }
    await database.execute('rollback to savepoint lockstep_rows', signal);
    const candidates = planAll(Math.max(ATTEMPTS, Math.ceil(FEWEST_ATTEMPTS / wanted)));
    const outcome = await tryEach(
      database,
      candidates.map((one) => statementFor([one])),
      wanted,
      signal,
    );
    await database.execute('release savepoint lockstep_rows', signal);
    const accepted = outcome.accepted.flatMap((number) => {
      const planned = candidates[number];
      return planned === undefined ? [] : [planned];
    });
    if (accepted.length === 0) for (const table of group) refuse(table, outcome.refusal || refusal.message);
    else acceptAll(accepted);
  };

  const forms = await readTypeForms(database, catalog, unique, signal);
  const { off, on } = reactionSwitches(catalog, [...new Set([...options.tables.values(), ...unique])]);
  await database.execute(`set constraints all immediate; ${off}`, signal);
  const putOff: { readonly table: Table; readonly parents: readonly ParentKey[] }[] = [];
  for (const group of seedingOrder(unique)) {
    for (const table of group) {
      const shape = rowShape(catalog, table, facts, forms);
      const later =
        'unknown' in shape
          ? []
          : shape.parents.filter(
              (parent) =>
                !rowsOfTable.has(keyOf(parent.table)) &&
                options.tables.has(keyOf(parent.table)) &&
                keyOf(parent.table) !== keyOf(table),
            );
      if (later.length > 0 && group.length === 1) putOff.push({ table, parents: later });
    }
    await fillGroup(group);
  }
  const fillings = putOff.flatMap(({ table, parents }) =>
    rowsOfTable.has(keyOf(table)) ? fillLater(table, parents) : [],
  );
  if (fillings.length > 0) await tryEach(database, fillings, fillings.length, signal);
  if (on !== '') await database.execute(on, signal);
  return { rows, notSeeded: [...notSeeded].map(([table, reason]) => ({ table, reason })) };
}
