import type * as z from 'zod';

const kinds: Readonly<Record<string, string>> = {
  array: 'a list',
  boolean: 'true or false',
  int: 'a whole number',
  number: 'a number',
  object: 'keys with values',
  record: 'keys with values',
  string: 'text',
};

const alternatives = new Intl.ListFormat('en', { type: 'disjunction' });

/** What is to be written instead of something in a file that does not fit, or that it is missing; undefined: no better words. */
export function issueInWords(issue: z.core.$ZodRawIssue): string | undefined {
  const isMissing = issue.input === undefined;
  switch (issue.code) {
    case 'invalid_type':
      if (isMissing) return 'is missing';
      return issue.expected === 'never' ? undefined : `write ${kinds[issue.expected] ?? issue.expected}`;
    case 'invalid_union':
      return isMissing ? 'is missing' : undefined;
    case 'invalid_value':
      return isMissing ? 'is missing' : `write ${alternatives.format(issue.values.map(String))}`;
    case 'too_small':
      return issue.origin === 'string' ? 'must not be empty' : `must be ${issue.minimum} or more`;
    case 'too_big':
      return `must be ${issue.maximum} or less`;
    default:
      return undefined;
  }
}
