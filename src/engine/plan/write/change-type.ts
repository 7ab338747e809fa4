import type { Catalog, Table } from '../../catalog/catalog.ts';
import { catalogLookup } from '../../sql/catalog-lookup.ts';
import { identifier, qualified, rendered, type Sql, sql } from '../../sql/sql.ts';
import { typeChange } from '../../sql/type-change.ts';
import { formatType, parseType } from '../../sql/type-name.ts';
import type { Intent } from '../intent.ts';
import { changedColumn } from './column-steps.ts';
import { dependantsOfColumn, inWords, viewsUsing } from './dependants.ts';
import { columnOf, tableOf } from './edit-catalog.ts';
import { impossible, type PlannedStatement, planned, type StepResult, stepOf } from './step.ts';
import { dropViews, restoreViews } from './view-steps.ts';

const integers = ['smallint', 'integer', 'bigint'];
const numbers = [...integers, 'numeric', 'real', 'double precision'];
const base = (type: string): string => type.replace(/\(.*?\)/, '').replace(/\[\]$/, '');
const isText = (type: string): boolean => /^(?:text|character varying|character|bpchar|citext)$/.test(base(type));

/** True when PostgreSQL converts by itself, so that no USING is needed. */
function convertsByItself(from: string, to: string): boolean {
  if (/\[\]$/.test(from) !== /\[\]$/.test(to)) return false;
  const [a, b] = [base(from), base(to)];
  if (a === b || isText(to)) return true;
  if (numbers.includes(a) && numbers.includes(b)) return true;
  const times = ['timestamp without time zone', 'timestamp with time zone', 'date', 'timestamp'];
  return times.includes(a) && times.includes(b);
}

const isArray = (type: string): boolean => /\[\]$/.test(type);

/** Pairs of types, in both directions, between which PostgreSQL has a cast although it does not convert by itself. */
const castPairs: readonly (readonly [string, string])[] = [
  ['json', 'jsonb'],
  ['inet', 'cidr'],
  ['money', 'numeric'],
  ['interval', 'time without time zone'],
  ['time without time zone', 'time with time zone'],
];

/** The expression that turns a value of one type into another, or null when there is none that fits every value. */
function conversion(column: string, from: string, to: string, written: string): string | null {
  const [a, b] = [base(from), base(to)];
  if (isArray(from) !== isArray(to)) {
    const plain = isArray(from) ? to : from;
    return isText(plain) ? `${column}::${written}` : null;
  }
  if (numbers.includes(a) && b === 'boolean' && !isArray(from)) return `${column} <> 0`;
  if (a === 'boolean' && numbers.includes(b) && !isArray(from)) return `${column}::integer`;
  if (isText(from) || isText(to)) return `${column}::${written}`;
  if (castPairs.some(([one, other]) => (one === a && other === b) || (one === b && other === a)))
    return `${column}::${written}`;
  if (/^timestamp/.test(a) && /^time /.test(b)) return `${column}::${written}`;
  return null;
}

const kindOf = (type: string): string => {
  if (isArray(type)) return base(type).concat('[]');
  if (isText(type)) return 'text';
  return numbers.includes(base(type)) ? 'number' : convertsByItself('date', base(type)) ? 'time' : base(type);
};

/** What compares the column with constants of its old kind and so stands in the way of a new kind. */
function comparisonsWith(table: Table, column: string): readonly string[] {
  const name = new RegExp(`(?<![\\w$"])"?${column.replaceAll(/[^\w]/g, '.')}"?(?![\\w$"])`);
  return [
    ...table.constraints
      .filter((each) => each.kind === 'check' && name.test(each.definition))
      .map((each) => `constraint ${each.name}`),
    ...table.indexes
      .filter((each) => each.predicate !== null && name.test(each.predicate))
      .map((each) => `index ${each.name}`),
  ];
}

