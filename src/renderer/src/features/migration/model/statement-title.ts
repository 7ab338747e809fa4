import type { StatementReport } from '../../../../../engine/validate/report.ts';

const name = String.raw`("(?:[^"]|"")+"|[\p{L}_][\p{L}\p{N}_$]*)`;
const path = String.raw`((?:"(?:[^"]|"")+"|[\p{L}_][\p{L}\p{N}_$]*)(?:\s*\.\s*(?:"(?:[^"]|"")+"|[\p{L}_][\p{L}\p{N}_$]*))*)`;

/** `pattern` is written with NAME and PATH where an identifier stands, and with spaces where any white space may. */
const shape = (pattern: string): RegExp =>
  new RegExp(pattern.replaceAll(' ', String.raw`\s+`).replaceAll('NAME', name).replaceAll('PATH', path), 'iu');

const last = (dotted: string): string => dotted.match(new RegExp(`${name}$`, 'u'))?.[1] ?? dotted;

type Reading = readonly [action: string, pattern: RegExp, title: (...groups: readonly string[]) => string];

const readings: readonly Reading[] = [
  ['AddColumn', shape('add (?:column )?(?:if not exists )?NAME'), (column) => `Add column ${column}`],
  ['DropColumn', shape('drop (?:column )?(?:if exists )?NAME'), (column) => `Drop column ${column}`],
  ['AlterColumnType', shape('alter (?:column )?NAME (?:set data )?type'), (column) => `Change type of ${column}`],
  ['ColumnDefault', shape('alter (?:column )?NAME drop default'), (column) => `Drop default of ${column}`],
  ['ColumnDefault', shape('alter (?:column )?NAME set default'), (column) => `Set default of ${column}`],
  ['SetNotNull', shape('alter (?:column )?NAME set not null'), (column) => `Set ${column} not null`],
  ['DropNotNull', shape('alter (?:column )?NAME drop not null'), (column) => `Let ${column} be null`],
  ['AddConstraint', shape('add constraint NAME foreign key'), (key) => `Add foreign key ${key}`],
  ['AddConstraint', shape('add constraint NAME check'), (key) => `Add check ${key}`],
  ['AddConstraint', shape('add constraint NAME unique'), (key) => `Add unique ${key}`],
  ['AddConstraint', shape('add constraint NAME primary key'), (key) => `Add primary key ${key}`],
  ['AddConstraint', shape('add constraint NAME'), (key) => `Add constraint ${key}`],
  ['ValidateConstraint', shape('validate constraint NAME'), (key) => `Validate ${key}`],
  ['DropConstraint', shape('drop constraint (?:if exists )?NAME'), (key) => `Drop constraint ${key}`],
  ['RenameColumn', shape('rename (?:column )?NAME to NAME'), (from, to) => `Rename column ${from} to ${to}`],
  ['RenameConstraint', shape('rename constraint NAME to NAME'), (from, to) => `Rename constraint ${from} to ${to}`],
  ['Rename', shape('rename to NAME'), (to) => `Rename to ${to}`],
  ['CreateIndex', shape('create unique index concurrently'), () => 'Create unique index concurrently'],
  ['CreateIndex', shape('create index concurrently'), () => 'Create index concurrently'],
  ['CreateIndex', shape('create unique index'), () => 'Create unique index'],
  [
    'DropIndex',
    shape('drop index concurrently (?:if exists )?PATH'),
    (index) => `Drop index ${last(index ?? '')} concurrently`,
  ],
  ['DropIndex', shape('drop index (?:if exists )?PATH'), (index) => `Drop index ${last(index ?? '')}`],
  [
    'CreateTable',
    shape('create (?:unlogged )?table (?:if not exists )?PATH'),
    (table) => `Create table ${last(table ?? '')}`,
  ],
  ['DropTable', shape('drop table (?:if exists )?PATH'), (table) => `Drop table ${last(table ?? '')}`],
  ['Update', shape('update'), () => 'Update rows'],
  ['Delete', shape('delete'), () => 'Delete rows'],
  ['Insert', shape('insert'), () => 'Insert rows'],
  ['Transaction.Begin', shape('begin|start'), () => 'Begin transaction'],
  ['Transaction.Commit', shape('commit|end'), () => 'Commit transaction'],
];

/** The actions of a statement: `AlterTable.AddColumn+DropColumn` has two, `CreateIndex` one. */
export function actionsOf(kind: string): readonly string[] {
  const [family = kind, actions] = kind.split('.', 2);
  if (actions === undefined || actions === '' || family === 'Transaction') return [kind];
  return actions.split('+');
}

const inWords = (kind: string): string => {
  const words = kind
    .replace(/^Transaction\.|^AlterTable\./, '')
    .replace('.', ' ')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
};

/** What a statement does, in a few words: `Add column email_verified`. */
export function statementTitle(statement: Pick<StatementReport, 'kind' | 'text'>): string {
  const actions = actionsOf(statement.kind);
  const first = actions[0] ?? statement.kind;
  const more = actions.length > 1 ? ` and ${actions.length - 1} more` : '';
  for (const [action, pattern, title] of readings) {
    if (action !== first) continue;
    const found = pattern.exec(statement.text);
    if (found) return title(...found.slice(1)) + more;
  }
  return inWords(first) + more;
}

/** The object that a statement is about, as `schema.name`; empty when it is about none. */
export function statementObject(statement: Pick<StatementReport, 'objects'>): string {
  const [first] = statement.objects;
  return first ? `${first.schema}.${first.name}` : '';
}
