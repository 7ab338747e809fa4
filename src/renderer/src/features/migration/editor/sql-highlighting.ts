import { PostgreSQL, sql } from '@codemirror/lang-sql';
import { syntaxHighlighting } from '@codemirror/language';
import type { Extension } from '@codemirror/state';
import { sqlColours } from '../../../components/sql-colours.ts';

/** PostgreSQL's words in the colours of the style sheet. */
export const sqlHighlighting: Extension = [sql({ dialect: PostgreSQL }), syntaxHighlighting(sqlColours)];
