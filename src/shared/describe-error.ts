import type { LockstepError } from './errors.ts';
import { assertNever } from './result.ts';

/** What a button beside an error can do; the window decides how. */
export type RemedyAction =
  | { readonly kind: 'retry' }
  | { readonly kind: 'edit-connection' }
  | { readonly kind: 'enter-password' }
  | { readonly kind: 'choose-connection' }
  | { readonly kind: 'enter-api-key' }
  | { readonly kind: 'open-settings'; readonly section: 'model' | 'export' | 'shadow' }
  | { readonly kind: 'use-built-in-planner' }
  | { readonly kind: 'keep-for-session' }
  | { readonly kind: 'choose-folder' }
  | { readonly kind: 'use-request'; readonly request: string }
  | { readonly kind: 'go-to'; readonly line: number; readonly column: number }
  | { readonly kind: 'show-differences' }
  | { readonly kind: 'open-history' };

/** What goes by without anybody changing the statement: locks, deadlocks, a server that is full, that starts or that stops. */
const passing = /^(55P03|40001|40P01|53...|57P0[1-3])$/;

/** An error in words. `whatHappened` and `whatToDo` are whole sentences; a remedy is there when one button can help. */
export type ErrorDescription = {
  readonly title: string;
  readonly whatHappened: string;
  readonly whatToDo: string;
  readonly remedy?: { readonly label: string; readonly action: RemedyAction };
};

