import pg from 'pg';

type Parser = (text: string) => unknown;

// Numbers of the types that a JavaScript number holds exactly, and booleans; everything else stays the server's text, so
// that no value changes on its way (a bigint above 2^53, a timestamp's microseconds, a JSON number's digits).
const parsers: ReadonlyMap<number, Parser> = new Map<number, Parser>([
  [pg.types.builtins.BOOL, (text) => text === 't'],
  [pg.types.builtins.INT2, Number],
  [pg.types.builtins.INT4, Number],
  [pg.types.builtins.OID, Number],
  [pg.types.builtins.FLOAT4, Number],
  [pg.types.builtins.FLOAT8, Number],
]);

const asText: Parser = (text) => text;

/** Type parsers for one client, instead of the driver's, which are shared by all clients of the process. */
export const typeParsers = {
  getTypeParser: (oid: number): Parser => parsers.get(oid) ?? asText,
};
