import { useEffect, useState } from 'react';
import type { Catalog } from '../../../../../engine/catalog/catalog.ts';
import type { Draft } from '../../../../../engine/generate/draft.ts';
import type { Migration } from '../../../../../shared/migration.ts';
import { Button } from '../../../components/button.tsx';
import { ErrorNotice } from '../../../components/error-notice.tsx';
import type { Operation } from '../../../ipc/use-operation.ts';
import { countOf } from '../../schema/quantities.ts';
import { useMediaQuery } from '../state/use-media-query.ts';
import { AssumptionList } from './assumption-list.tsx';
import { DraftProgress } from './draft-progress.tsx';
import { Receipt } from './receipt.tsx';
import { type Planner, RequestForm } from './request-form.tsx';
import { SentDialog } from './sent-dialog.tsx';
import './request-panel.css';

/** All of it in one line, for small windows and for what nobody asked for in words. */
function RequestLine({
  draft,
  request,
  onOpen,
}: {
  readonly draft: Draft;
  readonly request: string;
  readonly onOpen: () => void;
}) {
  const questions = draft.questions.length > 0 ? `, ${countOf(draft.questions.length, 'open question')}` : '';
  return (
    <div className="request-line">
      <span className="text-medium text-ellipsis">{request === '' ? 'Written by hand' : `“${request}”`}</span>
      <span className="text-2 nowrap">
        {request === '' && !draft.receipt && draft.assumptions.length === 0
          ? 'nothing was assumed, and nothing left this computer'
          : countOf(draft.assumptions.length, 'assumption')}
        {questions}
      </span>
      <span className="grow" />
      <Button onPress={onOpen} variant="link">
        Show request and receipt
      </Button>
    </div>
  );
}

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
  const isSmall = useMediaQuery('(width < 1100px) or (height < 760px)');
  const [isOpen, setOpen] = useState(false);
  const { state } = drafting;
  const running = state.status === 'running' || state.status === 'cancelling';
  const isFolded = !isOpen && (isSmall || migration.request === '');
  const asks = (draft === null || editing) && !running;
  // What was typed outlives a failed attempt.
  const [typed, setTyped] = useState<string | null>(null);
  const start = (request: string, planner: Planner): void => {
    setTyped(request);
    onDraft(request, planner);
  };
  const { status } = state;
  useEffect(() => {
    if (status === 'done') {
      setEditing(false);
      setTyped(null);
    }
  }, [status]);
  return (
    <div className={`request-panel ${asks || running || isFolded ? 'request-panel-asks' : ''}`}>
      {running ? (
        <DraftProgress onCancel={drafting.cancel} request={typed ?? migration.request} state={state} />
      ) : asks ? (
        <RequestForm
          catalog={catalog}
          connectionId={migration.connectionId}
          initial={typed ?? migration.request}
          isFirst={draft === null}
          onCancel={draft === null ? null : () => setEditing(false)}
          onDraft={start}
          onWriteByHand={onWriteByHand}
        />
      ) : draft && isFolded ? (
        <RequestLine draft={draft} onOpen={() => setOpen(true)} request={migration.request} />
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
      {state.status === 'failed' && asks ? (
        <ErrorNotice
          className="request-error"
          error={state.error}
          remedies={{
            retry: () => setEditing(true),
            'use-built-in-planner': () => start(typed ?? migration.request, 'built-in'),
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