/** Says in plain words what an expected error means and what helps; window, command line and documentation all use it. */
export function describeError(error: LockstepError): ErrorDescription {
  switch (error.code) {
    case 'connection.refused':
      return {
        title: 'Nothing answers at that address',
        whatHappened: `${error.host} refused a connection on port ${error.port}.`,
        whatToDo: 'Check that the server runs and listens there, and that host and port are right.',
        remedy: retry,
      };
    case 'connection.host_unknown':
      return {
        title: 'The host name is not known',
        whatHappened: `No address was found for ${quoted(error.host)}.`,
        whatToDo: 'Check the spelling, and whether this name needs your VPN.',
        remedy: editConnection,
      };
    case 'connection.timeout':
      return {
        title: 'The server did not answer in time',
        whatHappened: `${error.host}, port ${error.port}, did not answer within ${seconds(error.seconds)}.`,
        whatToDo: 'Check the address, the firewall and the VPN, then try again.',
        remedy: retry,
      };
    case 'connection.password_missing':
      return {
        title: 'A password is needed',
        whatHappened: `The server asks user ${quoted(error.user)} for a password, and none is stored.`,
        whatToDo:
          'Enter the password; it is kept in your keychain, or only until Lockstep closes. The command line takes it from PGPASSWORD, .pgpass or the URL.',
        remedy: enterPassword,
      };
    case 'connection.password_rejected':
      return {
        title: 'The server did not accept the password',
        whatHappened: `The server rejected the password of user ${quoted(error.user)}.`,
        whatToDo: 'Enter the password again. If it is right, ask whether the role may log in to this database.',
        remedy: enterPassword,
      };
    case 'connection.role_refused':
      return {
        title: 'The server did not let the role in',
        whatHappened: sentence(`The server answered user ${quoted(error.user)}: ${error.reason}`),
        whatToDo: 'Correct the name of the user, or ask whether the role exists and may log in.',
        remedy: editConnection,
      };
    case 'connection.database_unknown':
      return {
        title: 'There is no such database',
        whatHappened: `The server has no database named ${quoted(error.database)}.`,
        whatToDo: 'Check the name; upper and lower case count.',
        remedy: editConnection,
      };
    case 'connection.tls':
      return {
        title: 'No secure connection could be made',
        whatHappened: sentence(error.reason),
        whatToDo: 'Check the TLS mode of the connection and, for verify-ca and verify-full, the root certificate.',
        remedy: editConnection,
      };
    case 'connection.too_many':
      return {
        title: 'The server has no free connection',
        whatHappened: sentence(error.reason),
        whatToDo: 'Try again in a moment, or close sessions that are no longer needed.',
        remedy: retry,
      };
    case 'connection.lost':
      return {
        title: 'The connection was lost',
        whatHappened: sentence(error.reason),
        whatToDo: 'Lockstep only reads, so nothing was left half done on the server. Try again when it is reachable.',
        remedy: retry,
      };
    case 'connection.version_unsupported':
      return {
        title: 'This server version is not supported',
        whatHappened: `The server is PostgreSQL ${versionText(error.version)}; Lockstep reads versions 12 to 18.`,
        whatToDo: 'Choose a server with a supported version.',
        remedy: chooseConnection,
      };
    case 'connection.uri_invalid':
      return {
        title: 'This is not a connection URI that Lockstep can read',
        whatHappened: sentence(error.reason),
        whatToDo: 'Write it as postgresql://user@host:5432/database, or fill in the fields.',
        remedy: editConnection,
      };
    case 'connection.not_found':
      return {
        title: 'This connection no longer exists',
        whatHappened: `No saved connection has the id ${quoted(error.id)}.`,
        whatToDo: 'Choose another connection, or save it again.',
        remedy: chooseConnection,
      };
    case 'postgres.rejected': {
      const passes = passing.test(error.sqlstate);
      const isLocked = error.sqlstate === '55P03';
      const advice = isLocked
        ? 'Try again when the session that holds the lock has ended its transaction.'
        : passes
          ? 'Try again: what stood in the way may be gone.'
          : 'Change the statement, or ask for the right that is missing.';
      return {
        title: isLocked ? 'Another session holds a lock' : 'PostgreSQL refused a statement',
        whatHappened: sentence(`${error.message} (SQLSTATE ${error.sqlstate})`, error.detail),
        whatToDo: error.hint === undefined ? advice : sentence(error.hint),
        ...(passes ? { remedy: retry } : {}),
      };
    }
    case 'postgres.timeout':
      return {
        title: 'The server stopped a statement that took too long',
        whatHappened: `A statement ran longer than the statement timeout of ${seconds(error.seconds)}.`,
        whatToDo: 'Try again when the server is less busy, or allow more time in the settings.',
        remedy: retry,
      };
    case 'sql.syntax':
      return {
        title: 'The SQL cannot be parsed',
        whatHappened: `Line ${error.line}, column ${error.column}: ${sentence(error.message)}`,
        whatToDo: 'Correct the statement at that place.',
        remedy: { label: 'Go to the place', action: { kind: 'go-to', line: error.line, column: error.column } },
      };
    case 'catalog.snapshot_invalid':
      return {
        title: 'This is not a snapshot of a catalog',
        whatHappened: `${error.path} could not be read as a snapshot: ${sentence(error.reason)}`,
        whatToDo: 'Write the snapshot again with introspect --format json.',
      };
    case 'catalog.schema_file_rejected':
      return {
        title: 'The schema file does not load',
        whatHappened: `${error.path}, line ${error.line}: ${sentence(`${error.message} (SQLSTATE ${error.sqlstate})`)}`,
        whatToDo: 'Correct that statement; the file must load into an empty database.',
      };
    case 'model.key_missing':
      return {
        title: 'There is no API key',
        whatHappened: 'The model cannot be asked without an API key.',
        whatToDo:
          'Enter a key in the settings, or set ANTHROPIC_API_KEY for the command line; or use the built-in planner, which needs none.',
        remedy: enterApiKey,
      };
    case 'model.key_rejected':
      return {
        title: 'The API key was not accepted',
        whatHappened: `The provider rejected the API key${requestNote(error.requestId)}.`,
        whatToDo: 'Enter a valid key, or use the built-in planner.',
        remedy: enterApiKey,
      };
    case 'model.rate_limited':
      return {
        title: 'The provider asks to slow down',
        whatHappened: 'Too many requests, or too many tokens, were sent with this key in a short time.',
        whatToDo:
          error.retryAfterSeconds === null
            ? 'Try again in a minute, or use the built-in planner.'
            : `Try again in ${seconds(error.retryAfterSeconds)}, or use the built-in planner.`,
        remedy: retry,
      };
    case 'model.overloaded':
      return {
        title: 'The provider is overloaded',
        whatHappened: 'The provider could not take the request, even after it was repeated.',
        whatToDo: 'Try again in a few minutes, or use the built-in planner.',
        remedy: useBuiltInPlanner,
      };
    case 'model.unreachable':
      return {
        title: 'The provider cannot be reached',
        whatHappened: `${error.baseUrl} did not answer: ${sentence(error.reason)}`,
        whatToDo: 'Check the network and the base URL in the settings, or use the built-in planner.',
        remedy: useBuiltInPlanner,
      };
    case 'model.timeout':
      return {
        title: 'The model took too long',
        whatHappened: `No complete reply came within ${seconds(error.seconds)}.`,
        whatToDo: 'Try again, ask for a smaller change, or use the built-in planner.',
        remedy: retry,
      };
    case 'model.rejected':
      return {
        title: 'The provider refused the request',
        whatHappened: `Status ${error.status}${requestNote(error.requestId)}: ${sentence(error.message)}`,
        whatToDo: 'Check the models and the base URL in the settings, or use the built-in planner.',
        remedy: { label: 'Open the model settings', action: { kind: 'open-settings', section: 'model' } },
      };
    case 'model.refused':
      return {
        title: 'The model declined to answer',
        whatHappened: sentence(error.message),
        whatToDo: 'Word the request differently, or use the built-in planner.',
        remedy: useBuiltInPlanner,
      };
    case 'model.truncated':
      return {
        title: 'The reply was cut off',
        whatHappened: `The reply reached the limit of ${error.maxOutputTokens} tokens before it was complete.`,
        whatToDo: 'Split the request into smaller changes.',
        remedy: retry,
      };
    case 'model.reply_invalid':
      return {
        title: 'The reply could not be used',
        whatHappened: sentence(`The reply does not have the expected form: ${error.issues.join('; ') || 'no details'}`),
        whatToDo: 'Try again, or use the built-in planner. Your request is kept.',
        remedy: retry,
      };
    case 'model.budget_exceeded':
      return {
        title: 'The spend cap of this month is reached',
        whatHappened: `${dollars(error.spentDollars)} of ${dollars(error.capDollars)} have been spent this month.`,
        whatToDo: 'Raise the cap in the settings, or use the built-in planner, which costs nothing.',
        remedy: { label: 'Open the model settings', action: { kind: 'open-settings', section: 'model' } },
      };
    case 'plan.not_understood': {
      const example = error.examples[0];
      const description = {
        title: 'The built-in planner does not understand this request',
        whatHappened: sentence(error.reason),
        whatToDo:
          example === undefined
            ? 'Word it differently, write the SQL by hand, or enter an API key to ask a model.'
            : `It understands, for example, ${error.examples.map(quoted).join(', ')}. You can also write the SQL by hand, or enter an API key to ask a model.`,
      };
      if (example === undefined) return description;
      return {
        ...description,
        remedy: { label: 'Use the first example', action: { kind: 'use-request', request: example } },
      };
    }
    case 'shadow.unavailable':
      return {
        title: 'No shadow database can be started',
        whatHappened: sentence(error.reason),
        whatToDo: 'Try again; if it stays so, the log in the user-data folder says more. Nothing was proved.',
        remedy: retry,
      };
    case 'shadow.clone_failed':
      return {
        title: 'The catalog could not be copied',
        whatHappened: `${error.object} could not be created in the shadow database: ${sentence(error.message)}`,
        whatToDo: 'Read the catalog again and repeat the shadow run. Nothing was proved.',
        remedy: retry,
      };
    case 'shadow.crashed':
      return {
        title: 'The shadow database stopped',
        whatHappened: sentence(error.reason),
        whatToDo: 'Repeat the shadow run; your own database was not touched. Nothing was proved.',
        remedy: retry,
      };
    case 'shadow.timeout':
      return {
        title: 'The shadow run took too long',
        whatHappened: `It was ended after ${seconds(error.seconds)}.`,
        whatToDo: 'Look for a statement that loops or waits, then repeat the shadow run. Nothing was proved.',
        remedy: retry,
      };
    case 'shadow.no_right':
      return {
        title: 'The role may not create databases',
        whatHappened: `A shadow run on ${error.host} works in a database of its own, and ${error.user} may not create one.`,
        whatToDo: `Ask an administrator of that server for ${error.grant} or for an empty database of that role with a name that begins with lockstep_shadow, and name that one. Or use the embedded shadow. Nothing was proved.`,
        remedy: { label: 'Open the settings of shadow runs', action: { kind: 'open-settings', section: 'shadow' } },
      };
    case 'shadow.not_marked':
      return {
        title: 'This is not a shadow database of Lockstep',
        whatHappened: `${error.database} was left untouched: ${sentence(error.reason)}`,
        whatToDo:
          'A shadow run changes and drops only what Lockstep has marked, and works in a database that was lent only when it is empty.',
        remedy: retry,
      };
    case 'shadow.not_reversible':
      return {
        title: 'The down does not restore the baseline',
        whatHappened: `After up and down the catalog differs in ${counted(error.differences.length, 'place')}.`,
        whatToDo: 'Look at the differences and complete the down.',
        remedy: { label: 'Show the differences', action: { kind: 'show-differences' } },
      };
    case 'secrets.unavailable':
      return {
        title: 'The keychain cannot be used',
        whatHappened: sentence(error.reason),
        whatToDo:
          'Keep the secret for this session only, or start a keychain service such as GNOME Keyring or KWallet.',
        remedy: keepForSession,
      };
    case 'secrets.locked':
      return {
        title: 'The keychain is locked',
        whatHappened: 'The keychain service runs, but its keyring is locked.',
        whatToDo: 'Unlock it and try again, or keep the secret for this session only.',
        remedy: keepForSession,
      };
    case 'secrets.timeout':
      return {
        title: 'The keychain does not answer',
        whatHappened: `The keychain service did not answer within ${seconds(error.seconds)}.`,
        whatToDo: 'Look for a prompt that waits for you, or keep the secret for this session only.',
        remedy: keepForSession,
      };
    case 'disk.full':
      return {
        title: 'The disk is full',
        whatHappened: `There was no room to write ${error.path}.`,
        whatToDo: 'Free some space and try again. What was saved before is still there.',
        remedy: retry,
      };
    case 'disk.denied':
      return {
        title: 'This place may not be written or read',
        whatHappened: `The system denied access to ${error.path}.`,
        whatToDo: 'Choose another folder, or change its permissions.',
        remedy: chooseFolder,
      };
    case 'disk.exists':
      return {
        title: 'A file of that name is already there',
        whatHappened: `${error.path} exists, and Lockstep never overwrites a file.`,
        whatToDo: 'Choose another folder, or move the file away.',
        remedy: chooseFolder,
      };
    case 'disk.not_found':
      return {
        title: 'The file or folder is not there',
        whatHappened: `${error.path} was not found.`,
        whatToDo: 'Check the path, or choose another folder.',
        remedy: chooseFolder,
      };
    case 'disk.failed':
      return {
        title: 'The file could not be written or read',
        whatHappened: `${error.path}: ${sentence(error.reason)}`,
        whatToDo: 'Check the disk, or choose another folder.',
        remedy: chooseFolder,
      };
    case 'history.newer':
      return {
        title: 'The history was written by a newer Lockstep',
        whatHappened: `Its format is ${error.found}; this version knows formats up to ${error.known}.`,
        whatToDo: 'Install the newer version. The history was not changed.',
      };
    case 'history.damaged':
      return {
        title: 'The history file is damaged',
        whatHappened: sentence(error.reason),
        whatToDo: `The damaged file is kept as ${error.path}, for someone to look at; Lockstep begins an empty history.`,
      };
    case 'history.not_found':
      return {
        title: 'This is not in the history',
        whatHappened: `Nothing in the history has the id ${quoted(error.id)}.`,
        whatToDo: 'Open the history and choose another entry.',
        remedy: { label: 'Open the history', action: { kind: 'open-history' } },
      };
    case 'input.invalid':
      return {
        title: 'Something in the input is not valid',
        // A path is the name of a file or an option: it is written as it is.
        whatHappened: error.issues[0]?.path ? stopped(issueText(error.issues)) : sentence(issueText(error.issues)),
        whatToDo: 'Correct it and try again.',
      };
    case 'cancelled':
      return {
        title: 'Cancelled',
        whatHappened: 'The work was stopped as asked.',
        whatToDo: 'Start it again whenever you like.',
        remedy: retry,
      };
    case 'bug':
      return {
        title: 'Something went wrong inside Lockstep',
        whatHappened: `This is a fault in Lockstep. It is in the log under incident ${error.incident}.`,
        whatToDo: 'Try again. If it happens again, report the incident number with what you did.',
        remedy: retry,
      };
    default:
      return assertNever(error);
  }
}

