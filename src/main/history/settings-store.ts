import { type Settings, settingsSchema } from '../../shared/settings.ts';
import type { ReadableHistory, WritableHistory } from './handles.ts';

/** The saved settings; what is not saved, or no longer valid, has its default. */
export function readSettings(history: ReadableHistory): Settings {
  const row = history.prepare<[], { value: string }>('select value from settings where id = 1').get();
  const parsed = settingsSchema.safeParse(row === undefined ? {} : JSON.parse(row.value));
  return parsed.success ? parsed.data : settingsSchema.parse({});
}

/** Saves all settings. */
export function writeSettings(history: WritableHistory, settings: Settings): void {
  history
    .prepare('insert into settings (id, value) values (1, ?) on conflict (id) do update set value = excluded.value')
    .run(JSON.stringify(settings));
}
