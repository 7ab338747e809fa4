import { isMap, isScalar, type Pair, parseDocument } from 'yaml';
import { bytesInWords } from '../engine/sql/quantity.ts';
import { type Throughput, works } from '../engine/throughput/throughput.ts';

const key = 'throughput';

const isThroughput = (pair: Pair): boolean => isScalar(pair.key) && pair.key.value === key;

/** Sets the key in a text that is YAML, in which nothing else is to change. */
function setIn(text: string, throughput: Throughput): string {
  const document = parseDocument(text);
  const kept = document.getIn([key], true);
  const isSaid = (name: string): boolean => Object.entries(throughput).some(([said]) => said === name);
  // What stays keeps the comment beside it.
  if (isMap(kept)) for (const { key: old } of [...kept.items]) if (!isSaid(String(old))) kept.delete(old);
  if (!isMap(kept)) document.set(key, document.createNode({}));
  for (const work of works) {
    const bytes = throughput[work];
    if (bytes !== undefined) document.setIn([key, work], bytesInWords(bytes));
  }
  for (const name of ['rows', 'measured'] as const)
    if (throughput[name] !== undefined)
      document.setIn([key, name], document.createNode(throughput[name], { flow: true }));
  return document.toString({ lineWidth: 0 });
}

/** The text of a `.lockstep.yml` with another throughput; all else in it stays as it is, comments and layout. */
export function withThroughput(text: string, throughput: Throughput): string {
  const { contents } = parseDocument(text);
  const lineEnd = text.includes('\r\n') ? '\r\n' : '\n';
  const asThere = (block: string): string => block.replace(/\r?\n/g, lineEnd);
  if (isMap(contents) && contents.flow === true) return asThere(setIn(text, throughput));
  const pair = isMap(contents) ? contents.items.find(isThroughput) : undefined;
  if (pair === undefined || !isScalar(pair.key)) {
    const before = text.endsWith('\n') || text === '' ? text : `${text}${lineEnd}`;
    return `${before}${lineEnd}${asThere(setIn('', throughput))}`;
  }
  const start = pair.key.range?.[0] ?? 0;
  const end = rangeEnd(pair.value) ?? text.indexOf(':', start) + 1;
  const written = text.slice(start, end).trimEnd();
  return `${text.slice(0, start)}${asThere(setIn(written, throughput)).trimEnd()}${text.slice(start + written.length)}`;
}

function rangeEnd(node: unknown): number | null {
  const range = typeof node === 'object' && node !== null && 'range' in node ? node.range : null;
  return Array.isArray(range) && typeof range[1] === 'number' ? range[1] : null;
}
