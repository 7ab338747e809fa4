import { MemoryFS, type PGlite } from '@electric-sql/pglite';

/** Where the engine keeps its data, in the file system that it has in memory. */
const DATA_FOLDER = '/pglite/data';

const RECORD = 512;
const FILE = '0';
const FOLDER = '5';

type Entry = { readonly name: string; readonly content: Uint8Array | null };

/** Whole records that hold so many bytes. */
const padded = (bytes: number): number => Math.ceil(bytes / RECORD) * RECORD;

/** The header of a tar's entry (POSIX.1-1988): name, mode, size and checksum; owners and times say nothing here. */
function headerOf(name: string, size: number | null): Uint8Array {
  const header = new Uint8Array(RECORD);
  const put = (at: number, text: string): void => header.set(new TextEncoder().encode(text), at);
  put(0, name);
  put(100, size === null ? '0000700\0' : '0000600\0');
  put(124, `${(size ?? 0).toString(8).padStart(11, '0')}\0`);
  put(148, ' '.repeat(8));
  put(156, size === null ? FOLDER : FILE);
  put(257, 'ustar\0');
  const sum = header.reduce((total, byte) => total + byte, 0);
  put(148, `${sum.toString(8).padStart(6, '0')}\0 `);
  return header;
}

/** The entries of a tar; contents are views of it. Throws when it is not whole. */
function entriesOf(image: Uint8Array): readonly Entry[] {
  const entries: Entry[] = [];
  const decoder = new TextDecoder();
  const text = (start: number, length: number): string => {
    const end = image.indexOf(0, start);
    return decoder.decode(image.subarray(start, Math.min(end < 0 ? image.length : end, start + length)));
  };
  let at = 0;
  while (image[at] !== 0) {
    const size = Number.parseInt(text(at + 124, 12), 8);
    const start = at + RECORD;
    const isWhole = text(at + 257, 5) === 'ustar' && start + padded(size) < image.length;
    if (!isWhole) throw new Error('the image of the database is not whole');
    const name = text(at, 100).replace(/^\.?\/|\/$/g, '');
    const kind = text(at + 156, 1);
    if (kind === FOLDER) entries.push({ name, content: null });
    else if (kind === FILE || kind === '') entries.push({ name, content: image.subarray(start, start + size) });
    at = start + padded(size);
  }
  return entries;
}

/** How much the files may grow, in bytes: ten times what the largest schemas need, and less than a computer can spare. */
const DISK = 2 ** 30;

/** "No space left on device", by the number that the engine's C library gives it. */
const NO_SPACE = 51;

type Files = PGlite['Module']['FS'];

/** What is used of the engine's own implementation of files in memory, which its types do not tell. */
type MemoryFiles = {
  expandFileStorage: (file: { readonly contents?: { readonly length: number } | null }, size: number) => void;
};

/** Bytes of all files in a folder and below it. */
function sizeOf(files: Files, folder: string): number {
  return files.readdir(folder).reduce((sum: number, name: string) => {
    if (name === '.' || name === '..') return sum;
    const { mode, size } = files.stat(`${folder}/${name}`);
    return sum + (files.isDir(mode) ? sizeOf(files, `${folder}/${name}`) : size);
  }, 0);
}

/**
 * Gives the disk an end: the statement that fills it is refused as on a server, and the memory of the computer is not
 * taken from everybody else.
 */
function limitDisk(files: Files): void {
  const memory = files.lookupPath(DATA_FOLDER, {}).node.mount.type as unknown as MemoryFiles;
  const expand = memory.expandFileStorage.bind(memory);
  const end = sizeOf(files, DATA_FOLDER) + DISK;
  let room = DISK;
  memory.expandFileStorage = (file, size) => {
    const held = file.contents?.length ?? 0;
    if (size > held) {
      // What was deleted meanwhile has to be found out; it is asked for when the room seems used up.
      if (size - held > room) room = end - sizeOf(files, DATA_FOLDER);
      if (size - held > room) throw new files.ErrnoError(NO_SPACE);
    }
    expand(file, size);
    room -= (file.contents?.length ?? 0) - held;
  };
}

/**
 * The engine's file system, filled with an image when it is first looked at. The files are views of the image, which
 * nobody else may use from then on: a database of thousands of files would otherwise be copied three times.
 */
export class ImageFileSystem extends MemoryFS {
  readonly #image: Uint8Array;

  constructor(image: Uint8Array) {
    super();
    this.#image = image;
  }

  override async initialSyncFs(): Promise<void> {
    const files = this.pg?.Module.FS;
    if (files === undefined) throw new Error('the engine has no file system yet');
    files.mkdirTree(DATA_FOLDER);
    for (const { name, content } of entriesOf(this.#image)) {
      const path = `${DATA_FOLDER}/${name}`;
      if (content !== null) files.writeFile(path, content, { canOwn: true });
      else if (!files.analyzePath(path).exists) files.mkdir(path);
    }
    limitDisk(files);
  }
}

/**
 * The data folder of an engine as an uncompressed tar, in memory that threads share. Comes after a checkpoint; a database
 * opened from it has what was committed.
 */
export function imageOf(database: PGlite): Uint8Array {
  const files = database.Module.FS;
  /** Sizes of files by their paths in the data folder; null for folders. */
  const sizes = new Map<string, number | null>();
  const visit = (folder: string): void => {
    for (const name of files.readdir(DATA_FOLDER + folder)) {
      if (name === '.' || name === '..') continue;
      const path = `${folder}/${name}`;
      const { mode, size } = files.stat(DATA_FOLDER + path);
      if (files.isFile(mode)) sizes.set(path, size);
      if (!files.isDir(mode)) continue;
      sizes.set(path, null);
      visit(path);
    }
  };
  visit('');
  // Two empty records end a tar.
  const length = [...sizes.values()].reduce<number>((sum, size) => sum + RECORD + padded(size ?? 0), 2 * RECORD);
  const image = new Uint8Array(new SharedArrayBuffer(length));
  let at = 0;
  for (const [path, size] of sizes) {
    image.set(headerOf(path.slice(1), size), at);
    if (size !== null) image.set(files.readFile(DATA_FOLDER + path, { encoding: 'binary' }), at + RECORD);
    at += RECORD + padded(size ?? 0);
  }
  return image;
}
