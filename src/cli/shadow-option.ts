import type { Command } from 'commander';

/** The environment's name of a server that shadow runs may use where the embedded PostgreSQL lacks something. */
export const shadowVariable = 'SHADOW_DATABASE_URL';

/** Adds the option that says where throw-away databases are made; `otherwise` is what holds without it. */
export const withShadowOption = (
  command: Command,
  otherwise = `as needed; a server only if ${shadowVariable} names one`,
): Command =>
  command.option(
    '--shadow <where>',
    `"embedded", or the URL of a server to make throw-away databases on, or of an empty database lockstep_shadow… that was lent (default: ${otherwise})`,
  );
