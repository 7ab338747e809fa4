import type { LockstepError } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { Secret } from '../../shared/secret.ts';

/** The operating system's keychain. Every call ends within a few seconds; a failure has a `secrets.*` code. */
export interface Keychain {
  read(account: string): Promise<Result<Secret | null, LockstepError>>;
  write(account: string, secret: Secret): Promise<Result<void, LockstepError>>;
  remove(account: string): Promise<Result<void, LockstepError>>;
  /** Finds out by writing, reading and removing an entry whether secrets can be kept. */
  check(): Promise<Result<void, LockstepError>>;
}

/** The part of keytar that is used. */
export type KeytarModule = {
  readonly getPassword: (service: string, account: string) => Promise<string | null>;
  readonly setPassword: (service: string, account: string, password: string) => Promise<void>;
  readonly deletePassword: (service: string, account: string) => Promise<boolean>;
};

const service = 'Lockstep';
const probeAccount = 'lockstep-check';
const timeoutSeconds = 5;

/**
 * The keychain through keytar, which is loaded at first use and may be missing. Each call has a time limit, because on a
 * machine with a half-installed D-Bus it would wait for ever for a prompt that nobody sees.
 */
export function createKeychain(
  load: () => Promise<KeytarModule>,
  limits: { readonly milliseconds: number } = { milliseconds: timeoutSeconds * 1000 },
): Keychain {
  let loading: Promise<KeytarModule> | null = null;

  const call = async <T>(run: (keytar: KeytarModule) => Promise<T>): Promise<Result<T, LockstepError>> => {
    loading ??= load();
    let keytar: KeytarModule;
    try {
      keytar = await loading;
    } catch {
      return err({ code: 'secrets.unavailable', reason: 'The keychain module is not installed on this machine' });
    }
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<'late'>((resolve) => {
      timer = setTimeout(() => resolve('late'), limits.milliseconds);
    });
    try {
      const value = await Promise.race([run(keytar), late]);
      return value === 'late' ? err({ code: 'secrets.timeout', seconds: limits.milliseconds / 1000 }) : ok(value as T);
    } catch (problem) {
      return err(describeRefusal(problem));
    } finally {
      clearTimeout(timer);
    }
  };

  return {
    read: async (account) => {
      const found = await call((keytar) => keytar.getPassword(service, account));
      return found.ok ? ok(found.value === null ? null : new Secret(found.value)) : found;
    },
    write: (account, secret) => call((keytar) => keytar.setPassword(service, account, secret.reveal())),
    remove: async (account) => {
      const removed = await call((keytar) => keytar.deletePassword(service, account));
      return removed.ok ? ok(undefined) : removed;
    },
    check: async () => {
      // Only writing tells the truth: reading from a locked keyring answers "nothing there" without any error.
      const checked = await call(async (keytar) => {
        await keytar.setPassword(service, probeAccount, 'check');
        await keytar.deletePassword(service, probeAccount);
      });
      return checked;
    },
  };
}

/** The words of libsecret and D-Bus, sorted into "locked" and "not there". */
function describeRefusal(problem: unknown): LockstepError {
  const message = problem instanceof Error ? problem.message : String(problem);
  if (/locked|secrets\/collection\/|prompt (was )?dismissed|user canceled|interaction is not allowed/i.test(message)) {
    return { code: 'secrets.locked' };
  }
  if (
    /autolaunch|D-?Bus|bus address|\btransport\b|org\.freedesktop\.secrets|ServiceUnknown|not provided by any/i.test(
      message,
    )
  ) {
    return { code: 'secrets.unavailable', reason: 'No keychain service answers on this machine' };
  }
  return { code: 'secrets.unavailable', reason: message.slice(0, 300) };
}
