import { quoteIdentifier } from '../sql/quote-identifier.ts';
import { quoteLiteral } from '../sql/quote-literal.ts';
import type { Catalog, Column, DatabaseType, ObjectName, Table, View } from './catalog.ts';

/** The longest comment that is passed on, in characters. */
const longestComment = 160;

/**
 * The chosen tables in few words, for a prompt: names as SQL writes them, types, keys, indexes, checks, how many rows, the
 * types they use and the views that read them. Holds no value of any row. What people wrote into the database (comments)
 * is cut to one short line; nothing in it can end a line or look like a tag.
 */
export function compactForm(catalog: Catalog, tables: readonly Table[]): string {
  const types = usedTypes(catalog, tables);
  const views = readingViews(catalog, tables);
  const rows = rowsOf(catalog);
  return [
    ...types.map(typeLine),
    ...tables.map((table) => tableLines(table, rows(table)).join('\n')),
    ...views.map((view) => `view ${dotted(view)} (${view.columns.map((column) => name(column.name)).join(', ')})`),
  ].join('\n\n');
}

const dotted = (object: ObjectName): string => `${name(object.schema)}.${name(object.name)}`;

/** A name as SQL writes it; one that could break out of its line or look like a tag is written with escapes. */
function name(text: string): string {
  if (!/[\p{C}\p{Zl}\p{Zp}<>`]/u.test(text)) return quoteIdentifier(text);
  const escaped = [...text].map((character) => {
    if (character === '\\') return '\\\\';
    if (character === '"') return '""';
    if (!/[\p{C}\p{Zl}\p{Zp}<>`]/u.test(character)) return character;
    return `\\+${(character.codePointAt(0) ?? 0).toString(16).padStart(6, '0')}`;
  });
  return `U&"${escaped.join('')}"`;
}

/** Text from the database that is not a name: one line, no control characters, no tags, no code fences. */
function plain(text: string): string {
  return text
    .replace(/[\p{C}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .replace(/<(?=[a-z/!?])/gi, '< ')
    .replace(/`{3,}/g, "'")
    .trim();
}

function remark(comment: string | null): string {
  if (comment === null) return '';
  const text = plain(comment);
  if (text === '') return '';
  return `  -- ${text.length > longestComment ? `${text.slice(0, longestComment)}…` : text}`;
}

function tableLines(table: Table, rows: string): readonly string[] {
  const kept = table.constraints.filter((constraint) => constraint.local || constraint.kind !== 'check');
  const plainIndexes = table.indexes.filter((index) => index.constraint === null);
  const place = [
    table.partitionKey === null ? '' : ` partitioned by ${plain(table.partitionKey)}`,
    table.partitionOf === null
      ? ''
      : ` partition of ${dotted(table.partitionOf.parent)} ${plain(table.partitionOf.bound)}`,
    table.inherits.length === 0 ? '' : ` inherits ${table.inherits.map(dotted).join(', ')}`,
  ].join('');
  return [
    `${table.kind} ${dotted(table)}${place}${rows}${remark(table.comment)}`,
    ...table.columns.map((column) => `  ${columnLine(column)}`),
    ...kept.map((constraint) => `  constraint ${name(constraint.name)} ${plain(constraint.definition)}`),
    ...plainIndexes.map((index) => `  ${plain(index.definition.replace(/^CREATE (UNIQUE )?INDEX/, '$1INDEX'))}`),
    ...table.triggers.map((trigger) => `  trigger ${name(trigger.name)} calls ${dotted(trigger.function)}`),
    ...(table.rowSecurity ? [`  row level security, policies: ${table.policies.length}`] : []),
  ];
}

function columnLine(column: Column): string {
  const parts = [name(column.name), plain(column.type)];
  if (column.notNull) parts.push('not null');
  if (column.identity !== null) parts.push(`identity ${column.identity}`);
  if (column.generated !== null) parts.push(`generated ${column.generated} as ${plain(column.default ?? '')}`);
  else if (column.default !== null) parts.push(`default ${plain(column.default)}`);
  return `${parts.join(' ')}${remark(column.comment)}`;
}

function rowsOf(catalog: Catalog): (table: Table) => string {
  const known = new Map((catalog.facts?.tables ?? []).map((each) => [dotted(each), each.rows]));
  return (table) => {
    const rows = known.get(dotted(table));
    return rows === undefined ? '' : ` (about ${roundly(rows)} rows)`;
  };
}

/** Two digits say enough, and do not change with every row. */
function roundly(rows: number): string {
  return rows === 0 ? '0' : Number(rows.toPrecision(2)).toLocaleString('en-US');
}

function usedTypes(catalog: Catalog, tables: readonly Table[]): readonly DatabaseType[] {
  const used = new Set(tables.flatMap((table) => table.columns.map((column) => column.type.replace(/(\[\])+$/, ''))));
  return catalog.types.filter((type) => used.has(`${quoteIdentifier(type.schema)}.${quoteIdentifier(type.name)}`));
}

function typeLine(type: DatabaseType): string {
  switch (type.kind) {
    case 'enum':
      return `type ${dotted(type)} enum (${type.labels.map((label) => quoteLiteral(plain(label))).join(', ')})`;
    case 'domain':
      return `domain ${dotted(type)} ${plain(type.baseType)}${type.notNull ? ' not null' : ''} ${type.constraints
        .map((constraint) => plain(constraint.definition))
        .join(' ')}`.trimEnd();
    case 'composite':
      return `type ${dotted(type)} (${type.attributes.map((part) => `${name(part.name)} ${plain(part.type)}`).join(', ')})`;
    case 'range':
      return `type ${dotted(type)} range of ${plain(type.subtype)}`;
  }
}

function readingViews(catalog: Catalog, tables: readonly Table[]): readonly View[] {
  const chosen = new Set(tables.map(dotted));
  const readers = new Set(
    catalog.dependencies
      .filter(({ dependent, on }) => dependent.kind.endsWith('view') && chosen.has(dotted(on)))
      .map(({ dependent }) => dotted(dependent)),
  );
  return catalog.views.filter((view) => readers.has(dotted(view)));
}
