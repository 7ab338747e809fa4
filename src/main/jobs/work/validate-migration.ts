import type { Catalog } from '../../../engine/catalog/catalog.ts';
import { loadParser } from '../../../engine/sql/parser.ts';
import { validationInSteps } from '../../../engine/validate/validate-migration.ts';
import { validationSettingsSchema } from '../../../engine/validate/validation-settings.ts';
import { ok } from '../../../shared/result.ts';
import { systemClock } from '../../system-clock.ts';
import type { JobInput } from '../job-table.ts';
import type { Work } from '../run-jobs.ts';

type Situation = {
  readonly name: string;
  readonly base: Catalog | null;
  readonly profile: JobInput<'migration.validate'>['profile'];
  readonly today: string;
};

let last: { readonly situation: Situation; readonly check: ReturnType<typeof validationInSteps> } | null = null;

const isSame = (a: Situation, b: Situation): boolean =>
  a.name === b.name && a.base === b.base && a.profile === b.profile && a.today === b.today;

/** The check of the migration that somebody is writing, which remembers what it looked like last; else a new one. */
function checkIn(situation: Situation): ReturnType<typeof validationInSteps> {
  if (last !== null && isSame(last.situation, situation)) return last.check;
  const { base, profile, today } = situation;
  const check = validationInSteps({
    catalog: base,
    tier: base === null ? 'parse' : 'catalog',
    settings: validationSettingsSchema.parse({ profile }),
    today,
  });
  last = { situation, check };
  return check;
}

/** Checks up and down against the kept catalog; without one only what the text itself says is checked. */
export const validate: Work['migration.validate'] = async ({ name, up, down, fingerprint, profile }, { catalog }) => {
  await loadParser();
  const base = fingerprint === null ? null : await catalog(fingerprint);
  const check = checkIn({ name, base, profile, today: systemClock.now().slice(0, 10) });
  return ok(check({ name, up, down }));
};
