import { create } from 'zustand';

/** The dialogs that open from anywhere. */
export type OpenDialog =
  | { readonly kind: 'palette'; readonly prefix: '' | '>' | '@' | '#' }
  | { readonly kind: 'cheat-sheet' }
  | { readonly kind: 'rules'; readonly ruleId: string | null };

/** Which of them is open; at most one. */
export const useDialogs = create<{ readonly open: OpenDialog | null }>(() => ({ open: null }));

/** Opens a dialog in place of the one that is open. */
export const openDialog = (open: OpenDialog): void => useDialogs.setState({ open });

/** Closes the dialog that is open. */
export const closeDialog = (): void => useDialogs.setState({ open: null });
