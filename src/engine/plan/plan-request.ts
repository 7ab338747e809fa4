import type { LockstepError } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { Catalog } from '../catalog/catalog.ts';
import { slug } from '../export/slug.ts';
import type { Draft } from '../generate/draft.ts';
import { parseScript } from '../sql/parser.ts';
import { examples } from './examples.ts';
import type { Intent, Reading } from './intent.ts';
import { allRules } from './read/all-rules.ts';
import type { Input } from './read/parse.ts';
import { type Word, wordsOf } from './read/words.ts';
import { titleOf } from './title-of.ts';
import { planIntent } from './write/plan-intent.ts';
import { inOrder, type PlannedStatement, type Step } from './write/step.ts';

type Plan = { readonly steps: readonly Step[]; readonly readings: readonly Reading[] };
type Context = Input['context'];

// Words that are polite, or that only say that something should be done.
const leads = [
  'please',
  'can you',
  'could you',
  'would you',
  'we need to',
  'we want to',
  'we would like to',
  "we'd like to",
  'i want to',
  'i need to',
  'i would like to',
  "i'd like to",
  'we should',
  'we have to',
  'you should',
  "let's",
  'let us',
  'also',
  'next',
  'finally',
  'first',
  'then',
  'and',
  'now',
  'additionally',
  'in addition',
  'make sure',
  'make sure that',
  'ensure that',
  'after that',
  'afterwards',
  ',',
  'moreover',
  'furthermore',
]
  .map((text) => text.split(' '))
  .sort((a, b) => b.length - a.length);

const trails = [
  'please',
  'thanks',
  'thank you',
  'now',
  'too',
  'as well',
  'for now',
  'from now on',
  'safely',
  'without downtime',
  'in one migration',
  'again',
].map((text) => text.split(' '));

const connectors = [
  ', and then',
  'and then',
  ', then',
  '; then',
  '. then',
  ', and also',
  'and also',
  ', also',
  ', and',
  '; and',
  'and',
  ',',
  ';',
  '.',
  'then',
].map((text) => text.split(' ').flatMap((part) => (/^[,;.]./.test(part) ? [part.slice(0, 1), part.slice(1)] : [part])));

const isAt = (words: readonly Word[], at: number, phrase: readonly string[]): boolean =>
  phrase.every((part, index) => words[at + index]?.plain === part);

function skip(words: readonly Word[], at: number, phrases: readonly (readonly string[])[]): number {
  const found = phrases.find((phrase) => isAt(words, at, phrase));
  return found === undefined ? at : skip(words, at + found.length, phrases);
}

/** The place after the words that tie one change to the next; null when the words go on otherwise. */
function afterConnector(words: readonly Word[], at: number): number | null {
  const end = skip(words, at, trails);
  if (end >= words.length) return end;
  const found = connectors.find((phrase) => isAt(words, end, phrase));
  return found === undefined ? null : end + found.length;
}

type Trouble = { at: number; reason: string | null; from: number };

function worse(trouble: Trouble, at: number, reason: string | null, from: number): void {
  // A reason says more than a place; of two reasons the one that came further does.
  if (reason === null ? trouble.reason === null && at > trouble.at : trouble.reason === null || at >= trouble.at) {
    trouble.at = at;
    trouble.reason = reason;
    trouble.from = from;
  }
}