const lossless = (from: string, to: string): boolean => {
  const [a, b] = [integers.indexOf(base(from)), integers.indexOf(base(to))];
  if (a >= 0 && b >= 0) return b >= a;
  if (isText(from) && isText(to)) {
    const length = (type: string): number =>
      Number(/\((\d+)\)/.exec(type)?.[1] ?? (base(type) === 'character' ? 1 : Number.POSITIVE_INFINITY));
    return length(to) >= length(from);
  }
  return isText(to);
};

function alter(
  table: Table,
  column: string,
  type: string,
  using: string | null,
  defaults: { readonly old: string | null; readonly move: boolean },
  comment: string | null,
): readonly PlannedStatement[] {
  const quoted = identifier(column);
  const own = qualified(table);
  const conversion = using === null ? sql`` : sql` USING ${rendered(using)}`;
  const change: Sql = sql`ALTER COLUMN ${quoted} TYPE ${rendered(type)}${conversion}`;
  if (!defaults.move || defaults.old === null) return [planned(comment, sql`ALTER TABLE ${own} ${change}`)];
  // A default that cannot be converted stands in the way, even for a moment.
  return [
    planned(
      comment,
      sql`ALTER TABLE ${own} ALTER COLUMN ${quoted} DROP DEFAULT, ${change}, ALTER COLUMN ${quoted} SET DEFAULT ${rendered(defaults.old)}`,
    ),
  ];
}

/** The constant of a default without its cast, when it is one. */
const constantOf = (text: string): string | null =>
  /^(?:'(?:[^']|'')*'|-?\d+(?:\.\d+)?|true|false|NULL)(?=::|$)/i.exec(text)?.[0] ?? null;

