import type { ObjectName } from '../catalog/catalog.ts';

/** A constant or an expression that the user gave, as SQL; `volatile` when two rows may get different values. */
export type Expression = { readonly text: string; readonly volatile: boolean };

export type ForeignKeyAction = 'no action' | 'restrict' | 'cascade' | 'set null' | 'set default';

/** What a foreign key points to; no columns means the primary key. */
export type Reference = {
  readonly table: ObjectName;
  readonly columns: readonly string[];
  readonly onDelete: ForeignKeyAction | null;
  readonly onUpdate: ForeignKeyAction | null;
};

/** A column that does not exist yet. */
export type NewColumn = {
  readonly name: string;
  /** The type as it will be written. */
  readonly type: string;
  /** Null when the user said nothing about it. */
  readonly notNull: boolean | null;
  readonly default: Expression | null;
  readonly identity: boolean;
  /** The expression of a stored generated column. */
  readonly generated: string | null;
  readonly unique: boolean;
  readonly primaryKey: boolean;
  readonly indexed: boolean;
  readonly references: Reference | null;
  /** Conditions of check constraints. */
  readonly checks: readonly string[];
  readonly comment: string | null;
};

/** One key of an index: a column or an expression. */
export type IndexKey = {
  readonly column: string | null;
  readonly expression: string | null;
  readonly descending: boolean;
};

type OfColumn = { readonly table: ObjectName; readonly column: string };

/** One change that a user asked for, with every name resolved against the catalog. */
export type Intent =
  | { readonly kind: 'add column'; readonly table: ObjectName; readonly column: NewColumn }
  | (OfColumn & { readonly kind: 'drop column' })
  | (OfColumn & { readonly kind: 'rename column'; readonly newName: string })
  | (OfColumn & { readonly kind: 'change type'; readonly type: string; readonly using: string | null })
  /** `fill` replaces the nulls that are there. */
  | (OfColumn & { readonly kind: 'set not null'; readonly fill: Expression | null })
  | (OfColumn & { readonly kind: 'drop not null' })
  | (OfColumn & { readonly kind: 'set default'; readonly value: Expression })
  | (OfColumn & { readonly kind: 'drop default' })
  | {
      readonly kind: 'add index';
      readonly table: ObjectName;
      readonly name: string | null;
      readonly method: string | null;
      readonly unique: boolean;
      readonly keys: readonly IndexKey[];
      readonly include: readonly string[];
      readonly where: string | null;
    }
  | { readonly kind: 'drop index'; readonly table: ObjectName; readonly index: string }
  | {
      readonly kind: 'add unique';
      readonly table: ObjectName;
      readonly name: string | null;
      readonly columns: readonly string[];
    }
  | {
      readonly kind: 'add primary key';
      readonly table: ObjectName;
      readonly name: string | null;
      readonly columns: readonly string[];
    }
  | {
      readonly kind: 'add foreign key';
      readonly table: ObjectName;
      readonly name: string | null;
      readonly columns: readonly string[];
      readonly references: Reference;
    }
  | { readonly kind: 'add check'; readonly table: ObjectName; readonly name: string | null; readonly condition: string }
  | { readonly kind: 'drop constraint'; readonly table: ObjectName; readonly constraint: string }
  | {
      readonly kind: 'create table';
      readonly table: ObjectName;
      readonly columns: readonly NewColumn[];
      readonly comment: string | null;
    }
  | { readonly kind: 'drop table'; readonly table: ObjectName }
  | { readonly kind: 'rename table'; readonly table: ObjectName; readonly newName: string }
  | { readonly kind: 'set schema'; readonly table: ObjectName; readonly schema: string }
  | { readonly kind: 'create schema'; readonly schema: string }
  | {
      readonly kind: 'add enum value';
      readonly type: ObjectName;
      readonly value: string;
      readonly place: { readonly side: 'before' | 'after'; readonly label: string } | null;
    }
  | {
      readonly kind: 'comment';
      readonly table: ObjectName;
      readonly column: string | null;
      readonly text: string | null;
    };

/** An intent with what had to be decided to read it. */
export type Reading = { readonly intent: Intent; readonly assumptions: readonly string[] };
