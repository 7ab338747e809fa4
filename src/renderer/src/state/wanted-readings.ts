import { create } from 'zustand';
import type { ConnectionId } from '../../../shared/ids.ts';

/** Connections that were opened and whose catalog is to be read again where it is shown: it may have changed meanwhile. */
export const useWantedReadings = create<{ readonly wanted: ReadonlySet<ConnectionId> }>(() => ({ wanted: new Set() }));

/** Asks for a reading of a connection. */
export const wantReading = (id: ConnectionId): void =>
  useWantedReadings.setState(({ wanted }) => ({ wanted: new Set([...wanted, id]) }));

/** Says that the reading has begun. */
export const readingBegan = (id: ConnectionId): void =>
  useWantedReadings.setState(({ wanted }) => ({ wanted: new Set([...wanted].filter((other) => other !== id)) }));
