import { Shield } from 'lucide-react';
import { Icon } from '../../components/icon.tsx';
import { useCurrentConnection } from './use-current-connection.ts';
import './production-band.css';

/** The one loud thing: a full-width strip while the tab in front is about a production database. */
export function ProductionBand() {
  const connection = useCurrentConnection();
  // The grid row must exist even when there is nothing to say.
  if (connection?.environment !== 'production') return <div className="production-band-none" />;
  return (
    <section aria-label="Production database" className="production-band">
      <Icon of={Shield} size={14} />
      <b className="production-band-word">PRODUCTION</b>
      <span className="production-band-line" />
      <span>{connection.name}</span>
      <span className="production-band-line" />
      <span className="text-ellipsis">
        {connection.identity === null
          ? 'Not connected. What you see was read earlier; Lockstep changes nothing here.'
          : 'Reading only. The server refuses every write in this session.'}
      </span>
    </section>
  );
}
