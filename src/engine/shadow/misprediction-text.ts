import type { ShadowRunReport } from './report.ts';

type Misprediction = NonNullable<ShadowRunReport['statements'][number]['mispredicted']>[number];

/** A disagreement between prediction and observation in one sentence without an end. */
export function mispredictionText({ effect, relation, predicted, observed }: Misprediction): string {
  switch (effect) {
    case 'lock':
      return `predicted ${predicted ?? 'no lock'} on ${relation}, took ${observed ?? 'none'}`;
    case 'rewrite':
      return observed === null
        ? `predicted to rewrite ${relation}, did not`
        : `rewrote ${relation}, which was not predicted`;
    case 'scan':
      return observed === null
        ? `predicted to read all of ${relation}, did not`
        : `read all of ${relation}, which was not predicted`;
  }
}
