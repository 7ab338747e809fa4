import { all, as, nameOf } from '../../sql/nodes.ts';
import { cutToBytes } from '../cut-to-bytes.ts';
import { defineRule } from '../rule.ts';
import { utf8Length } from '../utf8-length.ts';

const longest = 63;

const cut = (name: string): string => cutToBytes(name, longest);

export const truncatedNameCollision = defineRule({
  id: 'truncated-name-collision',
  title: 'Two long names are the same once they are cut',
  category: 'naming and conflicts',
  severity: 'error',
  servers: {},
  on: ['IndexStmt'],
  docs: {
    what: 'Names of two indexes of one file that differ only behind their 63rd byte.',
    why: 'PostgreSQL cuts names at 63 bytes: the second one is taken already, and its statement fails.',
    instead: 'Shorten both so that they differ within 63 bytes.',
    ignoreWhen: 'never.',
    manual: 'https://www.postgresql.org/docs/current/sql-syntax-lexical.html#SQL-SYNTAX-IDENTIFIERS',
  },
  examples: [
    {
      name: 'two indexes',
      up: `create index concurrently ${'a'.repeat(63)}_one on t (a);\nCREATE INDEX CONCURRENTLY ${'a'.repeat(63)}_two ON t (b);`,
      finds: [{ text: `${'a'.repeat(63)}_two`, severity: 'error' }],
    },
    {
      name: 'names that differ in time',
      up: `create index concurrently one_${'a'.repeat(63)} on t (a); create index concurrently two_${'a'.repeat(63)} on t (b);`,
      finds: [],
    },
    {
      name: 'short names',
      up: 'create index concurrently i on t (a); create index concurrently j on t (b);',
      finds: [],
    },
  ],
  check: (context) => {
    // The parser has cut the names already: the text of the statement still has them whole.
    const written = (index: number): string | null => {
      const statement = context.script.statements[index];
      const create = as(statement?.node, 'IndexStmt');
      if (statement === undefined || create?.idxname === undefined) return null;
      const token = context
        .sourceOf(statement)
        .tokens()
        .find(({ text }) => cut(text.replaceAll('"', '')) === create.idxname || text === create.idxname);
      return token?.text.replaceAll('"', '') ?? null;
    };
    const create = as(context.statement.node, 'IndexStmt');
    const own = written(context.statement.index);
    if (create === undefined || own === null || utf8Length(own) <= longest) return [];
    const other = context.script.statements.slice(0, context.statement.index).find((statement) => {
      const earlier = as(statement.node, 'IndexStmt');
      return earlier?.idxname === create.idxname && written(statement.index) !== own;
    });
    if (other === undefined || all([other.node], 'IndexStmt').length === 0) return [];
    const token = context.source.tokens().find(({ text }) => text.replaceAll('"', '') === own);
    return [
      {
        range: token ?? context.source.range,
        message: `Cut to 63 bytes this is the name of the index at line ${other.line}: the statement fails with 42P07`,
        evidence: { name: own, kept: create.idxname, table: nameOf(create.relation).name },
      },
    ];
  },
});
