import type { DefinedObject } from '../catalog.ts';
import { isMadeLast } from './render-other-object.ts';

/** In which order kinds of objects are made, as far as their needs leave a choice: the smaller, the earlier. */
export const stages = {
  schema: 0,
  extension: 1,
  collation: 2,
  type: 3,
  sequence: 4,
  routine: 5,
  table: 6,
  default: 7,
  constraint: 8,
  index: 9,
  check: 10,
  foreignKey: 11,
  view: 12,
  rule: 13,
  trigger: 14,
  policy: 15,
  other: 16,
  last: 17,
};

const otherStages: Readonly<Record<string, number | undefined>> = {
  collation: stages.collation,
  'text search parser': stages.collation,
  'text search template': stages.collation,
  'text search dictionary': stages.type,
  'text search configuration': stages.sequence,
  language: stages.type,
  'shell type': stages.type,
  'base type': stages.type,
  'foreign data wrapper': stages.type,
  server: stages.sequence,
  'access method': stages.routine,
  operator: stages.routine,
  'operator family': stages.routine,
  'operator class': stages.routine,
  cast: stages.routine,
  transform: stages.routine,
  conversion: stages.routine,
  rule: stages.rule,
};

/** The stage of an object that is kept as its statement: most come after everything that they might name. */
export const stageOfOther = (other: DefinedObject): number =>
  isMadeLast(other) ? stages.last : (otherStages[other.kind] ?? stages.other);
