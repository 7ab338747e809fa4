import { identifier, literal, qualified, rendered, type Sql, sql } from '../../sql/sql.ts';
import type { Constraint, Index, Table, View } from '../catalog.ts';
import { renderIndexStatistics, renderTableFlags, renderTriggerSwitch } from '../render/render-members.ts';
import { optionList } from '../render/render-options.ts';
import { renderOwnedBy } from '../render/render-sequence.ts';
import { renderView } from '../render/render-view.ts';
import { alterColumn } from './alter-column.ts';
import { alterSequence } from './alter-sequence.ts';
import { alterType } from './alter-type.ts';
import { begins, type ChangeContext } from './change-context.ts';
import { type ChangeStatement, changeBy, changeOf, definedChange, mayLose } from './change-script.ts';
import { foreignChanges } from './foreign-changes.ts';
import { indexKeyOf, isAttachedWithTable, rolesOf, setDefault } from './make-statements.ts';
import type { Part, Piece } from './piece.ts';

/** The statements that turn one piece into the other of the same key, without dropping it. */
export function alterStatements(was: Piece, is: Piece, context: ChangeContext): readonly ChangeStatement[] {
  const { object } = is;
  const [old, part] = [was.part, is.part];
  switch (part.kind) {
    case 'extension':
      return old.kind === 'extension' ? alterExtension(old, part, object) : [];
    case 'type':
      return old.kind === 'type' ? alterType(old.type, part.type, object) : [];
    case 'sequence':
      return old.kind === 'sequence' ? alterSequence(old.sequence, part.sequence, object) : [];
    case 'ownership':
      return [renderOwnedBy(part.sequence)].flatMap((each) => (each === null ? [] : [changeBy(each)]));
    case 'routine':
      return [definedChange(object, part.routine.definition)];
    case 'table':
      return old.kind === 'table' ? alterTable(old.table, part.table, object) : [];
    case 'column':
      return old.kind === 'column' ? alterColumn(old, part, object, context) : [];
    case 'default':
      return [setDefault(part.table, part.column, object)];
    case 'constraint':
      return old.kind === 'constraint' ? alterConstraint(old, part, object, context) : [];
    case 'index':
      return old.kind === 'index' ? alterIndex(part.relation, old.index, part.index, object, context) : [];
    case 'view':
      return old.kind === 'view' ? alterView(old.view, part.view, object) : [];
    case 'trigger':
      return [changeBy(renderTriggerSwitch(part.relation, part.trigger))];
    case 'schema':
    case 'attachment':
    case 'inheritance':
    case 'policy':
    case 'other':
      return [];
  }
}

type PartOf<Kind> = Extract<Part, { kind: Kind }>;

function alterExtension(
  { extension: was }: PartOf<'extension'>,
  { extension: is }: PartOf<'extension'>,
  object: string,
): readonly ChangeStatement[] {
  const pieces: Sql[] = [];
  if (was.schema !== is.schema) pieces.push(sql`SET SCHEMA ${identifier(is.schema)}`);
  if (was.version !== is.version) pieces.push(sql`UPDATE TO ${literal(is.version)}`);
  return pieces.map((piece) => changeOf(object, sql`ALTER EXTENSION ${identifier(is.name)} ${piece}`));
}

/** `SET (…)` for options that are new or other, `RESET (…)` for those that are gone. */
function optionChanges(was: readonly string[], is: readonly string[]): readonly Sql[] {
  const nameOf = (option: string): string => (option.includes('=') ? option.slice(0, option.indexOf('=')) : option);
  const kept = new Set(is.map(nameOf));
  const gone = was.map(nameOf).filter((name) => !kept.has(name));
  const set = is.filter((option) => !was.includes(option));
  return [
    ...(gone.length === 0 ? [] : [sql`RESET (${optionList(gone)})`]),
    ...(set.length === 0 ? [] : [sql`SET (${optionList(set)})`]),
  ];
}