function planFrom(
  request: string,
  words: readonly Word[],
  start: number,
  catalog: Catalog,
  context: Context,
  trouble: Trouble,
  depth: number,
): Plan | null {
  const at = skip(words, start, leads);
  if (at >= words.length) return { steps: [], readings: [] };
  if (depth > 40) return null;
  let reached = at;
  let miss: { readonly at: number; readonly reason: string } | null = null;
  const input: Input = {
    request,
    words,
    catalog,
    context,
    miss: (position, reason) => {
      // That a word is no table is said only when nothing better is known: most words are none.
      const isWeak = reason.startsWith('there is no table');
      if (miss === null || position > miss.at || (position === miss.at && !isWeak)) miss = { at: position, reason };
    },
    reached: (position) => {
      if (position > reached) reached = position;
    },
  };
  type Candidate = {
    readonly end: number;
    readonly next: number;
    readonly mean: () => ReturnType<(typeof allRules)[number]['mean']>;
  };
  const candidates: Candidate[] = [];
  /** How far a whole change could be read that is followed by words of no change. */
  let complete = -1;
  let seen = 0;
  for (const rule of allRules) {
    for (const read of rule.pattern(input, at)) {
      seen += 1;
      if (seen > 20_000) break;
      const next = afterConnector(words, read.at);
      if (next === null) complete = Math.max(complete, read.at);
      else candidates.push({ end: read.at, next, mean: () => rule.mean(read.value, input) });
    }
  }
  candidates.sort((a, b) => b.end - a.end);
  let tried = 0;
  const done = new Set<number>();
  for (const candidate of candidates) {
    if (done.has(candidate.end) || tried > 60) continue;
    tried += 1;
    const meaning = candidate.mean();
    if ('reason' in meaning) {
      worse(trouble, candidate.end, meaning.reason, at);
      continue;
    }
    const made = inOrder(
      catalog,
      meaning.readings.map((reading) => (current: Catalog) => planIntent(current, reading.intent)),
    );
    if ('reason' in made) {
      worse(trouble, candidate.end, made.reason, at);
      // The words are understood; that the database does not allow it is the answer.
      done.add(candidate.end);
      continue;
    }
    const rest = planFrom(
      request,
      words,
      candidate.next,
      made.step.catalog,
      contextAfter(meaning.readings, context),
      trouble,
      depth + 1,
    );
    if (rest !== null) return { steps: [made.step, ...rest.steps], readings: [...meaning.readings, ...rest.readings] };
    done.add(candidate.end);
  }
  const known = miss as { readonly at: number; readonly reason: string } | null;
  const rest = words[complete];
  if (rest !== undefined && complete >= (known?.at ?? 0)) {
    const understood = request.slice(words[at]?.start, words[complete - 1]?.end);
    worse(
      trouble,
      complete,
      `this part is not understood: “${request.slice(rest.start).trim()}” (after “${understood}”)`,
      at,
    );
  } else if (known !== null && known.at > at) worse(trouble, known.at, known.reason, at);
  else worse(trouble, reached, null, at);
  return null;
}

function contextAfter(readings: readonly Reading[], before: Context): Context {
  const last: Intent | undefined = readings.at(-1)?.intent;
  if (last === undefined) return before;
  switch (last.kind) {
    case 'add column':
      return { table: last.table, column: last.column.name };
    case 'rename table':
      return { table: { schema: last.table.schema, name: last.newName }, column: null };
    case 'rename column':
      return { table: last.table, column: last.newName };
    case 'drop table':
    case 'create schema':
    case 'add enum value':
      return { table: null, column: null };
    case 'set schema':
      return { table: { schema: last.schema, name: last.table.name }, column: null };
    case 'change type':
    case 'set not null':
    case 'drop not null':
    case 'set default':
    case 'drop default':
      return { table: last.table, column: last.column };
    default:
      return { table: last.table, column: null };
  }
}

