import { PostgreSQL, sql } from '@codemirror/lang-sql';
import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import type { Extension } from '@codemirror/state';
import { tags } from '@lezer/highlight';

const style = HighlightStyle.define([
  { tag: [tags.keyword, tags.operatorKeyword, tags.modifier], class: 'sql-keyword' },
  { tag: [tags.typeName, tags.standard(tags.name)], class: 'sql-type' },
  { tag: [tags.string, tags.special(tags.string), tags.number, tags.bool, tags.null], class: 'sql-literal' },
  { tag: [tags.comment, tags.lineComment, tags.blockComment], class: 'sql-comment' },
]);

/** PostgreSQL's words in the colours of the style sheet. */
export const sqlHighlighting: Extension = [sql({ dialect: PostgreSQL }), syntaxHighlighting(style)];
