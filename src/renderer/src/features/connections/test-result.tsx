import { ErrorNotice } from '../../components/error-notice.tsx';
import { FindingBlock } from '../../components/finding-block.tsx';
import { Progress } from '../../components/progress.tsx';
import type { Operation } from '../../ipc/use-operation.ts';
import type { Remedies } from '../../state/remedies.ts';

/** What came of testing a connection: the phase, the error with its remedy, or what the server said. */
export function TestResult({
  test,
  remedies,
}: {
  readonly test: Operation<'connections.test'>;
  readonly remedies: Remedies;
}) {
  const { state } = test;
  switch (state.status) {
    case 'idle':
      return null;
    case 'running':
    case 'cancelling':
      return (
        <Progress
          isCancelling={state.status === 'cancelling'}
          label="Testing the connection"
          onCancel={test.cancel}
          phases={[{ label: state.progress?.phase ?? 'Connecting', state: 'running' }]}
          since={state.since}
        />
      );
    case 'failed':
      return <ErrorNotice error={state.error} remedies={remedies} />;
    case 'done': {
      const { identity, milliseconds } = state.output;
      return (
        <div role="status">
          <FindingBlock
            title={`Connected in ${Math.round(milliseconds)} ms.`}
            tone={identity.readOnly ? 'ok' : 'warning'}
          >
            Server says PostgreSQL {identity.versionText}, database {identity.database}, user {identity.user}.{' '}
            {identity.readOnly
              ? 'A test write was refused, as it should be (SQLSTATE 25006).'
              : 'A test write was not refused: this session is not read-only.'}
          </FindingBlock>
        </div>
      );
    }
  }
}
