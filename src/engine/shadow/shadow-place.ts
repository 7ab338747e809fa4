import type { ShadowDatabase } from '../ports/shadow-databases.ts';
import type { ShadowRunReport } from './report.ts';

type Place = ShadowRunReport['shadow'];

/** What a report says of the place where it was made. */
export const shadowPlace = (
  { kind, serverVersion: version, form }: ShadowDatabase,
  target: Place['target'] | null,
): Place => ({
  kind,
  version,
  ...(form === undefined ? {} : { form }),
  ...(target == null ? {} : { target }),
});
