import type {
  Catalog,
  Column,
  Constraint,
  DatabaseType,
  DefinedObject,
  Index,
  ObjectName,
  Policy,
  Routine,
  Sequence,
  Table,
  Trigger,
  View,
} from '../catalog.ts';

/** What a piece is, with the objects that its statements are made from. */
export type Part =
  | { readonly kind: 'schema'; readonly name: string }
  | { readonly kind: 'extension'; readonly extension: Catalog['extensions'][number] }
  | { readonly kind: 'type'; readonly type: DatabaseType }
  | { readonly kind: 'sequence'; readonly sequence: Sequence }
  /** That a column owns a sequence which is not its identity. */
  | { readonly kind: 'ownership'; readonly sequence: Sequence }
  | { readonly kind: 'routine'; readonly routine: Routine }
  | { readonly kind: 'table'; readonly table: Table }
  | { readonly kind: 'column'; readonly table: Table; readonly column: Column; readonly identity: Sequence | undefined }
  /** The default of a column that is not generated. */
  | { readonly kind: 'default'; readonly table: Table; readonly column: Column }
  /** That a table is a partition. */
  | { readonly kind: 'attachment'; readonly table: Table }
  | { readonly kind: 'inheritance'; readonly table: Table; readonly from: ObjectName }
  | {
      readonly kind: 'constraint';
      readonly table: Table;
      readonly constraint: Constraint;
      readonly index: Index | undefined;
    }
  | { readonly kind: 'index'; readonly relation: Table | View; readonly index: Index }
  | { readonly kind: 'view'; readonly view: View }
  | { readonly kind: 'trigger'; readonly relation: Table | View; readonly trigger: Trigger }
  | { readonly kind: 'policy'; readonly table: Table; readonly policy: Policy }
  | { readonly kind: 'other'; readonly other: DefinedObject };

/** The smallest part of a catalog that a change drops, makes or alters by itself. */
export type Piece = {
  /** The same in both catalogs. */
  readonly key: string;
  /** The dotted path of the object. */
  readonly object: string;
  readonly part: Part;
  /** The smaller, the earlier it is made. */
  readonly stage: number;
  /** The table or view that it belongs to and goes with. */
  readonly parent: string | null;
  /** Keys of the pieces that it cannot be without. */
  readonly needs: ReadonlySet<string>;
  /** What makes it equal or unequal to the piece of the other catalog; owner and comment apart. */
  readonly attributes: Readonly<Record<string, string | null>>;
  /** Names that no two things can have at once. */
  readonly names: readonly string[];
};

/** The pieces of a catalog by their keys, with the way back from a piece to those that need it. */
export type Pieces = {
  readonly catalog: Catalog;
  readonly byKey: ReadonlyMap<string, Piece>;
  readonly users: ReadonlyMap<string, readonly Piece[]>;
  /** Where the dependency graph knows an object by another key than that of the piece it is part of. */
  readonly holders: ReadonlyMap<string, string>;
};
