import { createContext, useContext } from 'react';

/** What a card can ask of the screen around it. */
export type DiagramActions = { readonly expand: (table: string) => void };

/** Carries the actions to the cards without passing through every node's data. */
export const DiagramActionsContext = createContext<DiagramActions>({ expand: () => {} });

/** The actions of the diagram around a card. */
export const useDiagramActions = (): DiagramActions => useContext(DiagramActionsContext);
