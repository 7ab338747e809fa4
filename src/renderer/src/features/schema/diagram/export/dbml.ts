import type { Catalog, Column, Constraint, Table } from '../../../../../../engine/catalog/catalog.ts';
import type { DiagramGraph } from '../diagram-graph.ts';

const name = (text: string): string => `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
const path = (relation: { readonly schema: string; readonly name: string }): string =>
  `${name(relation.schema)}.${name(relation.name)}`;
const text = (value: string): string => `'''${value.replaceAll('\\', '\\\\').replaceAll("'''", "\\'''")}'''`;
const expression = (value: string): string => `\`${value.replaceAll('`', "'")}\``;

const isWord = (type: string): boolean => /^[A-Za-z_][A-Za-z0-9_]*(\([0-9, ]+\))?$/.test(type);

function columnLine(column: Column, table: Table): string {
  const alone = (kind: Constraint['kind']): boolean =>
    table.constraints.some(
      (constraint) =>
        constraint.kind === kind && constraint.columns.length === 1 && constraint.columns[0] === column.name,
    );
  const settings = [
    ...(alone('primary key') ? ['pk'] : []),
    ...(alone('unique') ? ['unique'] : []),
    ...(column.notNull && !alone('primary key') ? ['not null'] : []),
    ...(column.default === null ? [] : [`default: ${expression(column.default)}`]),
    ...(column.comment === null ? [] : [`note: ${text(column.comment)}`]),
  ];
  const type = isWord(column.type) ? column.type : name(column.type);
  return `  ${name(column.name)} ${type}${settings.length === 0 ? '' : ` [${settings.join(', ')}]`}`;
}

function tableText(table: Table): string {
  const keys = table.constraints
    .filter(({ kind, columns }) => (kind === 'primary key' || kind === 'unique') && columns.length > 1)
    .map(
      ({ kind, columns, name: own }) =>
        `    (${columns.map(name).join(', ')}) [${kind === 'primary key' ? 'pk' : 'unique'}, name: ${name(own)}]`,
    );
  const indexes = table.indexes
    .filter((index) => index.constraint === null)
    .map((index) => {
      const parts = index.keys.map(({ column, expression: made }) =>
        column === null ? expression(made ?? '') : name(column),
      );
      return `    (${parts.join(', ')}) [${index.unique ? 'unique, ' : ''}name: ${name(index.name)}]`;
    });
  return [
    `Table ${path(table)} {`,
    ...table.columns.map((column) => columnLine(column, table)),
    ...(keys.length + indexes.length === 0 ? [] : ['', '  indexes {', ...keys, ...indexes, '  }']),
    ...(table.comment === null ? [] : ['', `  Note: ${text(table.comment)}`]),
    '}',
  ].join('\n');
}

/** The tables among these relations, their foreign keys and the enums of the schemas, in DBML; it has no word for views. */
export function dbmlOf(catalog: Catalog, graph: DiagramGraph, ids: ReadonlySet<string>): string {
  const tables = [...graph.relations].flatMap(([id, relation]) =>
    ids.has(id) && 'constraints' in relation ? [relation] : [],
  );
  const schemas = new Set(tables.map(({ schema }) => schema));
  const enums = catalog.types.flatMap((type) =>
    type.kind === 'enum' && schemas.has(type.schema)
      ? [`Enum ${path(type)} {\n${type.labels.map((label) => `  ${name(label)}`).join('\n')}\n}`]
      : [],
  );
  const references = graph.lines.flatMap((line) => {
    if (line.kind !== 'foreign key' || !ids.has(line.parent) || !ids.has(line.child)) return [];
    const [child, parent] = [graph.relations.get(line.child), graph.relations.get(line.parent)];
    if (!child || !parent) return [];
    const sign = line.childEnd === 'many' ? '>' : '-';
    const end = (relation: Table | typeof child, columns: readonly string[]): string =>
      `${path(relation)}.(${columns.map(name).join(', ')})`;
    const action = line.onDelete === 'no action' ? '' : ` [delete: ${line.onDelete}]`;
    return [
      `Ref ${name(line.name)}: ${end(child, line.childColumns)} ${sign} ${end(parent, line.parentColumns)}${action}`,
    ];
  });
  return `${[...enums, ...tables.map(tableText), ...references].join('\n\n')}\n`;
}
