import { app, BrowserWindow, Menu, type MenuItemConstructorOptions } from 'electron';

/**
 * Sets the application menu. It holds only what the system expects; everything else is a command of the page, which has
 * its own shortcuts, so no entry here may take Ctrl+W, Ctrl+R or Ctrl+0 away from it.
 */
export function setApplicationMenu(developing: boolean): void {
  const mac: MenuItemConstructorOptions[] = process.platform === 'darwin' ? [{ role: 'appMenu' }] : [];
  const quit: MenuItemConstructorOptions = { role: 'quit', label: `Quit ${app.getName()}` };
  const template: MenuItemConstructorOptions[] = [
    ...mac,
    { label: 'File', submenu: [quit] },
    {
      label: 'Edit',
      submenu: [
        { role: 'undo' },
        { role: 'redo' },
        { type: 'separator' },
        { role: 'cut' },
        { role: 'copy' },
        { role: 'paste' },
        { role: 'selectAll' },
      ],
    },
    {
      label: 'View',
      submenu: [
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { label: 'Actual Size', click: (_item, window) => resetZoom(window) },
        { type: 'separator' },
        { role: 'togglefullscreen' },
        ...(developing ? [{ role: 'toggleDevTools' } as const] : []),
      ],
    },
    { label: 'Window', submenu: [{ role: 'minimize' }, { role: 'zoom' }] },
  ];
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}

/** The role would take Ctrl+0, with which the diagram is fitted. */
function resetZoom(window: unknown): void {
  if (window instanceof BrowserWindow) window.webContents.setZoomLevel(0);
}
