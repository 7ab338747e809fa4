import type { RemedyAction } from '../../../shared/describe-error.ts';
import { openConnections, openHistory, openSettings } from './navigation.ts';

/** What a screen does for the remedies it knows; each function gets the remedy it was made for. */
export type Remedies = {
  readonly [K in RemedyAction['kind']]?: (action: Extract<RemedyAction, { kind: K }>) => void;
};

/** Remedies that only go somewhere and so work on every screen. */
const everywhere: Remedies = {
  'choose-connection': openConnections,
  'edit-connection': openConnections,
  'enter-password': openConnections,
  'enter-api-key': () => openSettings('model'),
  'open-settings': (action) => openSettings(action.section),
  'open-history': openHistory,
};

/** The function that carries out a remedy on this screen, or null when nobody here can. */
export function remedyFor(action: RemedyAction, ofScreen: Remedies): (() => void) | null {
  const run = (ofScreen[action.kind] ?? everywhere[action.kind]) as ((action: RemedyAction) => void) | undefined;
  return run === undefined ? null : () => run(action);
}
