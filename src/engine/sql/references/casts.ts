/** To which types the server has a cast from those that are looked at here; casts of extensions are not. */
const castable: Readonly<Record<string, RegExp>> = {
  int2: /^(?:int[248]|numeric|float[48]|text|varchar|bpchar|jsonb|bytea|oid|unknown)$/,
  int4: /^(?:int[248]|numeric|float[48]|text|varchar|bpchar|jsonb|bool|bit|bytea|char|oid|unknown|reg.*)$/,
  int8: /^(?:int[248]|numeric|float[48]|text|varchar|bpchar|jsonb|bit|bytea|oid|unknown|reg.*)$/,
  numeric: /^(?:int[248]|numeric|float[48]|text|varchar|bpchar|jsonb|money|unknown)$/,
  float8: /^(?:int[248]|numeric|float[48]|text|varchar|bpchar|jsonb|unknown)$/,
  bool: /^(?:int4|bool|text|varchar|bpchar|jsonb|unknown)$/,
  date: /^(?:date|timestamp|timestamptz|text|varchar|bpchar|unknown)$/,
  timestamp: /^(?:date|timestamp|timestamptz|text|varchar|bpchar|unknown)$/,
  timestamptz: /^(?:date|timestamp|timestamptz|text|varchar|bpchar|unknown)$/,
  uuid: /^(?:uuid|text|varchar|bpchar|bytea|unknown)$/,
};
const plain =
  /^(?:int[248]|numeric|float[48]|bool|date|timestamp|timestamptz|uuid|text|varchar|bpchar|jsonb|interval)$/;

/** True for two types of the server's own between which it has no cast. */
export const isNeverCast = (from: string, to: string): boolean =>
  plain.test(from) && castable[to]?.test(from) === false;
