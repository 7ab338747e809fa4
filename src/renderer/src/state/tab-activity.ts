import { createContext, useContext } from 'react';

/** True inside the tab in front; tabs behind it stay mounted, so that text and running work survive. */
export const TabActivity = createContext(true);

/** Whether the tab that holds this component is the one in front. */
export const useIsTabActive = (): boolean => useContext(TabActivity);
