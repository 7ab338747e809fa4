import { tokensOf } from '../../engine/sql/tokens.ts';

/** First words of statements that read; of these, `begin` and `start` must say `read only`. */
const readingWords: ReadonlySet<string> = new Set([
  'select',
  'with',
  'values',
  'table',
  'show',
  'explain',
  'begin',
  'start',
  'savepoint',
  'release',
  'rollback',
  'commit',
  'end',
]);

/**
 * Functions that do more than read although a read-only transaction lets them: they act on the server, its files, other
 * sessions, or through a connection of their own.
 */
const actingFunction =
  /^(dblink\w*|lo_\w+|loread|lowrite|pg_read_\w*file|pg_file_\w+|pg_ls_\w+|pg_stat_file|pg_terminate_backend|pg_reload_conf|pg_rotate_logfile|pg_switch_wal|pg_promote|pg_create_\w+|pg_drop_\w+|pg_copy_\w+|pg_replication_\w+|pg_logical_\w+|pg_(try_)?advisory_\w+|pg_notify|pg_stat_reset\w*|pg_start_backup|pg_backup_start|pg_wal_replay_\w+|pg_log_\w+|nextval|setval|query_to_\w+|cursor_to_\w+)$/;

/**
 * Why a statement may not be sent over a read-only session, or null when it may. This is the last of four layers and
 * knows nothing about views or functions that people wrote; the server's own read-only mode does.
 */
export function readOnlyObjection(text: string): string | null {
  const words: string[] = [];
  let statements = 0;
  let inStatement = false;
  for (const token of tokensOf(text)) {
    const part = text.slice(token.start, token.end);
    if (token.kind === 'space' || token.kind === 'comment') continue;
    if (part === ';') {
      inStatement = false;
      continue;
    }
    if (!inStatement) statements += 1;
    inStatement = true;
    // A name in quotes is the same function.
    words.push(part.toLowerCase().replace(/^"(.*)"$/s, '$1'));
  }
  if (statements === 0) return 'it is empty';
  if (statements > 1) return 'it holds more than one statement';
  const [first = ''] = words;
  if (!readingWords.has(first)) return `${first.toUpperCase()} does more than read`;
  if ((first === 'begin' || first === 'start') && !words.join(' ').endsWith('read only')) {
    return 'a transaction of this session must be read only';
  }
  if (first === 'explain' && words.some((word) => word === 'analyze' || word === 'analyse')) {
    return 'EXPLAIN ANALYZE runs the statement';
  }
  // The escapes of such a name could spell any function.
  if (words.some((word) => word.startsWith('u&"'))) return 'it has a name with Unicode escapes';
  if (words.some((word, index) => word === 'set_config' && !setsForTransaction(words.slice(index + 1)))) {
    return 'set_config() may only change harmless settings, and only until the transaction ends';
  }
  const acting = words.find((word, index) => words[index + 1] === '(' && actingFunction.test(word));
  return acting === undefined ? null : `${acting}() does more than read`;
}

/** Settings that decide what the session may do. */
const guardedSetting = /read_only|^'?(role|session_authorization|session_replication_role)/;

function setsForTransaction([open, name = '', comma, , secondComma, local, close]: readonly string[]): boolean {
  const shape = open === '(' && comma === ',' && secondComma === ',' && local === 'true' && close === ')';
  return shape && /^'[a-z_]+'$/.test(name) && !guardedSetting.test(name);
}
