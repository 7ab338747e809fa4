import { CircleAlert, CircleCheck, Info, X } from 'lucide-react';
import { Button } from '../../components/button.tsx';
import { Icon } from '../../components/icon.tsx';
import { dismissToast, type Toast, useToasts } from '../../state/toasts.ts';
import './toasts.css';

const icons = { ok: CircleCheck, error: CircleAlert, info: Info } as const;

function ToastCard({ toast }: { readonly toast: Toast }) {
  const { action } = toast;
  return (
    <li className={`toast toast-${toast.tone}`}>
      <Icon of={icons[toast.tone]} size={16} />
      <div className="toast-text">
        <b className="text-strong">{toast.title}</b>
        {toast.text === undefined ? null : <p className="text-2 text-small">{toast.text}</p>}
        {action === undefined ? null : (
          <Button
            onPress={() => {
              dismissToast(toast.id);
              action.run();
            }}
            variant="link"
          >
            {action.label}
          </Button>
        )}
      </div>
      <Button icon={X} label="Dismiss" onPress={() => dismissToast(toast.id)} size="small" variant="ghost" />
    </li>
  );
}

/** Results of work, announced to screen readers and shown in the corner for a while. */
export function Toasts() {
  const toasts = useToasts((state) => state.toasts);
  return (
    <ol aria-label="Messages" aria-live="polite" className="toasts">
      {toasts.map((toast) => (
        <ToastCard key={toast.id} toast={toast} />
      ))}
    </ol>
  );
}
