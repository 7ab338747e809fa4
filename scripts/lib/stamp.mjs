import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { inProject } from './paths.mjs';

/** Hash over the contents of files and folders (recursively, in name order) and some text. */
export function hashOf(paths, text = '') {
  const hash = createHash('sha256').update(text);
  const visit = (file) => {
    const stat = fs.statSync(file, { throwIfNoEntry: false });
    if (stat === undefined) return;
    if (stat.isDirectory()) {
      for (const name of fs.readdirSync(file).sort()) visit(path.join(file, name));
    } else {
      hash.update(`\n${path.relative(inProject(), file)}\n`).update(fs.readFileSync(file));
    }
  };
  for (const file of paths) visit(inProject(file));
  return hash.digest('hex');
}

/** Runs a step unless its stamp says that the same inputs were handled before; writes the stamp after it. */
export async function oncePer(stampFile, hash, step) {
  const file = inProject(stampFile);
  if (fs.existsSync(file) && fs.readFileSync(file, 'utf8') === hash) return false;
  await step();
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, hash);
  return true;
}
