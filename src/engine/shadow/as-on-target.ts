import type { Catalog, DefinedObject } from '../catalog/catalog.ts';
import { withFingerprints } from '../catalog/fingerprint.ts';
import type { TargetServer } from './target-server.ts';

/** A privilege of tables that came with 17 and that `ALL` includes since then. */
const MAINTAIN = /^ALTER DEFAULT PRIVILEGES .*? (?:GRANT|REVOKE) MAINTAIN ON /s;

/**
 * A catalog of the shadow as the older server that the migration is for would have it: without the names of `NOT NULL`,
 * which came with 18, and without `MAINTAIN`, which came with 17.
 */
export function asOnTarget(catalog: Catalog, target: TargetServer | null): Catalog {
  if (target === null || target.major >= 18) return catalog;
  const hasNamed = catalog.tables.some(({ constraints }) => constraints.some(({ kind }) => kind === 'not null'));
  const noMaintain = target.major < 17;
  const grants = noMaintain ? catalog.grants?.filter(({ privilege }) => privilege !== 'maintain') : catalog.grants;
  const others = noMaintain ? (catalog.otherObjects ?? []).flatMap(withoutMaintain) : (catalog.otherObjects ?? []);
  const isSame =
    !hasNamed &&
    grants?.length === catalog.grants?.length &&
    others.length === (catalog.otherObjects ?? []).length &&
    others.every((other, index) => other === catalog.otherObjects?.[index]);
  if (isSame) return catalog;
  const { portableFingerprint: _unused, ...rest } = catalog;
  return withFingerprints({
    ...rest,
    tables: catalog.tables.map((table) =>
      table.constraints.some(({ kind }) => kind === 'not null')
        ? { ...table, constraints: table.constraints.filter(({ kind }) => kind !== 'not null') }
        : table,
    ),
    ...(grants === undefined ? {} : { grants }),
    ...(catalog.otherObjects === undefined ? {} : { otherObjects: others }),
  });
}

/** Default privileges without that one; nothing where they were about nothing else. */
function withoutMaintain(other: DefinedObject): readonly DefinedObject[] {
  if (other.kind !== 'default privileges') return [other];
  const all = [other.definition, ...(other.further ?? [])];
  const kept = all.filter((statement) => !MAINTAIN.test(statement));
  const [definition, ...further] = kept;
  if (kept.length === all.length) return [other];
  return definition === undefined ? [] : [{ ...other, definition, further }];
}

/** The same for writing statements that the target takes: no column keeps what only 18 says of its `NOT NULL`. */
export function writtenForTarget(catalog: Catalog, target: TargetServer | null): Catalog {
  if (target === null || target.major >= 18) return catalog;
  const seen = asOnTarget(catalog, target);
  return {
    ...seen,
    tables: seen.tables.map((table) => ({
      ...table,
      columns: table.columns.map(({ notNullName: _name, notNullInherited: _inherited, ...column }) => column),
    })),
  };
}
