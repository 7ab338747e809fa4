import { Check, CircleHelp, TriangleAlert } from 'lucide-react';
import type { Draft } from '../../../../../engine/generate/draft.ts';
import { Icon } from '../../../components/icon.tsx';
import { countOf } from '../../schema/quantities.ts';

/** What the draft takes for granted, what it asks, and what it thinks is risky; opinions are marked as such. */
export function AssumptionList({ draft }: { readonly draft: Draft }) {
  const whose = draft.planner === 'anthropic' ? 'of the model' : draft.planner === 'built-in' ? 'of the planner' : '';
  const empty = draft.assumptions.length + draft.questions.length + draft.risks.length === 0;
  return (
    <section aria-label="Assumptions" className="request-section">
      <div className="row">
        <h2 className="eyebrow grow">Assumptions {whose}</h2>
        <span className={`text-small ${draft.questions.length > 0 ? 'text-warn text-medium' : 'text-2'}`}>
          {draft.questions.length === 0 ? 'No open questions' : countOf(draft.questions.length, 'open question')}
        </span>
      </div>
      {empty ? (
        <p className="text-small text-2">
          {draft.planner === 'hand-written' ? 'Written by hand: nothing was assumed.' : 'Nothing had to be assumed.'}
        </p>
      ) : (
        <ul className="assumptions">
          {draft.questions.map((question) => (
            <li key={question}>
              <Icon className="text-warn" of={CircleHelp} size={14} />
              {question}
            </li>
          ))}
          {draft.assumptions.map((assumption) => (
            <li key={assumption}>
              <Icon className="text-ok" of={Check} size={14} />
              {assumption}
            </li>
          ))}
          {draft.risks.map((risk) => (
            <li key={risk}>
              <Icon className="text-3" of={TriangleAlert} size={14} />
              <span>
                {risk} <span className="text-3">(opinion)</span>
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
