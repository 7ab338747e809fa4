import type { ValidationReport } from '../../engine/validate/report.ts';

const counted = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`;

/** How many findings of each severity there are, for the line that closes a report. */
export function countsInWords({ summary, migrations, tier }: ValidationReport): string {
  const { errors, warnings, infos } = summary;
  const found = [counted(errors, 'error'), counted(warnings, 'warning'), counted(infos, 'note')].join(', ');
  return `${found} in ${counted(migrations.length, 'migration')} (tier ${tier})`;
}
