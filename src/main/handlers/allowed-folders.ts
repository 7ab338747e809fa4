import path from 'node:path';

/** The folders that a person chose in this session: only these, and the one in the settings, may be written to. */
export interface AllowedFolders {
  allow(folder: string): void;
  isAllowed(folder: string, fromSettings: string | null): boolean;
}

/** Makes an empty list of allowed folders. */
export function createAllowedFolders(): AllowedFolders {
  const allowed = new Set<string>();
  return {
    allow: (folder) => void allowed.add(path.resolve(folder)),
    isAllowed: (folder, fromSettings) =>
      path.isAbsolute(folder) &&
      (allowed.has(path.resolve(folder)) ||
        (fromSettings !== null && path.resolve(folder) === path.resolve(fromSettings))),
  };
}
