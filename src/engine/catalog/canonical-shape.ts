import type * as z from 'zod';
import { qualifiedName } from '../sql/qualified-name.ts';
import { compareText } from './by-name.ts';
import type { ObjectName } from './catalog.ts';
import type { Ignorable } from './ignorable.ts';

/** A list inside an attribute, each entry with a name of its own; `ordered` when their order means something. */
export type Parts = { readonly ordered: boolean; readonly entries: readonly (readonly [name: string, text: string])[] };

/** How one attribute of a kind of object is read from the object and from what the object belongs to. */
export type Attribute = {
  readonly name: string;
  readonly ignorable?: Ignorable | undefined;
  readonly text: (object: never, owner: never) => string | null;
  /** What is said instead when something does not count. */
  readonly textWithout?: { readonly ignorable: Ignorable; readonly text: (object: never) => string | null };
  readonly parts: ((object: never) => Parts) | null;
};

/** The attributes of a kind of object, sorted by name. */
export type Shape = readonly Attribute[];

/** A field that is told in another way than by its own name and value, or, as a plain text, why it is left out. */
type Exception<T, Owner> =
  | string
  | {
      /** The name of the attribute; the field's name in words when absent. */
      readonly as?: string;
      readonly text?: (object: T, owner: Owner) => string | null;
      readonly parts?: (object: T) => Parts;
      readonly ignorable?: Ignorable;
      readonly textWithout?: { readonly ignorable: Ignorable; readonly text: (object: T) => string | null };
    };

/** For each field of a schema that needs it. */
export type Exceptions<T, Owner = unknown> = { readonly [Field in keyof T]?: Exception<T, Owner> };

/**
 * The attributes of objects of a schema: every field is one, unless an exception leaves it out, so that a field which
 * is added to the catalog is compared without a word here. What an optional field says by false or by being empty is the
 * same as not being there, because it came after the first catalogs.
 */
export function shapeOf<T, Owner = unknown>(
  schema: z.ZodObject & z.ZodType<T>,
  exceptions: Exceptions<T, Owner>,
  /** Attributes that are told beside that of their field. */
  more: readonly Attribute[] = [],
): Shape {
  return Object.entries(schema.shape)
    .flatMap(([field, type]): Attribute[] => {
      const exception = exceptions[field as keyof T] ?? {};
      if (typeof exception === 'string') return [];
      const late = type.safeParse(undefined).success;
      const plain = (object: Readonly<Record<string, unknown>>): string | null => plainText(object[field], late);
      return [
        {
          name: exception.as ?? words(field),
          ignorable: exception.ignorable ?? ignorableFields[field],
          text: exception.text ?? plain,
          parts: exception.parts ?? null,
          ...(exception.textWithout === undefined ? {} : { textWithout: exception.textWithout }),
        },
      ];
    })
    .concat(more)
    .sort((left, right) => compareText(left.name, right.name));
}

const ignorableFields: Readonly<Record<string, Ignorable | undefined>> = {
  owner: 'owner',
  comment: 'comments',
  tablespace: 'tablespaces',
};

const words = (field: string): string => field.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

/** What a field says that no exception speaks of; null when it says nothing. */
function plainText(value: unknown, late: boolean): string | null {
  if (value === undefined || value === null) return null;
  if (typeof value === 'boolean') return late && !value ? null : String(value);
  if (Array.isArray(value)) return value.length === 0 ? null : value.map((each) => plainText(each, false)).join(', ');
  if (typeof value === 'object') {
    if (isName(value)) return qualifiedName(value);
    const said = Object.entries(value).flatMap(([field, inner]) => {
      const text = plainText(inner, false);
      return text === null ? [] : [`${words(field)} ${text}`];
    });
    return said.length === 0 ? null : `(${said.join(', ')})`;
  }
  const text = String(value);
  return late && text === '' ? null : text;
}

const isName = (value: object): value is ObjectName =>
  Object.keys(value).length === 2 &&
  'schema' in value &&
  'name' in value &&
  typeof value.schema === 'string' &&
  typeof value.name === 'string';
