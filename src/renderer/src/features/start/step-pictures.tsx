import { Table2 } from 'lucide-react';
import { sampleConnectionId } from '../../../../shared/ids.ts';
import { Icon } from '../../components/icon.tsx';
import { LockPill } from '../../components/lock-pill.tsx';
import { Progress } from '../../components/progress.tsx';
import { ProofShape } from '../../components/proof-mark.tsx';
import { useKeptCatalog } from '../../ipc/use-kept-catalog.ts';
import { largestTables } from './largest-tables.ts';

/** The sentence that the first steps are told with; the built-in planner understands it. */
export const exampleRequest = 'add email_verified boolean to users';

/** The largest tables of the sample, or what it will hold before it has been made. */
export function TablesPicture() {
  const catalog = useKeptCatalog(sampleConnectionId).data ?? null;
  if (catalog === null) {
    return (
      <p className="text-2 text-small">
        Customers, orders, invoices and a catalogue of products in several schemas, with views, partitions and tens of
        thousands of rows. It is yours alone, and stays on this computer.
      </p>
    );
  }
  const { shown, more } = largestTables(catalog, 4);
  return (
    <>
      {shown.map((table) => (
        <div className="start-table" key={`${table.schema}.${table.name}`}>
          <Icon className="text-3" of={Table2} size={14} />
          <span className="text-ellipsis">
            {table.schema}.{table.name}
          </span>
          {table.rows === null ? null : (
            <span className="start-table-rows tabular">{table.rows.toLocaleString('en-US')} rows</span>
          )}
        </div>
      ))}
      {more === 0 ? null : (
        <div className="start-table">
          <Icon className="text-3" of={Table2} size={14} />
          {more} more {more === 1 ? 'table' : 'tables'}
        </div>
      )}
    </>
  );
}

/** What is being done to the sample, for how long, in the place of its tables. */
export function OpeningPicture({ phase, since }: { readonly phase: string | null; readonly since: number }) {
  return (
    <div className="start-making">
      <Progress
        label="Opening the sample database"
        phases={[{ label: phase ?? 'Opening', state: 'running' }]}
        since={since}
      />
    </div>
  );
}

/** A request and the beginning of what becomes of it. */
export function RequestPicture() {
  return (
    <>
      <p className="start-said">“{exampleRequest}”</p>
      <p className="start-code mono">
        <span className="start-keyword">ALTER TABLE</span> app.users
        <br />
        {'  '}
        <span className="start-keyword">ADD COLUMN</span> email_verified …
      </p>
      <span className="row row-close">
        <LockPill mode="ACCESS EXCLUSIVE" />
        <span className="text-small text-2">predicted lock, for a moment</span>
      </span>
    </>
  );
}

const proofRows = [
  ['Baseline', 'Down'],
  ['Up', 'Up again'],
] as const;

/** The four steps of a proof with the comparisons between them. */
export function ProofPicture() {
  return (
    <div className="start-proof">
      {proofRows.map(([left, right]) => (
        <div className="start-proof-row" key={left}>
          <span className="start-proof-step">{left}</span>
          <ProofShape state="equal" />
          <span className="start-proof-step">{right}</span>
        </div>
      ))}
      <p className="text-small text-2">Equal fingerprints, or the differences.</p>
    </div>
  );
}
