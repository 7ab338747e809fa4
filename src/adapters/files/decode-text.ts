import { isUtf8 } from 'node:buffer';

const byteOrderMark = /^\uFEFF/;

/** The text of a file without its byte order mark; null when its bytes are not UTF-8, the only encoding that is read. */
export const decodeText = (bytes: Uint8Array): string | null =>
  isUtf8(bytes)
    ? Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8').replace(byteOrderMark, '')
    : null;

/** Why `decodeText` gave nothing, for the person whose file it is. */
export const notUtf8 = 'it is not UTF-8; convert it, for example with iconv';
