import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { LockstepError } from '../../../../../shared/errors.ts';
import type { MigrationId } from '../../../../../shared/ids.ts';
import type { Migration } from '../../../../../shared/migration.ts';
import { request } from '../../../ipc/client.ts';
import { requestKey, useRequest } from '../../../ipc/use-request.ts';

/** Long enough that a pause in typing does not make a version, short enough that little could ever be lost. */
const autosaveAfterMs = 3_000;

/** The title that main gives to a migration without a request. */
const untitled = 'Untitled migration';

type Texts = { readonly up: string; readonly down: string };

/** A migration with the text in its editors, which may be newer than the saved one. */
export type MigrationText = {
  readonly migration: Migration | undefined;
  readonly error: LockstepError | null;
  readonly up: string;
  readonly down: string;
  /** True while the editors hold something that is not saved. */
  readonly edited: boolean;
  readonly saving: boolean;
  readonly saveError: LockstepError | null;
  readonly setUp: (text: string) => void;
  readonly setDown: (text: string) => void;
  /** Saves what is in the editors if needed; resolves with the version, or null when that failed (the text stays). */
  readonly save: () => Promise<number | null>;
  /** Gives the migration another title, together with what is in the editors. */
  readonly rename: (title: string) => Promise<void>;
  /** Offers a title for a migration that nobody has named. */
  readonly suggestTitle: (title: string | null) => void;
  /** Puts an answer of main in the place of everything that is shown. */
  readonly adopt: (migration: Migration) => void;
  readonly refetch: () => void;
};

const textsOf = (migration: Migration): Texts => ({
  up: migration.current?.draft.up ?? '',
  down: migration.current?.draft.down ?? '',
});

/** Loads a migration, holds its text, and saves it: on demand, after a pause, when the window loses focus, and at the end. */
export function useMigrationText(id: MigrationId): MigrationText {
  const client = useQueryClient();
  const { data: migration, error, refetch } = useRequest('migrations.get', { id });
  const [texts, setTexts] = useState<Texts>({ up: '', down: '' });
  const [saved, setSaved] = useState<Texts & { readonly version: number }>({ up: '', down: '', version: -1 });
  const [saving, setSaving] = useState(false);
  const [saveError, setSaveError] = useState<LockstepError | null>(null);
  const edited = texts.up !== saved.up || texts.down !== saved.down;
  const latest = useRef({ texts, saved, edited, migration });
  latest.current = { texts, saved, edited, migration };
  const savingNow = useRef<Promise<number | null> | null>(null);

  const suggestion = useRef<string | null>(null);
  const suggestTitle = useCallback((words: string | null) => {
    suggestion.current = words;
  }, []);
  /** A title that is not saved yet. */
  const title = useRef<string | null>(null);

  const adopt = useCallback(
    (next: Migration) => {
      client.setQueryData(requestKey('migrations.get', { id }), next);
      setTexts(textsOf(next));
      setSaved({ ...textsOf(next), version: next.current?.version ?? 0 });
    },
    [client, id],
  );

  useEffect(() => {
    const version = migration?.current?.version ?? 0;
    // What the reader types is never overwritten by what arrives from elsewhere.
    if (migration && version !== latest.current.saved.version && !latest.current.edited) {
      setTexts(textsOf(migration));
      setSaved({ ...textsOf(migration), version });
    }
  }, [migration]);

  const save = useCallback(async (): Promise<number | null> => {
    if (savingNow.current) await savingNow.current;
    const { texts: sent, edited: needed, migration: known, saved: before } = latest.current;
    if (!known) return null;
    const newTitle = title.current ?? (known.title === untitled ? (suggestion.current ?? untitled) : known.title);
    if (!needed && title.current === null) return Math.max(before.version, 0);
    const attempt = (async () => {
      setSaving(true);
      const answer = await request('migrations.saveText', { id, title: newTitle, ...sent });
      setSaving(false);
      if (!answer.ok) {
        setSaveError(answer.error);
        return null;
      }
      setSaveError(null);
      title.current = null;
      setSaved({ ...sent, version: answer.value.current?.version ?? 0 });
      client.setQueryData(requestKey('migrations.get', { id }), answer.value);
      return answer.value.current?.version ?? 0;
    })();
    savingNow.current = attempt;
    const done = await attempt;
    savingNow.current = null;
    return done;
  }, [client, id]);

  useEffect(() => {
    if (!edited) return;
    const timer = setTimeout(save, autosaveAfterMs, texts);
    return () => clearTimeout(timer);
  }, [edited, texts, save]);

  useEffect(() => {
    const saveNow = (): void => void save();
    window.addEventListener('blur', saveNow);
    return () => {
      window.removeEventListener('blur', saveNow);
      saveNow();
    };
  }, [save]);

  const rename = useCallback(
    async (next: string): Promise<void> => {
      title.current = next;
      await save();
    },
    [save],
  );
  const setUp = useCallback((up: string) => setTexts((old) => (old.up === up ? old : { ...old, up })), []);
  const setDown = useCallback((down: string) => setTexts((old) => (old.down === down ? old : { ...old, down })), []);
  return {
    migration,
    error,
    ...texts,
    edited,
    saving,
    saveError,
    setUp,
    setDown,
    save,
    rename,
    suggestTitle,
    adopt,
    refetch,
  };
}
