import { loadParser } from '../../../engine/sql/parser.ts';
import { validateMigration } from '../../../engine/validate/validate-migration.ts';
import { validationSettingsSchema } from '../../../engine/validate/validation-settings.ts';
import { ok } from '../../../shared/result.ts';
import { systemClock } from '../../system-clock.ts';
import type { Work } from '../run-jobs.ts';

/** Checks up and down against the kept catalog; without one only what the text itself says is checked. */
export const validate: Work['migration.validate'] = async ({ name, up, down, fingerprint, profile }, { catalog }) => {
  await loadParser();
  const base = fingerprint === null ? null : await catalog(fingerprint);
  const options = {
    catalog: base,
    tier: base === null ? 'parse' : 'catalog',
    settings: validationSettingsSchema.parse({ profile }),
    today: systemClock.now().slice(0, 10),
  } as const;
  return ok(validateMigration({ name, up, down }, options));
};
