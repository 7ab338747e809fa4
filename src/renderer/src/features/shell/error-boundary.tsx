import { Bug } from 'lucide-react';
import { Component, type ErrorInfo, type ReactNode } from 'react';
import { Button } from '../../components/button.tsx';
import { EmptyState } from '../../components/empty-state.tsx';

type State = { readonly incident: string | null };

/** Catches what the page throws while drawing, names it, and offers a way on; saved work is never touched. */
export class ErrorBoundary extends Component<{ readonly children: ReactNode }, State> {
  override state: State = { incident: null };

  static getDerivedStateFromError(): State {
    return { incident: crypto.randomUUID().slice(0, 8) };
  }

  override componentDidCatch(error: unknown, info: ErrorInfo): void {
    // The console is what a bug report is copied from.
    console.error(`incident ${this.state.incident}`, error, info.componentStack);
  }

  override render(): ReactNode {
    if (this.state.incident === null) return this.props.children;
    return (
      <div className="shell-failed" role="alert">
        <EmptyState
          action={
            <>
              <Button onPress={() => this.setState({ incident: null })} variant="primary">
                Try this screen again
              </Button>
              <Button onPress={() => window.location.reload()}>Reload the window</Button>
            </>
          }
          icon={Bug}
          title="This screen failed because of a mistake in Lockstep"
        >
          <p>
            Nothing that was saved is lost, and no database was touched. Incident{' '}
            <span className="mono text-selectable">{this.state.incident}</span>; the developer console has the details.
          </p>
        </EmptyState>
      </div>
    );
  }
}
