import { PencilLine, Sparkles } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { Catalog } from '../../../../../engine/catalog/catalog.ts';
import type { ConnectionId } from '../../../../../shared/ids.ts';
import { Button } from '../../../components/button.tsx';
import { Select, type SelectOption } from '../../../components/select.tsx';
import { TextField } from '../../../components/text-field.tsx';
import { useRequest } from '../../../ipc/use-request.ts';
import { requestExamples } from '../model/request-examples.ts';
import { SentDialog } from './sent-dialog.tsx';

export type Planner = 'auto' | 'built-in' | 'anthropic';

const planners: readonly SelectOption<Planner>[] = [
  { id: 'auto', label: 'Best available', more: 'Claude when there is an API key, else the built-in planner' },
  { id: 'built-in', label: 'Built-in planner', more: 'No key, no network; understands the common changes' },
  { id: 'anthropic', label: 'Claude', more: 'Any request; sends names and types, never rows' },
];

/** Asks what should change, and who should write it. */
export function RequestForm({
  initial,
  isFirst,
  catalog,
  connectionId,
  onDraft,
  onWriteByHand,
  onCancel,
}: {
  readonly initial: string;
  /** True before there is any SQL. */
  readonly isFirst: boolean;
  readonly catalog: Catalog | null;
  readonly connectionId: ConnectionId;
  readonly onDraft: (request: string, planner: Planner) => void;
  readonly onWriteByHand: () => void;
  /** Null when there is nothing to go back to. */
  readonly onCancel: (() => void) | null;
}) {
  const [request, setRequest] = useState(initial);
  const [planner, setPlanner] = useState<Planner>('auto');
  const [showsPreview, setShowsPreview] = useState(false);
  const hasKey = (useRequest('secrets.status', {}).data?.apiKey ?? 'none') !== 'none';
  const examples = useMemo(() => (catalog ? requestExamples(catalog) : []), [catalog]);
  const empty = request.trim() === '';
  const usesModel = planner === 'anthropic' || (planner === 'auto' && hasKey);
  const draft = (): void => {
    if (!empty) onDraft(request.trim(), planner);
  };
  return (
    <section aria-label="Request" className="request-form">
      <div className="request-form-row">
        <TextField
          autoFocus={isFirst}
          className="grow"
          label="What should change?"
          layout="hidden"
          onChange={setRequest}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && !event.shiftKey) {
              event.preventDefault();
              draft();
            }
          }}
          placeholder="What should change? For example: add email_verified boolean to users"
          rows={2}
          value={request}
        />
        <Select label="Who writes it" layout="hidden" onChange={setPlanner} options={planners} value={planner} />
        <Button
          icon={Sparkles}
          lockedReason={empty ? 'Say what should change first' : null}
          onPress={draft}
          variant="primary"
        >
          Draft
        </Button>
        {onCancel ? <Button onPress={onCancel}>Cancel</Button> : null}
      </div>
      <div className="request-form-foot">
        {examples.map((example) => (
          <button className="request-example" key={example} onClick={() => setRequest(example)} type="button">
            {example}
          </button>
        ))}
        <span className="grow" />
        {usesModel && !empty ? (
          <Button onPress={() => setShowsPreview(true)} variant="link">
            What will be sent
          </Button>
        ) : null}
        {isFirst ? (
          <Button icon={PencilLine} onPress={onWriteByHand} variant="link">
            Write it by hand
          </Button>
        ) : null}
      </div>
      {showsPreview ? (
        <SentDialog
          connectionId={connectionId}
          onClose={() => setShowsPreview(false)}
          receipt={null}
          request={request}
        />
      ) : null}
    </section>
  );
}
