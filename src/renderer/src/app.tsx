import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { useState } from 'react';
import { I18nProvider } from 'react-aria-components';
import { ErrorBoundary } from './features/shell/error-boundary.tsx';
import { Shell } from './features/shell/shell.tsx';

// Main is always there, with or without a network, and says itself when an answer is out of date.
const newQueryClient = (): QueryClient =>
  new QueryClient({
    defaultOptions: {
      queries: { networkMode: 'always', retry: false, refetchOnWindowFocus: false, staleTime: 2_000 },
    },
  });

/** The whole window. */
export function App() {
  const [client] = useState(newQueryClient);
  return (
    <ErrorBoundary>
      <QueryClientProvider client={client}>
        <I18nProvider locale="en-US">
          <Shell />
        </I18nProvider>
      </QueryClientProvider>
    </ErrorBoundary>
  );
}
