import { Search } from 'lucide-react';
import { useMemo, useState } from 'react';
import { ListBox, ListBoxItem } from 'react-aria-components';
import type { RuleCard } from '../../../../shared/rule-card.ts';
import { Dialog } from '../../components/dialog.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { TextField } from '../../components/text-field.tsx';
import { useRequest } from '../../ipc/use-request.ts';
import { closeDialog } from '../../state/dialogs.ts';
import { findRules } from './find-rules.ts';
import { RulePage } from './rule-page.tsx';
import './rules-dialog.css';

const words = { error: 'error', warning: 'warning', info: 'note' } as const;

function RuleRow({ rule }: { readonly rule: RuleCard }) {
  return (
    <ListBoxItem className="rule-row" id={rule.id} textValue={rule.id}>
      <span className="rule-row-id">{rule.id}</span>
      <span className={`rule-row-weight rule-weight-${rule.severity}`}>
        {rule.optIn ? 'strict only' : words[rule.severity]}
      </span>
      <small className="rule-row-title">{rule.title}</small>
    </ListBoxItem>
  );
}

/** Every rule with its explanation, found by id or by words; `ruleId` is the one that is shown first. */
export function RulesDialog({ ruleId }: { readonly ruleId: string | null }) {
  const { data: rules, error, refetch } = useRequest('rules.list', {});
  const [query, setQuery] = useState('');
  const [chosen, setChosen] = useState(ruleId);
  const found = useMemo(() => findRules(rules ?? [], query), [rules, query]);
  const shown = found.find(({ id }) => id === chosen) ?? found[0];
  return (
    <Dialog onClose={closeDialog} title="What the rules look for" width="wide">
      {error === null ? null : <ErrorNotice error={error} remedies={{ retry: refetch }} />}
      <div className="rules">
        <div className="rules-list">
          <TextField
            autoFocus
            icon={Search}
            label="Find a rule"
            layout="hidden"
            onChange={setQuery}
            placeholder="Find by id or by words"
            type="search"
            value={query}
          />
          <p aria-live="polite" className="text-small text-2">
            {found.length === 1 ? '1 rule' : `${found.length} rules`}
          </p>
          <ListBox
            aria-label="Rules"
            className="rules-found"
            disallowEmptySelection
            items={found}
            onSelectionChange={(keys) => {
              if (keys !== 'all') setChosen(String([...keys][0] ?? ''));
            }}
            renderEmptyState={() => <p className="text-2">No rule speaks of that.</p>}
            selectedKeys={shown ? [shown.id] : []}
            selectionBehavior="replace"
            selectionMode="single"
          >
            {(rule) => <RuleRow rule={rule} />}
          </ListBox>
        </div>
        {shown ? <RulePage key={shown.id} rule={shown} /> : null}
      </div>
    </Dialog>
  );
}
