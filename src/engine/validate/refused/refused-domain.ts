import { as, nameOfParts, strings } from '../../sql/nodes.ts';
import { quoteIdentifier } from '../../sql/quote-identifier.ts';
import type { CheckContext } from '../rule.ts';
import { shown } from '../wording.ts';
import type { Refusal } from './refusal.ts';

/** A constraint of a domain that is to go or to be validated, and is not there. */
export const refusedDomain = (context: CheckContext): readonly Refusal[] => {
  const alter = as(context.statement.node, 'AlterDomainStmt');
  const written = nameOfParts(strings(alter?.typeName));
  const domain = context.database.type(written);
  if (domain?.kind !== 'domain' || alter?.missing_ok === true) return [];
  const names = alter?.subtype === 'X' || alter?.subtype === 'V';
  return !names || domain.constraints.some(({ name }) => name === alter?.name)
    ? []
    : [
        {
          range: context.source.range,
          sqlstate: '42704',
          reason: `${shown(written)} has no constraint ${quoteIdentifier(alter?.name ?? '')}`,
        },
      ];
};
