const shown = '[secret]';

/**
 * A password or key in memory. It prints as `[secret]` wherever values are printed (text, JSON, inspection, structured
 * clone loses it); only `reveal` gives the value, so every use is a word one can search for.
 */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  /** The value itself. Call it only where the value leaves for the server or the keychain. */
  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return shown;
  }

  toJSON(): string {
    return shown;
  }

  /** Node's inspection, which `console.log` and assertion messages use. */
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return shown;
  }
}
