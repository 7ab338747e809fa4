import { Check, Info, TriangleAlert, X } from 'lucide-react';
import { Icon } from '../../../components/icon.tsx';
import type { ProofFact } from '../model/proof-facts.ts';
import './fact-list.css';

const icons = { ok: Check, note: Info, warning: TriangleAlert, error: X } as const;
const tones = { ok: 'text-ok', note: 'text-3', warning: 'text-warn', error: 'text-bad' } as const;

/** Lines of evidence, each with its weight as a shape. */
export function FactList({ facts }: { readonly facts: readonly ProofFact[] }) {
  return (
    <ul className="fact-list">
      {facts.map((fact) => (
        <li key={fact.title + fact.text}>
          <Icon className={tones[fact.tone]} of={icons[fact.tone]} size={14} />
          <span>
            <b>{fact.title}</b> {fact.text}
          </span>
        </li>
      ))}
    </ul>
  );
}
