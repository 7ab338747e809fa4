import { Check, Database, Shield } from 'lucide-react';
import type { ReactNode } from 'react';
import { sampleConnectionId } from '../../../../shared/ids.ts';
import { Button } from '../../components/button.tsx';
import { Icon } from '../../components/icon.tsx';
import { ProofMark } from '../../components/proof-mark.tsx';
import { useKeptCatalog } from '../../ipc/use-kept-catalog.ts';
import { useRequest } from '../../ipc/use-request.ts';
import { openConnections, openSettings } from '../../state/navigation.ts';
import { useNewMigration } from '../../state/use-new-migration.ts';
import { OpeningNotice } from '../connections/opening-notice.tsx';
import { useOpenConnection } from '../connections/use-open-connection.ts';
import { RecentMigrations } from './recent-migrations.tsx';
import { exampleRequest, OpeningPicture, ProofPicture, RequestPicture, TablesPicture } from './step-pictures.tsx';
import './start-screen.css';

function Step({
  number,
  title,
  text,
  state,
  picture,
  children,
}: {
  readonly number: number;
  readonly title: string;
  readonly text: string;
  readonly state: 'done' | 'now' | 'later';
  readonly picture: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <li className={`start-step start-step-${state}`}>
      <h2 className="start-step-title">
        <span className="start-step-number">
          {state === 'done' ? <Icon of={Check} size={12} /> : number}
          {state === 'done' ? <span className="visually-hidden">Done: </span> : null}
        </span>
        {title}
      </h2>
      <p className="start-step-text">{text}</p>
      <div className="start-step-picture">{picture}</div>
      <div className="start-step-foot">{children}</div>
    </li>
  );
}

/** The first screen: from nothing to a proof in three steps, and the ways in for those who have a server. */
export function StartScreen() {
  const opening = useOpenConnection();
  const startMigration = useNewMigration();
  const kept = useKeptCatalog(sampleConnectionId).data ?? null;
  const migrations = useRequest('migrations.list', {}).data ?? [];
  const isOpened = kept !== null;
  const hasAsked = migrations.length > 0;
  const hasProof = migrations.some((migration) => ['proved', 'reviewed', 'exported'].includes(migration.status));
  return (
    <div className="start-screen">
      <div className="start-page">
        <h1 className="start-title">See a migration proved before it runs</h1>
        <p className="start-lead">
          Lockstep writes the up and the down migration, then runs both on a throw-away copy and shows that down brings
          the database back. Try it on the sample shop: no server, no key, no network.
        </p>
        <ol className="start-steps">
          <Step
            number={1}
            picture={
              opening.isOpening && opening.since !== null ? (
                <OpeningPicture phase={opening.phase} since={opening.since} />
              ) : (
                <TablesPicture />
              )
            }
            state={isOpened ? 'done' : 'now'}
            text="A small shop that lives inside the application. You can break nothing."
            title="Open the sample database"
          >
            <Button
              autoFocus={!isOpened}
              icon={Database}
              isPending={opening.isOpening}
              onPress={() => void opening.open(sampleConnectionId)}
              size="large"
              variant={isOpened ? 'default' : 'primary'}
            >
              {opening.isOpening ? 'Opening…' : 'Open sample database'}
            </Button>
            {opening.isOpening ? (
              <Button isDisabled={opening.isCancelling} onPress={opening.cancel} size="large" variant="ghost">
                {opening.isCancelling ? 'Cancelling…' : 'Cancel'}
              </Button>
            ) : null}
          </Step>
          <Step
            number={2}
            picture={<RequestPicture />}
            state={hasAsked ? 'done' : isOpened ? 'now' : 'later'}
            text="In plain words, by hand, or on the diagram. Without a key, the built-in planner writes it."
            title="Ask for a change"
          >
            {isOpened ? (
              <Button
                onPress={() => void startMigration(sampleConnectionId, hasAsked ? '' : exampleRequest)}
                size="large"
                variant={hasAsked ? 'default' : 'primary'}
              >
                {hasAsked ? 'New migration' : 'Try this sentence'}
              </Button>
            ) : (
              <span className="text-small text-3">About 1 minute</span>
            )}
          </Step>
          <Step
            number={3}
            picture={<ProofPicture />}
            state={hasProof ? 'done' : hasAsked ? 'now' : 'later'}
            text="Four steps with fingerprints. Equal means equal, row by row of the catalog."
            title="Read the proof"
          >
            {hasProof ? <ProofMark state="equal" /> : <span className="text-small text-3">A few seconds</span>}
          </Step>
        </ol>
        {opening.error === null ? null : (
          <div className="start-error">
            <OpeningNotice id={sampleConnectionId} keepsCatalog={isOpened} opening={opening} />
          </div>
        )}
        <RecentMigrations migrations={migrations} />
        <div className="start-ways">
          <span>Already have a server?</span>
          <Button onPress={openConnections} variant="link">
            Connect to PostgreSQL…
          </Button>
          <span className="start-ways-line" />
          <Button onPress={() => openSettings('model')} variant="link">
            Add an API key…
          </Button>
        </div>
        <p className="start-privacy">
          <Icon of={Shield} size={14} />
          Nothing leaves this computer except the prompts that you approve. Row data never does.
        </p>
      </div>
    </div>
  );
}