function alterTable(was: Table, is: Table, object: string): readonly ChangeStatement[] {
  const actions: Sql[] = [];
  if ((was.accessMethod ?? null) !== (is.accessMethod ?? null)) {
    actions.push(sql`SET ACCESS METHOD ${identifier(is.accessMethod ?? 'heap')}`);
  }
  actions.push(...optionChanges(was.options, is.options));
  if (was.rowSecurity && !is.rowSecurity) actions.push(sql`DISABLE ROW LEVEL SECURITY`);
  if (was.forceRowSecurity && !is.forceRowSecurity) actions.push(sql`NO FORCE ROW LEVEL SECURITY`);
  if (was.replicaIdentity !== is.replicaIdentity && is.replicaIdentity === 'default') {
    actions.push(sql`REPLICA IDENTITY DEFAULT`);
  }
  const foreign = foreignChanges(was.foreign?.options ?? [], is.foreign?.options ?? []);
  if (foreign !== null) actions.push(foreign);
  const old = new Set(renderTableFlags(was).map(({ sql: text }) => text));
  return [
    ...(was.persistence === is.persistence ? [] : [persistence(is, object)]),
    ...actions.map((action) => changeOf(object, sql`ALTER TABLE ONLY ${qualified(is)} ${action}`)),
    ...renderTableFlags(is)
      .filter((statement) => !old.has(statement.sql))
      .map((statement) => changeBy(statement)),
  ];
}

const persistence = (table: Table, object: string): ChangeStatement =>
  table.persistence === 'unlogged'
    ? changeOf(object, sql`ALTER TABLE ${qualified(table)} SET UNLOGGED`, {
        loses: mayLose(`the rows of ${object}: after a crash an unlogged table is empty`),
      })
    : changeOf(object, sql`ALTER TABLE ${qualified(table)} SET LOGGED`);

function alterConstraint(
  was: PartOf<'constraint'>,
  is: PartOf<'constraint'>,
  object: string,
  context: ChangeContext,
): readonly ChangeStatement[] {
  const { table, constraint, index } = is;
  const actions: Sql[] = [];
  if (timing(was.constraint) !== timing(constraint)) {
    actions.push(sql`ALTER CONSTRAINT ${identifier(constraint.name)} ${rendered(timing(constraint))}`);
  }
  if (!was.constraint.validated && constraint.validated) {
    actions.push(sql`VALIDATE CONSTRAINT ${identifier(constraint.name)}`);
  }
  return [
    ...actions.map((action) => changeOf(object, sql`ALTER TABLE ${qualified(table)} ${action}`)),
    ...(was.index === undefined || index === undefined ? [] : alterIndex(table, was.index, index, object, context)),
  ];
}

const timing = ({ deferrable, initiallyDeferred }: Constraint): string =>
  deferrable ? `DEFERRABLE${initiallyDeferred ? ' INITIALLY DEFERRED' : ' INITIALLY IMMEDIATE'}` : 'NOT DEFERRABLE';

function alterIndex(
  relation: Table | View,
  was: Index,
  is: Index,
  object: string,
  context: ChangeContext,
): readonly ChangeStatement[] {
  const own = qualified({ schema: relation.schema, name: is.name });
  const comes = is.parent !== null && !isAttachedWithTable(context, relation, is);
  const stays = was.parent !== null && is.parent !== null && !begins(context, indexKeyOf(context, is.parent));
  const attach =
    is.parent === null || !comes || stays
      ? []
      : [changeOf(object, sql`ALTER INDEX ${qualified(is.parent)} ATTACH PARTITION ${own}`)];
  const unclustered =
    was.clustered && !is.clustered && !relation.indexes.some(({ clustered }) => clustered)
      ? [changeOf(object, sql`ALTER TABLE ${qualified(relation)} SET WITHOUT CLUSTER`)]
      : [];
  const statistics = renderIndexStatistics(relation, is, was.columnStatistics).map((statement) => changeBy(statement));
  return [...attach, ...unclustered, ...statistics, ...rolesOf(relation, is)];
}

function alterView(was: View, is: View, object: string): readonly ChangeStatement[] {
  const word = is.materialized ? sql`MATERIALIZED VIEW` : sql`VIEW`;
  const options = optionChanges(was.options, is.options).map((action) =>
    changeOf(object, sql`ALTER ${word} ${qualified(is)} ${action}`),
  );
  const gone = is.columns.flatMap(({ name, default: value }) => {
    const before = was.columns.find((column) => column.name === name)?.default ?? null;
    if (before === (value ?? null)) return [];
    const action = value == null ? sql`DROP DEFAULT` : sql`SET DEFAULT ${rendered(value)}`;
    return [changeOf(object, sql`ALTER VIEW ${qualified(is)} ALTER COLUMN ${identifier(name)} ${action}`)];
  });
  if (was.definition === is.definition) return [...options, ...gone];
  const [create] = renderView(is);
  if (create === undefined) return [];
  // Replacing sets the options that it names and leaves no other.
  return [changeBy({ ...create, sql: create.sql.replace(/^CREATE VIEW/, 'CREATE OR REPLACE VIEW') }), ...gone];
}
