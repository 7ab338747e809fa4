import type { Table, View } from '../../../../../../engine/catalog/catalog.ts';
import type { Cardinality } from '../../../../../../engine/catalog/relationships.ts';
import type { DiagramGraph, DiagramLine } from '../diagram-graph.ts';

/** A word of Mermaid: letters, digits and a few signs; anything else becomes an underscore. */
function word(text: string): string {
  const clean = text.replace(/[^A-Za-z0-9_()[\]\u00C0-\uD7FF-]+/g, '_');
  return /^[A-Za-z_\u00C0-\uD7FF]/.test(clean) ? clean : `_${clean}`;
}

/** A text between quotes, in which Mermaid takes everything but these. */
const quoted = (text: string): string => `"${text.replace(/["%\\\n\r]/g, "'")}"`;

const left: Readonly<Record<Exclude<Cardinality, 'many'>, string>> = { 'exactly one': '||', 'zero or one': '|o' };
const right: Readonly<Record<Exclude<Cardinality, 'exactly one'>, string>> = { many: 'o{', 'zero or one': 'o|' };

function lineOf(line: DiagramLine): string {
  const [parent, child] = [quoted(line.parent), quoted(line.child)];
  switch (line.kind) {
    case 'foreign key':
      return `  ${parent} ${left[line.parentEnd]}--${right[line.childEnd]} ${child} : ${quoted(line.name)}`;
    case 'reads':
      return `  ${parent} ||..o{ ${child} : "is read by"`;
    case 'inherits':
      return `  ${parent} ||..o{ ${child} : "is inherited by"`;
  }
}

function entity(id: string, relation: Table | View): readonly string[] {
  const constraints = 'constraints' in relation ? relation.constraints : [];
  const isKey = (kind: 'primary key' | 'foreign key' | 'unique', column: string): boolean =>
    constraints.some((constraint) =>
      constraint.kind === kind && kind === 'unique'
        ? constraint.columns.length === 1 && constraint.columns[0] === column
        : constraint.kind === kind && constraint.columns.includes(column),
    );
  const columns = relation.columns.map(({ name, type }) => {
    const keys = [
      ...(isKey('primary key', name) ? ['PK'] : []),
      ...(isKey('foreign key', name) ? ['FK'] : []),
      ...(isKey('unique', name) ? ['UK'] : []),
    ].join(', ');
    const comment = word(name) === name ? '' : quoted(name);
    return `    ${[word(type), word(name), keys, comment].filter((part) => part !== '').join(' ')}`;
  });
  return columns.length === 0 ? [`  ${quoted(id)}`] : [`  ${quoted(id)} {`, ...columns, '  }'];
}

/** The entity relationship diagram of these relations as Mermaid reads it, with all of their columns. */
export function mermaidOf(graph: DiagramGraph, ids: ReadonlySet<string>): string {
  const entities = [...graph.relations].flatMap(([id, relation]) => (ids.has(id) ? entity(id, relation) : []));
  const lines = graph.lines.filter(({ parent, child }) => ids.has(parent) && ids.has(child)).map(lineOf);
  return `${['erDiagram', ...entities, ...lines].join('\n')}\n`;
}
