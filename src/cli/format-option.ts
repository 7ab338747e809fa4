/** The format that `--format` or its short form `--json` asks for. */
export const formatOf = (options: { readonly format: string; readonly json?: boolean }): string =>
  options.json === true ? 'json' : options.format;
