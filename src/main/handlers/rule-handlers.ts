import type { Rule } from '../../engine/validate/rule.ts';
import type { Handlers } from '../../shared/ipc/wire.ts';
import { ok } from '../../shared/result.ts';
import type { RuleCard } from '../../shared/rule-card.ts';

function cardOf({ id, title, category, severity, servers, optIn, docs, examples }: Rule): RuleCard {
  const reported = examples.filter(({ finds }) => finds.length > 0);
  const shown = reported.find(({ fixed }) => fixed !== undefined) ?? reported[0];
  return {
    id,
    title,
    category,
    severity,
    from: servers.from ?? null,
    to: servers.to ?? null,
    optIn: optIn === true,
    ...docs,
    example: shown?.up ?? null,
    fixed: shown?.fixed ?? null,
  };
}

/** Answers what the rules are. */
export function ruleHandlers(): Pick<Handlers['requests'], 'rules.list'> {
  return {
    'rules.list': async () => {
      // Rarely asked, and much code: it is not loaded when the application starts.
      const { allRules } = await import('../../engine/validate/all-rules.ts');
      return ok(allRules.map(cardOf));
    },
  };
}
