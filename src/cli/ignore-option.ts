import { InvalidArgumentError, Option } from 'commander';

const ignorable = ['owner', 'grants', 'comments', 'column-order', 'tablespaces'] as const;

/** What a comparison can be told to leave out. */
type Ignored = readonly (typeof ignorable)[number][];

function readIgnored(list: string): Ignored {
  return list.split(',').map((word) => {
    const known = ignorable.find((one) => one === word.trim());
    if (known === undefined) throw new InvalidArgumentError(`${word} is not one of ${ignorable.join(', ')}.`);
    return known;
  });
}

/** The option that says what does not count in a comparison. */
export const ignoreOption = () =>
  new Option('--ignore <list>', `what does not count, of ${ignorable.join(', ')}`).argParser(readIgnored);
