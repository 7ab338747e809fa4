import { ExternalLink } from 'lucide-react';
import type { RuleCard } from '../../../../shared/rule-card.ts';
import { Button } from '../../components/button.tsx';
import { request } from '../../ipc/client.ts';
import { showError } from '../../state/show-error.ts';

const weights = { error: 'Error', warning: 'Warning', info: 'Note' } as const;

function versions({ from, to }: RuleCard): string {
  if (from === null) return to === null ? 'every version' : `PostgreSQL up to ${to}`;
  return to === null ? `PostgreSQL ${from} and later` : `PostgreSQL ${from} to ${to}`;
}

async function openManual(url: string): Promise<void> {
  const answer = await request('app.openExternal', { url });
  if (!answer.ok) showError(answer.error);
}

/** What one rule looks for, why it hurts, what to do instead, and when to leave it. */
export function RulePage({ rule }: { readonly rule: RuleCard }) {
  const weight = `${weights[rule.severity]} on a table that is large or of unknown size`;
  return (
    <article className="rule-page" aria-label={rule.id}>
      <header>
        <h3 className="rule-page-title">{rule.title}</h3>
        <p className="text-small text-2">
          <code>{rule.id}</code>, {rule.category}, {versions(rule)}. {weight}
          {rule.optIn ? ', only under the strict profile' : ''}.
        </p>
      </header>
      <dl>
        <dt>What it looks for</dt>
        <dd>{rule.what}</dd>
        <dt>Why</dt>
        <dd>{rule.why}</dd>
        <dt>Instead</dt>
        <dd>{rule.instead}</dd>
        <dt>Leave it when</dt>
        <dd>{rule.ignoreWhen}</dd>
        {rule.example === null ? null : (
          <>
            <dt>For example</dt>
            <dd>
              <pre>{rule.example}</pre>
            </dd>
          </>
        )}
        {rule.fixed === null ? null : (
          <>
            <dt>After the fix</dt>
            <dd>
              <pre>{rule.fixed}</pre>
            </dd>
          </>
        )}
      </dl>
      <Button icon={ExternalLink} onPress={() => void openManual(rule.manual)} size="small">
        PostgreSQL manual
      </Button>
    </article>
  );
}
