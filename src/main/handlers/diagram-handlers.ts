import { saveFile } from '../../adapters/files/save-file.ts';
import type { Handlers } from '../../shared/ipc/wire.ts';
import { ok } from '../../shared/result.ts';
import type { Parts } from './parts.ts';

/** Characters that no file system, or not every one, takes in a name. */
const forbidden = /[^\p{L}\p{N}._-]+/gu;

/** Answers what concerns pictures of diagrams: writing one where the person wants it. */
export function diagramHandlers({ desktop }: Pick<Parts, 'desktop'>): Pick<Handlers['requests'], 'diagram.save'> {
  return {
    'diagram.save': async ({ name, format, contents }) => {
      const proposed = `${name.replace(forbidden, '-').slice(0, 80)}.${format}`;
      const path = await desktop.chooseFile(proposed);
      if (path === null) return ok({ path });
      return saveFile(path, Buffer.from(contents, format === 'png' ? 'base64' : 'utf8'));
    },
  };
}
