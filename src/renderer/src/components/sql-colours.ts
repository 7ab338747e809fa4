import { HighlightStyle } from '@codemirror/language';
import { tags } from '@lezer/highlight';
import './sql-colours.css';

/** PostgreSQL's words as classes of the style sheet. */
export const sqlColours = HighlightStyle.define([
  { tag: [tags.keyword, tags.operatorKeyword, tags.modifier], class: 'sql-keyword' },
  { tag: [tags.typeName, tags.standard(tags.name)], class: 'sql-type' },
  { tag: [tags.string, tags.special(tags.string), tags.number, tags.bool, tags.null], class: 'sql-literal' },
  { tag: [tags.comment, tags.lineComment, tags.blockComment], class: 'sql-comment' },
]);
