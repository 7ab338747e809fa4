import type { EmbeddedEngine } from '../../engine/shadow/choose-shadow.ts';
import { bundledExtensionNames } from './bundled-extensions.ts';

/** What the embedded PostgreSQL is, without starting one. */
export const embeddedEngine: EmbeddedEngine = { version: 180_000, extensions: bundledExtensionNames };
