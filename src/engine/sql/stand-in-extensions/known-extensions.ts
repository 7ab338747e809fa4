import type { ExtensionContents } from './extension-contents.ts';
import { furtherExtensions, languageContents } from './further-extensions.ts';
import { postgisExtensions } from './postgis.ts';
import { timeSeriesExtensions } from './time-series.ts';
import { vectorExtensions } from './vectors.ts';

const known: ReadonlyMap<string, ExtensionContents> = new Map(
  Object.entries({ ...furtherExtensions, ...vectorExtensions, ...postgisExtensions, ...timeSeriesExtensions }),
);

/** Names of the extensions of which it is known what they bring. */
export const knownExtensions: readonly string[] = [...known.keys()].sort();

/** Extensions that are procedural languages. */
const LANGUAGE = /^pl(?!pgsql)[a-z0-9_]+$/;

/** What an extension brings; undefined for one that is not known. */
export const contentsOf = (extension: string): ExtensionContents | undefined =>
  known.get(extension) ?? (LANGUAGE.test(extension) ? languageContents(extension) : undefined);

/** Whether what is made for these extensions has types that take words in brackets. */
export const haveWordedTypes = (extensions: readonly string[]): boolean =>
  extensions.some((name) => {
    const { types = {}, requires = [] } = contentsOf(name) ?? {};
    return Object.values(types).includes('words') || haveWordedTypes(requires);
  });

/** Access methods for indexes that the known extensions bring. */
export const foreignIndexMethods: ReadonlySet<string> = new Set(
  [...known.values()].flatMap(({ indexMethods = [] }) => indexMethods),
);
