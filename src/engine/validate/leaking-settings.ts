/** Settings that change what statements mean or may do, for whoever gets the connection next, and what that is. */
export const leakingSettings: ReadonlyMap<string, string> = new Map([
  ['search_path', 'no table is found without its schema'],
  ['role', 'it has other privileges'],
  ['session_authorization', 'it is another user'],
  ['session_replication_role', 'triggers and foreign keys do not fire'],
  ['row_security', 'queries that policies would filter fail'],
  ['default_transaction_read_only', 'it cannot write'],
  ['default_transaction_isolation', 'its transactions see other rows'],
  ['default_tablespace', 'new tables go elsewhere'],
  ['default_table_access_method', 'new tables are of another kind'],
  ['timezone', 'times are read and shown otherwise'],
  ['datestyle', 'dates are read and shown otherwise'],
  ['synchronous_commit', 'commits are not safe on disk'],
]);