const asksForSomething =
  /\b(?:add|drop|remove|delete|create|rename|change|alter|make|set|keep|want|wants|wanted|only|never|not|no|must|should|shall|need|needs|has to|have to|without|unless|except|but|if|when|because|allow|let|index|unique|null|default|please|call|use|move|put|split|merge|fix|cannot|can|may|every|each|all|nobody|everybody)\b|['"’]t\b/i;

/**
 * The end of a first sentence that gives a reason and asks for nothing, such as "Order ids are running out of range.";
 * null when there is none. It is not acted on, and the draft says so.
 */
function endOfReason(request: string, words: readonly Word[]): number | null {
  const stop = words.findIndex((word, index) => word.plain === '.' && words[index + 1]?.start !== word.end);
  if (stop < 3 || stop === words.length - 1) return null;
  return asksForSomething.test(request.slice(0, words[stop]?.start)) ? null : stop + 1;
}

/** The text of a file: each statement with its comment above it. */
function fileOf(statements: readonly PlannedStatement[]): string {
  const texts = statements.map(
    ({ comment, text }) => `${comment === null ? '' : `-- ${comment.replaceAll(/\s+/g, ' ')}\n`}${text};\n`,
  );
  const text = texts.reduce(
    (file, statement, index) => `${file}${index > 0 && statement.startsWith('--') ? '\n' : ''}${statement}`,
    '',
  );
  const parsed = parseScript(text);
  if (!parsed.ok)
    throw new Error(`the planner wrote SQL that PostgreSQL does not read: ${parsed.error.message}\n${text}`);
  return text;
}

const unique = (texts: readonly string[]): readonly string[] => [...new Set(texts)];

const sentence = (reason: string): string => {
  // A name that begins the sentence keeps its letters.
  const first = /^[a-z]+(?=[\s,])/.test(reason) ? reason.slice(0, 1).toUpperCase() : reason.slice(0, 1);
  return `${first}${reason.slice(1)}${/[.?!]$/.test(reason) ? '' : '.'}`;
};

/** What could not be understood, in words: the reason, or the part of the request where understanding stopped. */
function explain(request: string, words: readonly Word[], trouble: Trouble): string {
  if (trouble.reason !== null) return sentence(trouble.reason);
  const first = words[Math.min(trouble.at, words.length - 1)];
  const whole = words[trouble.from];
  if (first === undefined || whole === undefined) return 'The request is empty.';
  if (trouble.at >= words.length) return `Something is missing after “${request.slice(whole.start).trim()}”.`;
  if (trouble.at <= trouble.from) return `This part is not understood: “${request.slice(whole.start).trim()}”.`;
  return `This part is not understood: “${request.slice(first.start).trim()}” (after “${request.slice(whole.start, first.start).trim()}”).`;
}

/**
 * Turns a request in plain English into a draft without any model: the same request on the same catalog always gives the
 * same text. What is not wholly understood is refused as `plan.not_understood`, with the part and with examples.
 */
export function planRequest(request: string, catalog: Catalog): Result<Draft, LockstepError> {
  const text = request.trim().replace(/;\s*$/, '');
  const words = wordsOf(text);
  const trouble: Trouble = { at: -1, reason: null, from: 0 };
  const nothing: Context = { table: null, column: null };
  const plan = planFrom(text, words, 0, catalog, nothing, trouble, 0);
  if (plan !== null && plan.steps.length > 0) return ok(draftOf(plan, []));
  const start = endOfReason(text, words);
  const rest = start === null ? null : planFrom(text, words, start, catalog, nothing, trouble, 0);
  if (start !== null && rest !== null && rest.steps.length > 0) {
    const said = text.slice(0, words[start - 1]?.start);
    return ok(draftOf(rest, [`Read as a reason, not as a change: “${said}”.`]));
  }
  const reason = explain(text, words, trouble);
  return err({ code: 'plan.not_understood', request, reason, examples: [...examples(catalog)] });
}

function draftOf(plan: Plan, notes: readonly string[]): Draft {
  const titles = unique(plan.readings.map((reading) => titleOf(reading.intent)));
  const title =
    titles.length > 3 ? `${titles.slice(0, 2).join(', ')} and ${titles.length - 2} more changes` : titles.join(', ');
  return {
    planner: 'built-in',
    slug: slug(titles.join(' ')),
    title: `${title.slice(0, 1).toUpperCase()}${title.slice(1)}`.slice(0, 200),
    up: fileOf(plan.steps.flatMap((step) => step.up)),
    down: fileOf([...plan.steps].reverse().flatMap((step) => step.down)),
    assumptions: [
      ...unique([
        ...notes,
        ...plan.readings.flatMap((reading) => reading.assumptions),
        ...plan.steps.flatMap((step) => step.assumptions),
      ]),
    ],
    questions: [],
    risks: [...unique(plan.steps.flatMap((step) => step.risks))],
    estimatedLockTime: null,
    receipt: null,
  };
}
