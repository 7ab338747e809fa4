import { create } from 'zustand';
import type { ConnectionId } from '../../../../../shared/ids.ts';

/** What a catalog is compared with: the reading that was seen last, another one, another connection's newest, or a file. */
export type Base =
  | { readonly kind: 'seen' }
  | { readonly kind: 'reading'; readonly fingerprint: string }
  | { readonly kind: 'connection'; readonly connectionId: ConnectionId }
  | { readonly kind: 'file'; readonly path: string };

/** The name of a file without its folders, on any system. */
export const fileName = (path: string): string => path.split(/[\\/]/).at(-1) ?? path;

/** What the reader has chosen to compare the catalog of one database with. */
export type ComparisonChoice = {
  /** True while the panel is open. */
  readonly isOpen: boolean;
  readonly base: Base;
  /** Leaves out what faithful copies differ in. */
  readonly asCopies: boolean;
};

const initial: ComparisonChoice = { isOpen: false, base: { kind: 'seen' }, asCopies: false };

const useChoices = create<{ readonly choices: ReadonlyMap<ConnectionId, ComparisonChoice> }>(() => ({
  choices: new Map(),
}));

/** What one database is compared with. */
export const useComparisonChoice = (connectionId: ConnectionId): ComparisonChoice =>
  useChoices((state) => state.choices.get(connectionId) ?? initial);

/** Changes what one database is compared with. */
export function changeComparison(connectionId: ConnectionId, change: Partial<ComparisonChoice>): void {
  useChoices.setState(({ choices }) => ({
    choices: new Map([...choices, [connectionId, { ...(choices.get(connectionId) ?? initial), ...change }]]),
  }));
}
