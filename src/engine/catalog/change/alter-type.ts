import { identifier, literal, qualified, rendered, type Sql, sql } from '../../sql/sql.ts';
import type { DatabaseType } from '../catalog.ts';
import { type ChangeStatement, changeOf, loses } from './change-script.ts';

/** The statements that turn one type into another of the same kind, as far as `ALTER TYPE` and `ALTER DOMAIN` can. */
export function alterType(was: DatabaseType, is: DatabaseType, object: string): readonly ChangeStatement[] {
  if (was.kind === 'enum' && is.kind === 'enum') return newLabels(was.labels, is, object);
  if (was.kind === 'domain' && is.kind === 'domain') return alterDomain(was, is, object);
  if (was.kind === 'composite' && is.kind === 'composite') return alterComposite(was, is, object);
  return [];
}

type TypeOf<Kind> = Extract<DatabaseType, { kind: Kind }>;

function newLabels(old: readonly string[], type: TypeOf<'enum'>, object: string): readonly ChangeStatement[] {
  const there = [...old];
  const statements: ChangeStatement[] = [];
  type.labels.forEach((label, place) => {
    if (there[place] === label) return;
    const next = there[place];
    const where = next === undefined ? sql`` : sql` BEFORE ${literal(next)}`;
    statements.push(changeOf(object, sql`ALTER TYPE ${qualified(type)} ADD VALUE ${literal(label)}${where}`));
    there.splice(place, 0, label);
  });
  return statements;
}

function alterDomain(was: TypeOf<'domain'>, is: TypeOf<'domain'>, object: string): readonly ChangeStatement[] {
  const actions: Sql[] = [];
  for (const old of was.constraints) {
    const now = is.constraints.find(({ name }) => name === old.name);
    const validates = now !== undefined && now.definition === old.definition.replace(/ NOT VALID$/, '');
    if (now?.definition === old.definition) continue;
    if (!validates) actions.push(sql`DROP CONSTRAINT ${identifier(old.name)}`);
  }
  if (was.default !== is.default) {
    actions.push(is.default === null ? sql`DROP DEFAULT` : sql`SET DEFAULT ${rendered(is.default)}`);
  }
  if (was.notNull !== is.notNull) actions.push(is.notNull ? sql`SET NOT NULL` : sql`DROP NOT NULL`);
  for (const now of is.constraints) {
    const old = was.constraints.find(({ name }) => name === now.name);
    if (old?.definition === now.definition) continue;
    if (old !== undefined && old.definition.replace(/ NOT VALID$/, '') === now.definition) {
      actions.push(sql`VALIDATE CONSTRAINT ${identifier(now.name)}`);
    } else actions.push(sql`ADD CONSTRAINT ${identifier(now.name)} ${rendered(now.definition)}`);
  }
  return actions.map((action) => changeOf(object, sql`ALTER DOMAIN ${qualified(is)} ${action}`));
}

function alterComposite(was: TypeOf<'composite'>, is: TypeOf<'composite'>, object: string): readonly ChangeStatement[] {
  const actions: { readonly action: Sql; readonly gone: string | null }[] = [];
  for (const { name } of was.attributes) {
    if (is.attributes.some((attribute) => attribute.name === name)) continue;
    actions.push({ action: sql`DROP ATTRIBUTE ${identifier(name)}`, gone: name });
  }
  for (const { name, type, collation } of is.attributes) {
    if (was.attributes.some((attribute) => attribute.name === name)) continue;
    const collate = collation === null ? sql`` : sql` COLLATE ${rendered(collation)}`;
    actions.push({ action: sql`ADD ATTRIBUTE ${identifier(name)} ${rendered(type)}${collate}`, gone: null });
  }
  return actions.map(({ action, gone }) =>
    changeOf(object, sql`ALTER TYPE ${qualified(is)} ${action}`, {
      loses: gone === null ? null : loses(`${gone} of every value of ${object}`),
    }),
  );
}
