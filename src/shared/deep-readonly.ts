/** The same shape with every property and array readonly; bytes are as they are. */
export type DeepReadonly<T> = T extends string | number | boolean | null | undefined | Uint8Array
  ? T
  : T extends (infer U)[]
    ? readonly DeepReadonly<U>[]
    : T extends object
      ? { readonly [K in keyof T]: DeepReadonly<T[K]> }
      : T;