const retry = { label: 'Try again', action: { kind: 'retry' } } as const;
const editConnection = { label: 'Edit the connection', action: { kind: 'edit-connection' } } as const;
const chooseConnection = { label: 'Choose a connection', action: { kind: 'choose-connection' } } as const;
const enterPassword = { label: 'Enter the password', action: { kind: 'enter-password' } } as const;
const enterApiKey = { label: 'Enter an API key', action: { kind: 'enter-api-key' } } as const;
const useBuiltInPlanner = { label: 'Use the built-in planner', action: { kind: 'use-built-in-planner' } } as const;
const keepForSession = { label: 'Keep for this session only', action: { kind: 'keep-for-session' } } as const;
const chooseFolder = { label: 'Choose another folder', action: { kind: 'choose-folder' } } as const;

const quoted = (text: string): string => `“${text}”`;
const dollars = (amount: number): string => `$${amount.toFixed(2)}`;
const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;
const seconds = (count: number): string => counted(Math.round(count * 10) / 10, 'second');
const requestNote = (id: string | null): string => (id === null ? '' : ` (request ${id})`);
const versionText = (version: number): string => `${Math.floor(version / 10_000)}.${version % 10_000}`;

const issueText = (issues: readonly { readonly path: string; readonly message: string }[]): string =>
  issues.map(({ path, message }) => (path === '' ? message : `${path}: ${message}`)).join('; ') || 'No details';

const stopped = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`);

/** Texts from elsewhere become whole sentences: a capital first unless a name begins them, a full stop last. */
function sentence(...parts: readonly (string | undefined)[]): string {
  return parts
    .map((part) => part?.trim() ?? '')
    .filter((part) => part !== '')
    .map((part) => stopped(part.replace(/^[a-z](?=[a-z]*[\s,:])/, (letter) => letter.toUpperCase())))
    .join(' ');
}
