import type { DatabaseType, Routine, Table, View } from '../catalog.ts';
import type { Part, Pieces } from './piece.ts';

export type AlterContext = { readonly to: Pieces; readonly serverVersion: number };

/**
 * True when statements turn the old piece into the new one without dropping it. `changed` names the attributes that
 * differ.
 */
export function canAlter(was: Part, is: Part, changed: ReadonlySet<string>, context: AlterContext): boolean {
  const only = (...names: readonly string[]): boolean => [...changed].every((name) => names.includes(name));
  switch (was.kind) {
    case 'schema':
    case 'extension':
    case 'ownership':
    case 'default':
      return true;
    case 'attachment':
    case 'inheritance':
    case 'policy':
    case 'other':
      return false;
    case 'sequence':
      return !changed.has('identity');
    case 'trigger':
      return only('enabled');
    case 'index':
      // No statement makes an index invalid.
      return (
        only('clustered', 'replica identity', 'attached to', 'valid', 'column statistics') &&
        !(changed.has('valid') && is.kind === 'index' && is.index.valid)
      );
    case 'constraint':
      return is.kind === 'constraint' && canAlterConstraint(was, is, only);
    case 'type':
      return is.kind === 'type' && canAlterType(was.type, is.type, context);
    case 'routine':
      return is.kind === 'routine' && canReplaceRoutine(was.routine, is.routine);
    case 'view':
      return is.kind === 'view' && canReplaceView(was.view, is.view, only);
    case 'table':
      return is.kind === 'table' && canAlterTable(was.table, is.table);
    case 'column':
      return is.kind === 'column' && canAlterColumn(was, is, context.serverVersion);
  }
}

type ConstraintPart = Extract<Part, { kind: 'constraint' }>;
type ColumnPart = Extract<Part, { kind: 'column' }>;

/** A constraint's definition without what statements can change in place. */
const fixedDefinition = (definition: string): string =>
  definition.replace(/ NOT VALID$/, '').replace(/ DEFERRABLE(?: INITIALLY DEFERRED)?$/, '');

function canAlterConstraint(was: ConstraintPart, is: ConstraintPart, only: (...names: string[]) => boolean): boolean {
  if (only('index clustered', 'index replica identity', 'index attached to')) return true;
  if (!only('definition')) return false;
  const [a, b] = [was.constraint, is.constraint];
  // What was validated stays so.
  if (a.validated && !b.validated) return false;
  if (a.kind === 'foreign key') return fixedDefinition(a.definition) === fixedDefinition(b.definition);
  return a.definition.replace(/ NOT VALID$/, '') === b.definition;
}

/** True when new labels can be put between the old ones. */
export const keepsLabels = (was: readonly string[], is: readonly string[]): boolean => {
  const kept = is.filter((label) => was.includes(label));
  return kept.length === was.length && kept.every((label, place) => label === was[place]);
};

function canAlterType(was: DatabaseType, is: DatabaseType, { to }: AlterContext): boolean {
  if (was.kind === 'enum' && is.kind === 'enum') {
    return keepsLabels(was.labels, is.labels) && !usesNewLabel(was.labels, is, to);
  }
  if (was.kind === 'domain' && is.kind === 'domain') {
    return was.baseType === is.baseType && was.collation === is.collation;
  }
  if (was.kind === 'composite' && is.kind === 'composite') {
    const names = new Set(is.attributes.map(({ name }) => name));
    const kept = was.attributes.filter(({ name }) => names.has(name));
    return kept.every((attribute, place) => {
      const now = is.attributes[place];
      return now?.name === attribute.name && now.type === attribute.type && now.collation === attribute.collation;
    });
  }
  return false;
}

/** A label that is new cannot be used before the transaction that adds it has ended: no default, check or index may. */
function usesNewLabel(old: readonly string[], type: Extract<DatabaseType, { kind: 'enum' }>, to: Pieces): boolean {
  const added = type.labels.filter((label) => !old.includes(label)).map((label) => `'${label.replaceAll("'", "''")}'`);
  const key = `type\0${type.schema}\0${type.name}`;
  return (to.users.get(key) ?? []).some(({ part, attributes }) => {
    if (part.kind === 'routine' || part.kind === 'column') return false;
    return Object.values(attributes).some((text) => text !== null && added.some((label) => text.includes(label)));
  });
}

const defaultsIn = (definition: string): number =>
  (definition.slice(0, definition.search(/\n RETURNS |\n LANGUAGE /)).match(/ DEFAULT /g) ?? []).length;

function canReplaceRoutine(was: Routine, is: Routine): boolean {
  if (was.kind !== is.kind || was.kind === 'aggregate' || was.result !== is.result) return false;
  // Defaults of parameters can be added and changed, not taken away.
  return defaultsIn(is.definition) >= defaultsIn(was.definition);
}

/** `CREATE OR REPLACE VIEW` keeps the columns that are there and adds others at the end. */
function canReplaceView(was: View, is: View, only: (...names: string[]) => boolean): boolean {
  if (only('options', 'defaults')) return true;
  if (was.materialized) return false;
  return was.columns.every(
    (column, place) => is.columns[place]?.name === column.name && is.columns[place]?.type === column.type,
  );
}

const canAlterTable = (was: Table, is: Table): boolean =>
  was.kind === is.kind &&
  was.partitionKey === is.partitionKey &&
  (was.foreign?.server ?? null) === (is.foreign?.server ?? null);

function canAlterColumn({ column: was }: ColumnPart, { column: is }: ColumnPart, serverVersion: number): boolean {
  if (was.generated === is.generated) {
    if (was.generated === null || was.default === is.default) return true;
    return serverVersion >= 170_000;
  }
  // What was computed stays as a value; a value never becomes computed.
  return was.generated === 'stored' && is.generated === null;
}
