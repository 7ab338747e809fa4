import { ArrowUpDown } from 'lucide-react';
import type { MigrationSummary } from '../../../../shared/migration.ts';
import { EnvironmentMark } from '../../components/environment-mark.tsx';
import { Icon } from '../../components/icon.tsx';
import { momentInWords } from '../../state/ages.ts';
import { openMigration } from '../../state/navigation.ts';
import { useNow } from '../../state/use-now.ts';

/** The migrations that were changed last, to go on where one stopped. */
export function RecentMigrations({ migrations }: { readonly migrations: readonly MigrationSummary[] }) {
  const now = useNow();
  if (migrations.length === 0) return null;
  const recent = [...migrations].sort((a, b) => b.changedAt.localeCompare(a.changedAt)).slice(0, 3);
  return (
    <section aria-label="Recent migrations" className="start-recent">
      <h2 className="eyebrow">Go on where you stopped</h2>
      <ul>
        {recent.map((migration) => (
          <li key={migration.id}>
            <button className="start-recent-row" onClick={() => openMigration(migration.id)} type="button">
              <Icon className="text-3" of={ArrowUpDown} size={14} />
              <span className="text-ellipsis text-medium grow">{migration.title}</span>
              <span className="text-2 start-recent-status">{migration.status}</span>
              <EnvironmentMark environment={migration.environment} />
              <span className="text-2 start-recent-time tabular">{momentInWords(migration.changedAt, now)}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
