import type { Catalog } from '../catalog/catalog.ts';
import { byObject } from '../sql/by-object.ts';
import type { ReferenceContext } from '../sql/references/surroundings.ts';
import { parseType } from '../sql/type-name.ts';
import { catalogView } from './catalog-view.ts';
import { isNeverAssigned } from './refused/assignment.ts';
import { refusedValue } from './refused/refused-value.ts';

/** A text that the server may read as a moment: some digit, or a word that stands for one. */
const momentText = /\d|^\s*(?:now|today|tomorrow|yesterday|epoch|[-+]?infinity)\s*$/i;

/** What a server with the catalog refuses to assign, for the reading of queries. */
export const refusesIn: (catalog: Catalog) => NonNullable<ReferenceContext['refuses']> = byObject(
  20,
  (catalog: Catalog) => {
    const database = catalogView(catalog);
    return (value, to) => {
      const type = parseType(to);
      if (type === null) return null;
      const known = type.array ? undefined : database.type(type)?.kind;
      const isMoment = !type.array && type.schema === null && /^(?:date|timestamp|timestamptz)$/.test(type.name);
      if ('text' in value) {
        const isWrong = known === 'composite' ? !/^\s*\(/.test(value.text) : isMoment && !momentText.test(value.text);
        if (isWrong) return `'${value.text}' is no value of ${to}`;
        const refused = refusedValue({ A_Const: { sval: { sval: value.text } } }, type, database);
        return refused === null || !/^(?:22P02|22008)$/.test(refused.sqlstate) ? null : refused.reason;
      }
      const from = value.type.includes('.') ? parseType(value.type) : null;
      if (from !== null && database.type(from)?.kind !== 'enum') return null;
      const isScalar = from === null ? !value.type.endsWith('[]') : !from.array;
      if (isScalar && (known === 'composite' || (from !== null && type.array)))
        return `what is of type ${value.type} cannot be assigned to ${to}`;
      const word = from === null ? value.type : `enum${from.array ? '[]' : ''}`;
      return isNeverAssigned(word, type, database) ? `what is of type ${value.type} cannot be assigned to ${to}` : null;
    };
  },
);
