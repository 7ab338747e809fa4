import { describeError } from '../../shared/describe-error.ts';
import type { Handlers } from '../../shared/ipc/wire.ts';
import { err, ok } from '../../shared/result.ts';
import { Secret } from '../../shared/secret.ts';
import type { Parts } from './parts.ts';

const apiKey = { kind: 'api-key' } as const;

/** Answers what concerns the keychain and the API key; no secret is ever part of an answer. */
export function secretHandlers({
  secrets,
}: Parts): Pick<Handlers['requests'], 'secrets.status' | 'secrets.setApiKey' | 'secrets.forgetApiKey'> {
  return {
    'secrets.status': async () => {
      const { keychain, error } = await secrets.status();
      const reason = error === null ? null : describeError(error).whatHappened;
      const place = keychain === 'available' || secrets.inSession(apiKey) ? await secrets.place(apiKey) : 'none';
      return ok({ keychain, reason, apiKey: place });
    },
    'secrets.setApiKey': async ({ value, storage }) => {
      // A key that was copied from a page often brings a line break along.
      const key = value.trim();
      if (!/^[\x21-\x7e]+$/.test(key)) {
        const message = 'a key consists of letters, digits and signs, without spaces';
        return err({ code: 'input.invalid', issues: [{ path: 'value', message }] });
      }
      const saved = await secrets.save(apiKey, new Secret(key), storage);
      return saved.ok ? ok({}) : saved;
    },
    'secrets.forgetApiKey': async () => {
      const forgotten = await secrets.forget(apiKey);
      return forgotten.ok ? ok({}) : forgotten;
    },
  };
}
