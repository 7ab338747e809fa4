import type { Environment } from '../../../shared/connection-profile.ts';
import './environment-mark.css';

const words: Readonly<Record<Environment, string>> = {
  production: 'Production',
  staging: 'Staging',
  development: 'Development',
  sample: 'Sample',
};

/** The word for an environment, in sentence case. */
export const environmentWord = (environment: Environment): string => words[environment];

/** The shape of an environment alone; only where the word stands beside it. */
export function EnvironmentShape({ environment }: { readonly environment: Environment }) {
  return (
    <svg aria-hidden="true" className={`environment-shape environment-${environment}`} viewBox="0 0 10 10">
      {environment === 'production' ? <path d="M0 0h10v10H0z" /> : null}
      {environment === 'staging' ? <path d="M5 0 10 9.5H0z" /> : null}
      {environment === 'development' ? <circle cx="5" cy="5" r="4.5" /> : null}
      {environment === 'sample' ? (
        <circle cx="5" cy="5" fill="none" r="3.7" stroke="currentColor" strokeDasharray="2.5 1.5" strokeWidth="1.8" />
      ) : null}
    </svg>
  );
}

/** An environment as shape, word and colour; production is written in capitals where it must not be missed. */
export function EnvironmentMark({
  environment,
  isLoud = false,
  isSolid = false,
}: {
  readonly environment: Environment;
  /** Writes PRODUCTION in capitals. */
  readonly isLoud?: boolean;
  /** White on red, for production only. */
  readonly isSolid?: boolean;
}) {
  const solid = isSolid && environment === 'production';
  const word = isLoud && environment === 'production' ? 'PRODUCTION' : words[environment];
  return (
    <span className={`environment-mark environment-${environment} ${solid ? 'environment-mark-solid' : ''}`}>
      <EnvironmentShape environment={environment} />
      {word}
    </span>
  );
}
