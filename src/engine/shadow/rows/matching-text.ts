type Piece = { readonly choices: readonly string[]; readonly min: number; readonly max: number };

const DIGITS = '0123456789';
const LETTERS = 'abcdefghijklmnopqrstuvwxyz';
const WORD = `${LETTERS}${DIGITS}`;

const classes: Readonly<Record<string, string>> = {
  d: DIGITS,
  w: WORD,
  s: ' ',
  D: LETTERS,
  W: '-',
  S: WORD,
};
const named: Readonly<Record<string, string>> = {
  alpha: LETTERS,
  digit: DIGITS,
  alnum: WORD,
  lower: LETTERS,
  upper: LETTERS.toUpperCase(),
  space: ' ',
  punct: '-',
  xdigit: `${DIGITS}abcdef`,
};

/** Reads the regular expressions that people write in checks; what it cannot read ends the reading with null. */
class Reader {
  at = 0;
  readonly pattern: string;
  readonly seed: number;
  constructor(pattern: string, seed: number) {
    this.pattern = pattern;
    this.seed = seed;
  }

  /** Alternatives up to the end or a closing bracket: the text of the one that the seed chooses. */
  alternatives(): string | null {
    const options: string[] = [];
    for (;;) {
      const text = this.sequence();
      if (text === null) return null;
      options.push(text);
      if (this.pattern[this.at] !== '|') break;
      this.at += 1;
    }
    return options[this.seed % options.length] ?? '';
  }

  private sequence(): string | null {
    let text = '';
    while (this.at < this.pattern.length && this.pattern[this.at] !== '|' && this.pattern[this.at] !== ')') {
      const piece = this.piece();
      if (piece === null) return null;
      // Repeated more than it must be, so that several texts are found and short columns still hold them.
      const spare = Math.min(piece.max, Math.max(piece.min, 6)) - piece.min;
      const count = piece.min + (spare > 0 ? this.seed % (spare + 1) : 0);
      for (let i = 0; i < count; i++) {
        text += piece.choices[(Math.floor(this.seed / (i + 1)) + i) % piece.choices.length] ?? '';
      }
    }
    return text;
  }

  private piece(): Piece | null {
    const choices = this.atom();
    return choices === null ? null : this.repeated(choices);
  }

  private repeated(choices: readonly string[]): Piece | null {
    const next = this.pattern[this.at];
    let [min, max] = [1, 1];
    if (next === '*') [min, max] = [0, Number.MAX_SAFE_INTEGER];
    else if (next === '+') [min, max] = [1, Number.MAX_SAFE_INTEGER];
    else if (next === '?') [min, max] = [0, 1];
    else if (next === '{') {
      const counts = /^\{(\d+)(?:(,)(\d*))?\}/.exec(this.pattern.slice(this.at));
      if (counts === null) return null;
      min = Number(counts[1]);
      max = counts[2] === undefined ? min : counts[3] ? Number(counts[3]) : Number.MAX_SAFE_INTEGER;
      this.at += counts[0].length - 1;
    } else return { choices, min, max };
    this.at += 1;
    if (this.pattern[this.at] === '?') this.at += 1;
    return { choices, min, max };
  }

  private atom(): readonly string[] | null {
    const character = this.pattern[this.at] ?? '';
    this.at += 1;
    switch (character) {
      case '^':
      case '$':
        return [''];
      case '.':
        return [...WORD];
      case '[':
        return this.set();
      case '(': {
        if (this.pattern[this.at] === '?') {
          if (this.pattern[this.at + 1] !== ':') return null;
          this.at += 2;
        }
        const text = this.alternatives();
        if (text === null || this.pattern[this.at] !== ')') return null;
        this.at += 1;
        return [text];
      }
      case '\\': {
        const escaped = this.pattern[this.at] ?? '';
        this.at += 1;
        const known = classes[escaped];
        if (known !== undefined) return [...known];
        return /[A-Za-z0-9]/.test(escaped) ? (/[AZmMyY]/.test(escaped) ? [''] : null) : [escaped];
      }
      default:
        return [character];
    }
  }

  private set(): readonly string[] | null {
    const isNegated = this.pattern[this.at] === '^';
    if (isNegated) this.at += 1;
    const members: string[] = [];
    for (let first = true; first || this.pattern[this.at] !== ']'; first = false) {
      const name = /^\[:(\w+):\]/.exec(this.pattern.slice(this.at));
      if (name !== null) {
        members.push(...(named[name[1] ?? ''] ?? ''));
        this.at += name[0].length;
        continue;
      }
      let from = this.pattern[this.at];
      if (from === undefined) return null;
      this.at += 1;
      if (from === '\\') {
        from = this.pattern[this.at] ?? '';
        this.at += 1;
        const known = classes[from];
        if (known !== undefined) {
          members.push(...known);
          continue;
        }
      }
      const to = this.pattern[this.at + 1];
      if (this.pattern[this.at] === '-' && to !== undefined && to !== ']') {
        this.at += 2;
        for (let code = from.charCodeAt(0); code <= to.charCodeAt(0); code++) members.push(String.fromCharCode(code));
      } else members.push(from);
    }
    this.at += 1;
    return isNegated ? [...`${WORD}-`].filter((one) => !members.includes(one)) : members;
  }
}

/** A text that matches a regular expression; another seed gives another one. Null when the expression is not a simple one. */
export function matchingText(pattern: string, seed: number): string | null {
  const reader = new Reader(pattern.replace(/^\*\*\*[:=]/, ''), seed);
  const text = reader.alternatives();
  return text === null || reader.at < reader.pattern.length ? null : text;
}

/** A `LIKE` pattern as a regular expression. */
export const likeAsPattern = (like: string): string =>
  `^${like.replaceAll(/\\?[\s\S]/g, (one) => (one === '%' ? '.*' : one === '_' ? '.' : (one.at(-1) ?? '').replace(/[^\w\s]/, '\\$&')))}$`;
