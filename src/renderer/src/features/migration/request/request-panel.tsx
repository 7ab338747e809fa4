import { useState } from 'react';
import type { Catalog } from '../../../../../engine/catalog/catalog.ts';
import type { Migration } from '../../../../../shared/migration.ts';
import { Button } from '../../../components/button.tsx';
import { ErrorNotice } from '../../../components/error-notice.tsx';
import type { Operation } from '../../../ipc/use-operation.ts';
import { AssumptionList } from './assumption-list.tsx';
import { DraftProgress } from './draft-progress.tsx';
import { Receipt } from './receipt.tsx';
import { type Planner, RequestForm } from './request-form.tsx';
import { SentDialog } from './sent-dialog.tsx';
import './request-panel.css';

/** The request in the user's words, what was assumed, and the receipt; or the form that asks. */
export function RequestPanel({
  migration,
  catalog,
  drafting,
  onDraft,
  onWriteByHand,
}: {
  readonly migration: Migration;
  readonly catalog: Catalog | null;
  readonly drafting: Operation<'draft.generate'>;
  readonly onDraft: (request: string, planner: Planner) => void;
  readonly onWriteByHand: () => void;
}) {
  const draft = migration.current?.draft ?? null;
  const [editing, setEditing] = useState(false);
  const [showsSent, setShowsSent] = useState(false);
  const { state } = drafting;
  const running = state.status === 'running' || state.status === 'cancelling';
  const asks = (draft === null || editing) && !running;
  const start = (request: string, planner: Planner): void => {
    setEditing(false);
    onDraft(request, planner);
  };
  return (
    <div className={`request-panel ${asks || running ? 'request-panel-asks' : ''}`}>
      {running ? (
        <DraftProgress onCancel={drafting.cancel} request={migration.request} state={state} />
      ) : asks ? (
        <RequestForm
          catalog={catalog}
          connectionId={migration.connectionId}
          initial={migration.request}
          isFirst={draft === null}
          onCancel={draft === null ? null : () => setEditing(false)}
          onDraft={start}
          onWriteByHand={onWriteByHand}
        />
      ) : draft ? (
        <>
          <section aria-label="Request" className="request-section">
            <div className="row">
              <h2 className="eyebrow grow">Request</h2>
              <Button onPress={() => setEditing(true)} variant="link">
                Edit
              </Button>
            </div>
            <p className="request-said">{migration.request === '' ? 'Written by hand' : `“${migration.request}”`}</p>
          </section>
          <AssumptionList draft={draft} />
          <Receipt draft={draft} onShowSent={() => setShowsSent(true)} />
        </>
      ) : null}
      {state.status === 'failed' ? (
        <ErrorNotice
          className="request-error"
          error={state.error}
          remedies={{
            retry: () => setEditing(true),
            'use-built-in-planner': () => start(migration.request, 'built-in'),
            'use-request': (action) => start(action.request, 'built-in'),
          }}
        />
      ) : null}
      {showsSent ? (
        <SentDialog
          connectionId={migration.connectionId}
          onClose={() => setShowsSent(false)}
          receipt={draft?.receipt ?? null}
          request={migration.request}
        />
      ) : null}
    </div>
  );
}
