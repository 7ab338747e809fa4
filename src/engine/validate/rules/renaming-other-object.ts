import { as, nameOf, nameOfObject, type WrittenName } from '../../sql/nodes.ts';
import { quoteIdentifier } from '../../sql/quote-identifier.ts';
import type { CreatedKind } from '../created-here.ts';
import { leavesAlone } from '../leaves-alone.ts';
import { renamedKind } from '../renamed-kind.ts';
import type { Severity } from '../report.ts';
import { type CheckContext, defineRule } from '../rule.ts';
import { takesBackRename } from '../takes-back-rename.ts';
import { shown } from '../wording.ts';

type Kind = {
  readonly words: string;
  readonly severity: Severity;
  readonly created: CreatedKind | null;
  readonly uses: string;
};

const inQueries = 'Queries that say';
const kinds: Readonly<Record<string, Kind>> = {
  OBJECT_VIEW: { words: 'view', severity: 'error', created: 'view', uses: inQueries },
  OBJECT_MATVIEW: { words: 'materialized view', severity: 'error', created: 'view', uses: inQueries },
  OBJECT_SEQUENCE: { words: 'sequence', severity: 'warning', created: 'sequence', uses: 'Calls of nextval that say' },
  OBJECT_FUNCTION: { words: 'function', severity: 'warning', created: 'routine', uses: 'Calls of' },
  OBJECT_PROCEDURE: { words: 'procedure', severity: 'warning', created: 'routine', uses: 'Calls of' },
  OBJECT_ROUTINE: { words: 'routine', severity: 'warning', created: 'routine', uses: 'Calls of' },
  OBJECT_TYPE: { words: 'type', severity: 'warning', created: 'type', uses: 'Casts to' },
  OBJECT_DOMAIN: { words: 'domain', severity: 'warning', created: 'type', uses: 'Casts to' },
  OBJECT_ATTRIBUTE: { words: 'attribute', severity: 'warning', created: 'type', uses: inQueries },
  OBJECT_PUBLICATION: { words: 'publication', severity: 'warning', created: null, uses: 'Subscriptions to' },
  OBJECT_TABCONSTRAINT: {
    words: 'constraint',
    severity: 'info',
    created: null,
    uses: 'ON CONFLICT ON CONSTRAINT, and error handling, that say',
  },
};

/** True for a publication that an earlier statement of the file makes. */
const isMadeHere = ({ script, statement }: CheckContext, name: string): boolean =>
  script.statements.slice(0, statement.index).some(({ node }) => as(node, 'CreatePublicationStmt')?.pubname === name);

export const renamingOtherObject = defineRule({
  id: 'renaming-other-object',
  title: 'Renamed object that running code may name',
  category: 'compatibility',
  severity: 'warning',
  servers: {},
  on: ['RenameStmt'],
  docs: {
    what: 'RENAME of a view, sequence, function, procedure, type, domain, publication or constraint. Indexes and triggers are left out: no query names them.',
    why: 'Running code that says the old name fails at once. A view is queried like a table, so that is an error; for a constraint it is only information, because few programs name one.',
    instead: 'Create the object under the new name beside the old one, deploy, and drop the old one later.',
    ignoreWhen: 'nothing names it.',
    manual: 'https://www.postgresql.org/docs/current/sql-alterview.html',
  },
  examples: [
    {
      name: 'a view',
      setup: 'create table users (id bigint primary key); create view names as select id from users;',
      up: 'ALTER VIEW names RENAME TO user_names;',
      finds: [{ text: 'RENAME TO user_names', severity: 'error' }],
    },
    {
      name: 'a publication, and one that the migration makes',
      up: 'alter publication feed rename to news; create publication mine; alter publication mine rename to ours;',
      finds: [{ text: 'rename to news', severity: 'warning' }],
    },
    {
      name: 'a function, a type and a sequence, without a catalog',
      up: 'alter function tax(int) rename to vat; alter type sales."Mood" rename to feeling; alter sequence s rename to t;',
      finds: [{ text: 'rename to vat', severity: 'warning' }, { text: 'rename to feeling' }, { text: 'rename to t' }],
    },
    {
      name: 'a view and a sequence that are called tables',
      setup: 'create view names as select 1 as one; create sequence s;',
      up: 'alter table names rename to words; alter table s rename to t;',
      finds: [
        { text: 'rename to words', severity: 'error' },
        { text: 'rename to t', severity: 'warning' },
      ],
    },
    {
      name: 'a constraint',
      setup: 'create table users (id bigint primary key);',
      up: 'alter table users rename constraint users_pkey to users_key;',
      finds: [{ text: 'rename constraint users_pkey to users_key', severity: 'info' }],
    },
    {
      name: 'an index and a trigger',
      up: 'alter index i rename to j; alter trigger t on users rename to u;',
      finds: [],
    },
    {
      name: 'a view created in the same migration',
      up: 'create view fresh as select 1 as a; alter view fresh rename to newer;',
      finds: [],
    },
    {
      name: 'the down takes it back',
      up: '-- lockstep:ignore renaming-other-object nobody reads it yet\nalter view a rename to b;',
      down: 'alter view b rename to a;',
      finds: [],
    },
  ],
  check: (context) => {
    const rename = as(context.statement.node, 'RenameStmt');
    const kind = kinds[renamedKind(context.database, rename) ?? ''];
    if (rename === undefined || kind === undefined) return [];
    if (leavesAlone(context)) return [];
    const written: WrittenName = rename.relation === undefined ? nameOfObject(rename.object) : nameOf(rename.relation);
    const name = context.database.resolve(written);
    if (kind.created !== null && context.created.has(kind.created, name)) return [];
    if (rename.renameType === 'OBJECT_PUBLICATION' && isMadeHere(context, written.name)) return [];
    if (kind.created === null && rename.relation !== undefined && context.standing(written).size === 'new') return [];
    if (
      takesBackRename(
        context,
        (up) => up.renameType === rename.renameType && up.newname === (rename.subname ?? name.name),
      )
    )
      return [];
    const old = rename.subname === undefined ? shown(written) : quoteIdentifier(rename.subname);
    const start = context.source.words('RENAME')?.start ?? context.statement.start;
    return [
      {
        range: { start, end: context.statement.end },
        severity: kind.severity,
        message: `${kind.uses} ${old} fail as soon as the ${kind.words} is called ${quoteIdentifier(rename.newname ?? '')}`,
        evidence: { [kind.words]: old, newName: rename.newname ?? '' },
      },
    ];
  },
});
