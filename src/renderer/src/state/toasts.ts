import { create } from 'zustand';

export type Toast = {
  readonly id: number;
  readonly tone: 'ok' | 'error' | 'info';
  readonly title: string;
  readonly text?: string;
  readonly action?: { readonly label: string; readonly run: () => void };
};

type Toasts = { readonly toasts: readonly Toast[]; readonly nextId: number };

/** The messages in sight, oldest first. */
export const useToasts = create<Toasts>(() => ({ toasts: [], nextId: 1 }));

/** Removes a message. */
export const dismissToast = (id: number): void =>
  useToasts.setState((state) => ({ toasts: state.toasts.filter((toast) => toast.id !== id) }));

/** Shows the result of work for a few seconds; errors stay until they are dismissed. At most four are in sight. */
export function showToast(toast: Omit<Toast, 'id'>): void {
  const id = useToasts.getState().nextId;
  useToasts.setState((state) => ({ toasts: [...state.toasts.slice(-3), { ...toast, id }], nextId: id + 1 }));
  if (toast.tone !== 'error') setTimeout(() => dismissToast(id), 6000);
}
