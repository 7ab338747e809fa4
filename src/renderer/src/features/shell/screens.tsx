import { lazy, memo, Suspense, useDeferredValue, useEffect } from 'react';
import { useNavigation } from '../../state/navigation.ts';
import { TabActivity } from '../../state/tab-activity.ts';
import type { Tab } from '../../state/tabs.ts';
import { ConnectionsScreen } from '../connections/connections-screen.tsx';
import { HistoryScreen } from '../history/history-screen.tsx';
import { SettingsScreen } from '../settings/settings-screen.tsx';
import { StartScreen } from '../start/start-screen.tsx';
import { ErrorBoundary } from './error-boundary.tsx';

// The editor and the diagram are most of the code; the window appears without waiting for them.
const loadSchema = () => import('../schema/schema-screen.tsx');
const loadMigration = () => import('../migration/migration-screen.tsx');
const loadMigrations = () => import('../migration/migrations-list.tsx');
const SchemaScreen = lazy(async () => ({ default: (await loadSchema()).SchemaScreen }));
const MigrationScreen = lazy(async () => ({ default: (await loadMigration()).MigrationScreen }));
const MigrationsList = lazy(async () => ({ default: (await loadMigrations()).MigrationsList }));

/** Fetches the code of the large screens once the first one is shown, so that opening them later does not wait. */
function useLargeScreens(): void {
  useEffect(() => {
    const idle = requestIdleCallback(() => {
      for (const load of [loadSchema, loadMigration, loadMigrations]) void load();
    });
    return () => cancelIdleCallback(idle);
  }, []);
}

/** What a tab holds; drawn again only for reasons of its own, not because another tab came to the front. */
const Screen = memo(function Screen({ tab }: { readonly tab: Tab }) {
  switch (tab.kind) {
    case 'start':
      return <StartScreen />;
    case 'connections':
      return <ConnectionsScreen />;
    case 'schema':
      return <SchemaScreen connectionId={tab.connectionId} />;
    case 'migrations':
      return <MigrationsList />;
    case 'migration':
      return <MigrationScreen migrationId={tab.migrationId} />;
    case 'history':
      return <HistoryScreen />;
    case 'settings':
      return <SettingsScreen />;
  }
});

/** When what had the focus went away with its tab, the screen in front takes it, so that Tab goes on from there. */
function useFocusOnScreen(activeId: string): void {
  useEffect(() => {
    const focused = document.activeElement;
    const isLost = focused === null || focused === document.body || focused.closest('[hidden]') !== null;
    if (isLost) document.getElementById(`screen-${activeId}`)?.focus({ preventScroll: true });
  }, [activeId]);
}

/** The screens of the open tabs, the one in front visible. */
export function Screens() {
  useLargeScreens();
  // Tabs and rail answer at once; a large screen is drawn in steps between which the window answers too.
  const tabs = useDeferredValue(useNavigation((state) => state.tabs));
  const activeId = useDeferredValue(useNavigation((state) => state.activeId));
  useFocusOnScreen(activeId);
  return (
    <main className="shell-main">
      {tabs.map((tab) => (
        <TabActivity.Provider key={tab.id} value={tab.id === activeId}>
          <div
            aria-labelledby={`tab-${tab.id}`}
            className="shell-screen"
            hidden={tab.id !== activeId}
            id={`screen-${tab.id}`}
            role="tabpanel"
            tabIndex={-1}
          >
            <ErrorBoundary>
              <Suspense fallback={null}>
                <Screen tab={tab} />
              </Suspense>
            </ErrorBoundary>
          </div>
        </TabActivity.Provider>
      ))}
    </main>
  );
}
