import { planRequest } from '../../../engine/plan/plan-request.ts';
import { loadParser } from '../../../engine/sql/parser.ts';
import type { Work } from '../run-jobs.ts';
import { requireCatalog } from './require-catalog.ts';

/** Drafts with the built-in planner, without any model. */
export const planDraft: Work['draft.plan'] = async ({ request, fingerprint }, { catalog }) => {
  const base = await requireCatalog(catalog, fingerprint);
  await loadParser();
  return planRequest(request, base);
};
