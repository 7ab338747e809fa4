const toBigint = /^column .* (?:type|default): |^sequence .* (?:type|maximum|minimum): /;
const toJsonb = /^column .* (?:type: json|default: .*json)/;
const leftUnchecked = /^constraint .* validated: null -> NOT VALID$/;

/** Differences that a fix leaves on purpose, and why; `outlastsDown` where a down need not take them back. */
type Meant = { readonly differences: RegExp; readonly why: string; readonly outlastsDown?: true };

/** What fixes change on purpose, by rule. */
export const meant: Readonly<Record<string, Meant>> = {
  'add-column-generated-stored': { differences: /generated: stored -> virtual$/, why: 'computed when it is read' },
  'add-column-volatile-default': { differences: /^rows of .* -> (?:null,?)+$/, why: 'old rows are filled in batches' },
  'adding-check-constraint': { differences: leftUnchecked, why: 'the transaction of a runner ends with the file' },
  'adding-foreign-key-constraint': {
    differences: leftUnchecked,
    why: 'the transaction of a runner ends with the file',
  },
  'adding-json-column': { differences: toJsonb, why: 'json has no equality' },
  'adding-required-field': { differences: /^column .*brand_new.* not null: /, why: 'old rows have no value' },
  'generated-always-rejects-explicit': { differences: /identity: always -> by default$/, why: 'inserts give values' },
  'gin-on-jsonb-default-opclass': { differences: /^index .* keys: .*jsonb_path_ops/, why: 'a smaller index' },
  'hash-index': { differences: /^index .* method: USING hash -> USING btree$/, why: 'a B-tree serves more' },
  'invalid-index-after-failed-concurrently': {
    differences: /^index .* changed (?:valid|keys|unique|predicate): /,
    why: 'it did nothing',
  },
  'missing-foreign-key-index': { differences: /^index .* added : null -> CREATE INDEX/, why: 'it is what is missing' },
  'prefer-bigint-over-int': { differences: toBigint, why: 'a wider type' },
  'prefer-bigint-over-smallint': { differences: toBigint, why: 'a wider type' },
  'prefer-jsonb': { differences: toJsonb, why: 'another type' },
  'renaming-table': { differences: /^view .* added :/, why: 'old code reads the view' },
  'replace-view-loses-options': { differences: /^view .* changed option /, why: 'the options stay' },
  'require-concurrent-partition-detach': {
    differences: /^constraint .*_check added : null -> CHECK/,
    why: 'PostgreSQL leaves the bound as a check',
    outlastsDown: true,
  },
  'security-definer-search-path': {
    differences: /^(?:function|procedure) .* settings: null -> SET search_path/,
    why: 'it is what is missing',
  },
  'sequence-type-stays-int': { differences: /^sequence .* (?:type|maximum): /, why: 'a wider type' },
  'short-integer-primary-key': { differences: toBigint, why: 'a wider type' },
  'specialised-index-advice': { differences: /^index .* method: USING btree -> USING gi[ns]t?$/, why: 'another kind' },
  'unique-instead-of-primary-key': {
    differences:
      /^(?:constraint|index) .*(?:removed : .*UNIQUE|pkey"* added : |changed (?:columns: UNIQUE|kind: unique))/,
    why: 'a primary key',
  },
};

/** What a fix may bring to light, because it says more plainly what was meant all along. */
export const consequences: Readonly<Record<string, readonly string[]>> = {
  // What was refused so far has consequences of its own.
  'adding-required-field': [
    'adding-check-constraint',
    'adding-foreign-key-constraint',
    'add-column-constrained-domain',
  ],
  'drop-index-backing-constraint': [
    'drop-primary-key',
    'drop-constraint',
    'large-or-hot-table-ddl',
    'require-lock-timeout',
  ],
  'pending-trigger-events': ['lock-upgrade-in-transaction'],
};
