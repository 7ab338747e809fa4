import type { Draft } from '../../../../../engine/generate/draft.ts';
import { Button } from '../../../components/button.tsx';
import { durationText, exactCount } from '../../schema/quantities.ts';

const dollars = (cost: number): string => (cost < 0.01 ? `$${cost.toFixed(4)}` : `$${cost.toFixed(3)}`);

/** What was sent to whom, and what it cost; or that no model was used. */
export function Receipt({ draft, onShowSent }: { readonly draft: Draft; readonly onShowSent: () => void }) {
  const { receipt } = draft;
  if (!receipt) {
    return (
      <section aria-label="Receipt" className="request-section">
        <h2 className="eyebrow">Receipt</h2>
        <dl className="receipt">
          <dt>Written by</dt>
          <dd>{draft.planner === 'hand-written' ? 'hand' : 'the built-in planner'}</dd>
          <dt>Sent</dt>
          <dd>nothing left this computer</dd>
          <dt>Cost</dt>
          <dd>none</dd>
        </dl>
      </section>
    );
  }
  const { models } = receipt;
  const sum = (pick: (model: (typeof models)[number]) => number): number =>
    models.reduce((total, model) => total + pick(model), 0);
  const writer = receipt.models.findLast((model) => model.purpose !== 'choose tables') ?? receipt.models[0];
  const cached = sum((model) => model.cacheReadTokens);
  return (
    <section aria-label="Receipt" className="request-section">
      <div className="row">
        <h2 className="eyebrow grow">Receipt</h2>
        <Button onPress={onShowSent} variant="link">
          What was sent
        </Button>
      </div>
      <dl className="receipt">
        <dt>Model</dt>
        <dd title={receipt.models.map((model) => `${model.purpose}: ${model.model}`).join('\n')}>
          {writer?.model ?? 'none'}, prompt {receipt.promptVersion}
        </dd>
        <dt>Tokens</dt>
        <dd>
          {exactCount(sum((model) => model.inputTokens))} in, {exactCount(sum((model) => model.outputTokens))} out
          {cached > 0 ? `, ${exactCount(cached)} cached` : ''}
        </dd>
        <dt>Cost</dt>
        <dd>
          {receipt.costDollars === null ? 'price not known' : dollars(receipt.costDollars)} in{' '}
          {durationText(receipt.milliseconds)}
        </dd>
      </dl>
    </section>
  );
}
