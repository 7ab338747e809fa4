import { PostgreSQL } from '@codemirror/lang-sql';
import { highlightCode } from '@lezer/highlight';
import { Check, Copy } from 'lucide-react';
import { useMemo, useState } from 'react';
import { Button } from './button.tsx';
import { sqlColours } from './sql-colours.ts';
import './sql-text.css';

type Piece = { readonly at: number; readonly text: string; readonly classes: string };

function piecesOf(sql: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  const put = (text: string, classes: string): void => {
    pieces.push({ at, text, classes });
    at += text.length;
  };
  highlightCode(sql, PostgreSQL.language.parser.parse(sql), sqlColours, put, () => put('\n', ''));
  return pieces;
}

/** SQL to read and to copy, in the colours of the editor. */
export function SqlText({ sql, label }: { readonly sql: string; readonly label: string }) {
  const pieces = useMemo(() => piecesOf(sql), [sql]);
  const [copied, setCopied] = useState<string | null>(null);
  const copy = (): void => {
    void navigator.clipboard.writeText(sql).then(() => setCopied(sql));
  };
  return (
    <section aria-label={label} className="sql-text">
      <Button
        className="sql-text-copy"
        icon={copied === sql ? Check : Copy}
        onPress={copy}
        size="small"
        variant="ghost"
      >
        {copied === sql ? 'Copied' : 'Copy'}
      </Button>
      <pre>
        {pieces.map(({ at, text, classes }) => (
          <span className={classes} key={at}>
            {text}
          </span>
        ))}
      </pre>
    </section>
  );
}
