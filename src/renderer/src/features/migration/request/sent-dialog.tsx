import type { Receipt } from '../../../../../engine/generate/draft.ts';
import type { ConnectionId } from '../../../../../shared/ids.ts';
import { Dialog } from '../../../components/dialog.tsx';
import { ErrorNotice } from '../../../components/error-notice.tsx';
import { useRequest } from '../../../ipc/use-request.ts';
import { exactCount } from '../../schema/quantities.ts';

/** Exactly what a model gets to read: before sending as a preview, afterwards beside the receipt. */
export function SentDialog({
  connectionId,
  request,
  receipt,
  onClose,
}: {
  readonly connectionId: ConnectionId;
  readonly request: string;
  readonly receipt: Receipt | null;
  readonly onClose: () => void;
}) {
  const { data, error, isLoading, refetch } = useRequest('draft.preview', { connectionId, request });
  const tables = receipt?.tablesSent ?? data?.tables ?? [];
  return (
    <Dialog onClose={onClose} title={receipt ? 'What was sent' : 'What will be sent'} width="wide">
      <p className="text-2">Names, types and definitions from the catalog, and your request. Never a value of a row.</p>
      {error ? <ErrorNotice error={error} remedies={{ retry: refetch }} /> : null}
      {isLoading ? <p className="text-2">Composing the prompt…</p> : null}
      <dl className="sent-facts">
        <dt>Tables</dt>
        <dd className="mono">{tables.map(({ schema, name }) => `${schema}.${name}`).join(', ') || 'none'}</dd>
        {receipt ? (
          <>
            <dt>Redacted</dt>
            <dd>{receipt.redacted.join(', ') || 'nothing had to be'}</dd>
          </>
        ) : null}
        {data ? (
          <>
            <dt>Models</dt>
            <dd>
              {data.planningModel} chooses tables, {data.writingModel} writes; prompt {data.promptVersion}
            </dd>
            <dt>Estimate</dt>
            <dd>
              {exactCount(data.estimatedInputTokens)} tokens in
              {data.estimatedCostDollars === null ? '' : `, about $${data.estimatedCostDollars.toFixed(3)}`}
            </dd>
          </>
        ) : null}
      </dl>
      {data ? <textarea aria-label="Prompt" className="sent-prompt" readOnly rows={16} value={data.prompt} /> : null}
    </Dialog>
  );
}
