/** One line for the person who waits. Goes to stderr, so that a command's answer on stdout stays clean. */
export const say = (text) => process.stderr.write(`${text}\n`);

/** Ends the process after a message that says what to do; for problems that the set-up cannot mend itself. */
export function stop(text, code = 1) {
  say(text);
  process.exit(code);
}
