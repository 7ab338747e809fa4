/** Every chord of the application, named once; buttons, commands and the cheat sheet all read it here. */
export const shortcuts = {
  commandPalette: 'Mod+K',
  commandPaletteToo: 'Mod+Shift+P',
  objectPalette: 'Mod+P',
  cheatSheet: '?',
  connections: 'Mod+1',
  schema: 'Mod+2',
  migrations: 'Mod+3',
  history: 'Mod+4',
  settings: 'Mod+,',
  newMigration: 'Mod+N',
  refresh: 'F5',
  closeTab: 'Mod+W',
  reopenTab: 'Mod+Shift+T',
  nextTab: 'Mod+Alt+ArrowRight',
  previousTab: 'Mod+Alt+ArrowLeft',
  validate: 'Mod+Enter',
  save: 'Mod+S',
  review: 'Mod+Shift+R',
  nextFinding: 'F8',
  previousFinding: 'Shift+F8',
  fixFinding: 'Mod+.',
  findInDiagram: 'Mod+F',
  fitDiagram: 'Mod+0',
  cancel: 'Escape',
} as const;

export type ShortcutName = keyof typeof shortcuts;

/** The cheat sheet: groups of shortcuts with what they do. */
export const cheatSheet: readonly {
  readonly title: string;
  readonly rows: readonly { readonly name: ShortcutName; readonly does: string }[];
}[] = [
  {
    title: 'Anywhere',
    rows: [
      { name: 'commandPalette', does: 'Run a command, open anything' },
      { name: 'objectPalette', does: 'Find a table, view or function' },
      { name: 'newMigration', does: 'New migration on the active connection' },
      { name: 'refresh', does: 'Refresh what is in front' },
      { name: 'cancel', does: 'Close a dialog, cancel running work' },
      { name: 'cheatSheet', does: 'This list' },
    ],
  },
  {
    title: 'Places',
    rows: [
      { name: 'connections', does: 'Connections' },
      { name: 'schema', does: 'Schema of the active connection' },
      { name: 'migrations', does: 'Migrations' },
      { name: 'history', does: 'History' },
      { name: 'settings', does: 'Settings' },
      { name: 'nextTab', does: 'Next tab' },
      { name: 'previousTab', does: 'Tab before' },
      { name: 'closeTab', does: 'Close the tab' },
      { name: 'reopenTab', does: 'Open the tab that was closed last' },
    ],
  },
  {
    title: 'Migration',
    rows: [
      { name: 'validate', does: 'Validate' },
      { name: 'save', does: 'Save the draft, only on this computer' },
      { name: 'review', does: 'Review this version' },
      { name: 'nextFinding', does: 'Next finding' },
      { name: 'previousFinding', does: 'Finding before' },
      { name: 'fixFinding', does: 'Apply the fix of the finding at the caret' },
    ],
  },
  {
    title: 'Diagram',
    rows: [
      { name: 'findInDiagram', does: 'Find in the diagram' },
      { name: 'fitDiagram', does: 'Fit the diagram into the window' },
    ],
  },
];