/** Changes the type of a column; views that use it are dropped and made again, because PostgreSQL asks for it. */
export function changeType(catalog: Catalog, intent: Extract<Intent, { kind: 'change type' }>): StepResult {
  const table = tableOf(catalog, intent.table);
  const column = columnOf(table, intent.column);
  const name = `${table.schema}.${table.name}`;
  const wanted = parseType(intent.type);
  if (wanted === null) return impossible(`"${intent.type}" is not a type`);
  const to = formatType(wanted);
  const short = (type: string): string => type.replace(/^[^.(]+\./, '');
  if (to === column.type || (to.includes('.') && short(to) === column.type))
    return impossible(`${column.name} of ${name} is ${column.type} already`);
  if (!column.local) return impossible(`${column.name} of ${name} comes from its parent; change it there`);
  if (column.generated !== null)
    return impossible(`${column.name} of ${name} is generated; its type follows from its expression`);
  if (new RegExp(`\\b${column.name}\\b`).test(table.partitionKey ?? ''))
    return impossible(`${column.name} is part of the partition key of ${name}; its type cannot be changed`);
  const users = dependantsOfColumn(catalog, table, column.name);
  const views = viewsUsing(catalog, users);
  const others = users.filter((each) => each.kind !== 'view' && each.kind !== 'materialized view');
  if (others.length > 0)
    return impossible(
      `${inWords(others)} uses ${column.name} of ${name}, and PostgreSQL does not change its type as long as that is so`,
    );
  const viewUsers = views.flatMap((view) =>
    catalog.dependencies
      .filter(
        ({ on, dependent }) =>
          on.schema === view.schema &&
          on.name === view.name &&
          !['view', 'materialized view', 'index', 'rule', 'trigger', 'type'].includes(dependent.kind),
      )
      .map(({ dependent }) => dependent),
  );
  if (viewUsers.length > 0)
    return impossible(`${inWords(viewUsers)} uses a view of ${name}.${column.name}; change that first`);
  const quotedName = /^[a-z_][a-z0-9_]*$/.test(column.name) ? column.name : `"${column.name.replaceAll('"', '""')}"`;
  const reverse = column.type;
  const byItself = convertsByItself(column.type, to);
  const upUsing = intent.using ?? (byItself ? null : conversion(quotedName, column.type, to, intent.type));
  if (upUsing === null && !byItself)
    return impossible(
      `PostgreSQL has no conversion from ${column.type} to ${to}; say how, with "using" and an expression`,
    );
  if (kindOf(column.type) !== kindOf(to)) {
    const standing = [
      ...views.map((view) => `view ${view.schema}.${view.name}`),
      ...comparisonsWith(table, column.name),
    ];
    if (standing.length > 0)
      return impossible(
        `${standing.join(', ')} may compare ${column.name} of ${name} with values of ${column.type}; change or drop that first`,
      );
  }
  const backUsing = convertsByItself(to, reverse)
    ? null
    : (conversion(quotedName, to, reverse, reverse) ?? `${quotedName}::text::${reverse}`);
  const moves =
    column.default !== null &&
    (!convertsByItself(column.type, to) || !convertsByItself(to, column.type) || upUsing !== null);
  const constant = column.default === null ? null : constantOf(column.default);
  const quotedConstant =
    constant !== null && isText(to) && !constant.startsWith("'") && constant !== 'NULL' ? `'${constant}'` : constant;
  const kept = moves ? quotedConstant : column.default;
  if (moves && kept === null && column.identity === null)
    return impossible(`the default of ${column.name} (${column.default}) may not fit ${to}; drop or change it first`);
  const effect = typeChange(parseType(column.type), wanted, {
    lookup: catalogLookup(catalog),
    searchPath: catalog.server.searchPath,
    serverVersion: catalog.server.version,
    timeZone: catalog.server.timeZone,
  });
  const rewrites = effect.rewrite !== 'none' || upUsing !== null;
  const serial = catalog.sequences.find(
    (each) =>
      each.ownedBy?.identity === false &&
      each.ownedBy.table.schema === table.schema &&
      each.ownedBy.table.name === table.name &&
      each.ownedBy.column === column.name,
  );
  const growsSequence = serial !== undefined && integers.includes(to) && serial.type !== to;
  const up = [
    ...dropViews(catalog, views),
    ...alter(
      table,
      column.name,
      intent.type,
      upUsing,
      { old: kept, move: moves },
      rewrites
        ? 'Rewrites the table: nobody reads or writes it meanwhile.'
        : 'Changes the catalog only; no row is touched.',
    ),
    ...(growsSequence
      ? [
          planned(
            'The sequence counts as far as the column.',
            sql`ALTER SEQUENCE ${qualified(serial)} AS ${rendered(to)}`,
          ),
        ]
      : []),
    ...restoreViews(catalog, views),
  ];
  const collate = column.collation === null ? reverse : `${reverse} COLLATE ${column.collation}`;
  const down = [
    ...dropViews(catalog, views),
    ...(growsSequence
      ? [
          planned(null, sql`ALTER SEQUENCE ${qualified(serial)} AS ${rendered(serial.type)}`),
          ...(serial.maximum === '9223372036854775807'
            ? []
            : [planned(null, sql`ALTER SEQUENCE ${qualified(serial)} MAXVALUE ${rendered(serial.maximum)}`)]),
        ]
      : []),
    ...alter(table, column.name, collate, backUsing, { old: column.default, move: moves }, null),
    ...restoreViews(catalog, views),
  ];
  const assumptions = [
    ...(views.length > 0
      ? [
          `These views use ${column.name} and are made again as they were: ${views.map((view) => `${view.schema}.${view.name}`).join(', ')}.`,
        ]
      : []),
    ...(upUsing !== null && intent.using === null ? [`Values are converted by ${upUsing}.`] : []),
  ];
  return stepOf(
    changedColumn(catalog, table, column.name, (each) => ({ ...each, type: to, default: kept })),
    {
      up,
      down,
      assumptions,
      risks: [
        ...(rewrites
          ? [
              `${name} and its indexes are rewritten under ACCESS EXCLUSIVE; on a large table use a new column, a trigger and a switch in several migrations instead.`,
            ]
          : []),
        ...(lossless(column.type, to)
          ? [`The down fails if values were written that do not fit ${column.type}.`]
          : [`Values of ${column.name} that do not fit ${to} make the change fail or are cut off.`]),
      ],
    },
  );
}
