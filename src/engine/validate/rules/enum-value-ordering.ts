import { as, nameOfParts, strings } from '../../sql/nodes.ts';
import { defineRule } from '../rule.ts';
import { shown } from '../wording.ts';

export const enumValueOrdering = defineRule({
  id: 'enum-value-ordering',
  title: 'Enum value added without a place',
  category: 'types and conventions',
  severity: 'info',
  servers: {},
  on: ['AlterEnumStmt'],
  optIn: true,
  docs: {
    what: 'ALTER TYPE … ADD VALUE without BEFORE or AFTER.',
    why: 'The value goes to the end, and ORDER BY and comparisons go by that order. It can never be moved, only the whole type made anew.',
    instead: 'BEFORE or AFTER, even where the end is meant.',
    ignoreWhen: 'nothing sorts or compares by the type.',
    manual: 'https://www.postgresql.org/docs/current/sql-altertype.html',
  },
  examples: [
    {
      name: 'no place',
      setup: "create type state as enum ('open', 'done');",
      up: "ALTER TYPE state ADD VALUE 'waiting';",
      finds: [{ text: "ADD VALUE 'waiting'", severity: 'info' }],
    },
    { name: 'a place', up: "alter type state add value 'waiting' before 'done';", finds: [] },
    { name: 'another name for an old value', up: "alter type state rename value 'done' to 'closed';", finds: [] },
    {
      name: 'a type created in the same migration',
      up: "create type state as enum ('open'); alter type state add value 'done';",
      finds: [],
    },
  ],
  check: (context) => {
    const alter = as(context.statement.node, 'AlterEnumStmt');
    if (alter === undefined || alter.oldVal !== undefined || alter.newValNeighbor !== undefined) return [];
    if (context.direction === 'down') return [];
    const written = nameOfParts(strings(alter.typeName));
    const name = context.database.resolve(written);
    if (context.created.has('type', name)) return [];
    const type = context.database.type(written);
    const last = type?.kind === 'enum' ? type.labels.at(-1) : undefined;
    const add = context.source.words('ADD VALUE')?.start ?? context.statement.start;
    return [
      {
        range: { start: add, end: context.statement.end },
        message:
          last === undefined
            ? `The new value sorts behind all others of ${shown(written)}, for good`
            : `The new value sorts behind '${last}', the last of ${shown(written)}, for good`,
        evidence: { type: shown(written), value: alter.newVal ?? '', last: last ?? null },
      },
    ];
  },
});
