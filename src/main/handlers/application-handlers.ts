import type { Handlers } from '../../shared/ipc/wire.ts';
import { err, ok } from '../../shared/result.ts';
import { readSettings, writeSettings } from '../history/settings-store.ts';
import { isAllowedExternalLink } from '../security/external-links.ts';
import type { Parts } from './parts.ts';

/** Answers what concerns the application as a whole: facts about it, links, settings. */
export function applicationHandlers({
  history,
  folders,
  broadcast,
  desktop,
}: Parts): Pick<Handlers['requests'], 'app.info' | 'app.openExternal' | 'settings.get' | 'settings.save'> {
  return {
    'app.info': async () =>
      ok({
        version: desktop.version,
        electron: desktop.electron,
        platform: desktop.platform,
        historyPath: history.file,
      }),
    'app.openExternal': async ({ url }) => {
      if (!isAllowedExternalLink(url)) {
        return err({ code: 'input.invalid', issues: [{ path: 'url', message: 'this address is not on the list' }] });
      }
      await desktop.openInBrowser(url);
      return ok({});
    },
    'settings.get': () => history.read(readSettings),
    'settings.save': async (settings) => {
      const current = await history.read(readSettings);
      if (!current.ok) return current;
      const folder = settings.exportDirectory;
      if (folder !== null && !folders.isAllowed(folder, current.value.exportDirectory)) {
        const message = 'choose the folder with the dialog';
        return err({ code: 'input.invalid', issues: [{ path: 'exportDirectory', message }] });
      }
      const written = await history.write((handle) => writeSettings(handle, settings));
      if (!written.ok) return written;
      desktop.applyTheme(settings.theme);
      broadcast('settings.changed', settings);
      return ok(settings);
    },
  };
}
