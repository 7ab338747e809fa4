import { styleText } from 'node:util';
import type { Difference } from '../../engine/catalog/difference.ts';
import type { CausedDifference, DifferenceGroup } from '../../engine/catalog/group-differences.ts';
import { partsOfPath } from '../../engine/catalog/parts-of-path.ts';
import type { RenameCandidate } from '../../engine/catalog/rename-candidates.ts';
import { diffWithContext, lineDiff } from '../../shared/line-diff.ts';

type Style = 'red' | 'green' | 'yellow' | 'cyan' | 'bold' | 'dim';
type Paint = (style: Style, text: string) => string;

/** Each change by a sign, a word and a colour, so that none of them has to be seen. */
const marks: Readonly<Record<Difference['change'], { readonly sign: string; readonly style: Style }>> = {
  added: { sign: '+', style: 'green' },
  removed: { sign: '-', style: 'red' },
  changed: { sign: '~', style: 'yellow' },
};

/** Longer texts, and those of several lines, are shown line by line. */
const longest = 60;

/** Unchanged lines around a change. */
const context = 3;

/** What a comparison found. */
export type DiffTextInput = {
  readonly differences: readonly Difference[];
  readonly groups: readonly DifferenceGroup[];
  readonly candidates: readonly RenameCandidate[];
  /** What was compared, as the caller named it. */
  readonly sides: readonly [before: string, after: string];
  /** What was left out. */
  readonly ignored: readonly string[];
};

/** The differences of two catalogs for a person: by object, consequences under their cause, candidates for renames last. */
export function diffText(
  { differences, groups, candidates, sides: [before, after], ignored }: DiffTextInput,
  colour: boolean,
): string {
  const paint: Paint = (style, text) => (colour ? styleText(style, text, { validateStream: false }) : text);
  const leftOut = ignored.length === 0 ? '' : ` (${ignored.join(', ')} left out)`;
  if (differences.length === 0) return `Equal${leftOut}.`;
  const counted = (['added', 'removed', 'changed'] as const).flatMap((change) => {
    const count = differences.filter((difference) => difference.change === change).length;
    return count === 0 ? [] : [paint(marks[change].style, `${count} ${change}`)];
  });
  return [
    `From ${before} to ${after}: ${counted.join(', ')}${leftOut}`,
    ...spaced(groups.map((group) => groupLines(group, paint))),
    ...candidateLines(candidates, paint),
  ].join('\n');
}

/** An empty line before and after each group of several lines. */
function spaced(blocks: readonly (readonly string[])[]): readonly string[] {
  return blocks.flatMap((block, index) => {
    const isShort = block.length === 1 && blocks[index - 1]?.length === 1;
    return isShort ? block : ['', ...block];
  });
}

function groupLines(group: DifferenceGroup, paint: Paint): readonly string[] {
  const [first, ...more] = group.differences;
  const whole = first !== undefined && more.length === 0 && isWhole(first.difference, group);
  if (whole) return differenceLines(first, group, '', paint);
  return [
    paint('bold', `${group.kind} ${group.object}`),
    ...group.differences.flatMap((each) => differenceLines(each, group, '  ', paint)),
  ];
}

/** True when the difference is that the object of its group came or went. */
const isWhole = ({ object, kind, change }: Difference, group: DifferenceGroup): boolean =>
  object === group.object && kind === group.kind && change !== 'changed';

function differenceLines(
  { difference, consequences }: CausedDifference,
  group: DifferenceGroup,
  indent: string,
  paint: Paint,
): readonly string[] {
  const { change, attribute, before, after } = difference;
  const { sign, style } = marks[change];
  const name = isWhole(difference, group) ? paint('bold', `${group.kind} ${group.object}`) : nameIn(difference, group);
  const head = `${indent}${paint(style, `${sign} ${change}`)} ${name}`;
  const about = attribute === undefined ? '' : name === '' ? attribute : ` ${attribute}`;
  const value = change === 'added' ? after : before;
  const lines = (): readonly string[] => {
    if (change !== 'changed') {
      const text = value ?? '';
      return text === '' || isLong(text)
        ? [head, ...block(text, sign, style, `${indent}    `, paint)]
        : [`${head}: ${text}`];
    }
    if (before === null || after === null) {
      const [mark, text] = before === null ? ['added', after ?? ''] : ['removed', before];
      if (!isLong(text)) return [`${head}${about}: ${mark} ${text}`];
    } else if (!isLong(before) && !isLong(after)) return [`${head}${about}: ${before} ${paint('dim', '→')} ${after}`];
    return [`${head}${about}:`, ...unified(before ?? '', after ?? '', `${indent}    `, paint)];
  };
  return [...lines(), ...consequences.map((each) => paint('dim', `${indent}    so that ${consequenceText(each)}`))];
}

/** What a difference is about, where it is not the object of its group itself. */
function nameIn({ object, kind }: Difference, group: DifferenceGroup): string {
  if (object === group.object) return kind === group.kind ? '' : kind;
  if (object.startsWith(`${group.object}.`)) return `${kind} ${object.slice(group.object.length + 1)}`;
  const [schema = ''] = partsOfPath(group.object);
  return `${kind} ${object.startsWith(`${schema}.`) ? object.slice(schema.length + 1) : object}`;
}

function consequenceText({ object, kind, change, attribute, before, after }: Difference): string {
  if (change !== 'changed') return `${kind} ${object} is ${change}`;
  const what = `${kind} ${object} changes its ${attribute ?? 'definition'}`;
  const [was, is] = [before ?? 'none', after ?? 'none'];
  return isLong(was) || isLong(is) ? what : `${what}: ${was} → ${is}`;
}

const isLong = (text: string): boolean => text.length > longest || text.includes('\n');

/** A whole text, each line with the sign of its change. */
const block = (text: string, sign: string, style: Style, indent: string, paint: Paint): readonly string[] =>
  text === '' ? [] : text.split('\n').map((line) => `${indent}${paint(style, `${sign} ${line}`)}`);

/** Two texts as one with the lines that came and went, and a few around them. */
function unified(before: string, after: string, indent: string, paint: Paint): readonly string[] {
  const signs = { same: ' ', removed: '-', added: '+' } as const;
  return diffWithContext(lineDiff(before, after), context).map((line) => {
    if (line === null) return `${indent}${paint('dim', '…')}`;
    const text = `${signs[line.kind]} ${line.text}`.trimEnd();
    return `${indent}${line.kind === 'same' ? text : paint(line.kind === 'added' ? 'green' : 'red', text)}`;
  });
}

function candidateLines(candidates: readonly RenameCandidate[], paint: Paint): readonly string[] {
  if (candidates.length === 0) return [];
  return [
    '',
    paint('bold', 'Perhaps renamed'),
    '  Each is listed above as removed and as added, because the databases do not say it.',
    ...candidates.map(({ kind, from, to, likeness, evidence }) => {
      const share = `${Math.round(likeness * 100)} % alike: ${evidence.join(', ')}`;
      return `  ${paint('cyan', '?')} ${kind} ${from} ${paint('dim', '→')} ${to} ${paint('dim', `(${share})`)}`;
    }),
  ];
}
