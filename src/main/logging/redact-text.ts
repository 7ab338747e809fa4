/** What secrets look like in free text: the password of a URI, keys of the Messages API, bearer tokens, `password=…`. */
const patterns: readonly (readonly [RegExp, string])[] = [
  [/(\b[a-z][a-z0-9+.-]*:\/\/[^\s:/@]*:)[^\s@]+(@)/gi, '$1[secret]$2'],
  [/\bsk-[a-z0-9_-]{8,}/gi, '[secret]'],
  [/(\bbearer\s+)[^\s"',}]+/gi, '$1[secret]'],
  [
    /((?:password|passwd|pwd|passphrase|api[_-]?key|token|secret)["']?\s*[=:]\s*)("[^"]*"|'[^']*'|[^\s,;}&]+)/gi,
    '$1[secret]',
  ],
];

/** Removes everything that looks like a secret from a text that goes to the log. */
export function redactText(text: string): string {
  return patterns.reduce((redacted, [pattern, replacement]) => redacted.replace(pattern, replacement), text);
}
