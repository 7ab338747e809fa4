import { Zap } from 'lucide-react';
import { useState } from 'react';
import type { Finding } from '../../../../../engine/validate/report.ts';
import { Button } from '../../../components/button.tsx';
import { FindingBlock } from '../../../components/finding-block.tsx';
import { openDialog } from '../../../state/dialogs.ts';
import { shortcuts } from '../../../state/shortcuts.ts';
import { asSentence } from '../model/as-sentence.ts';

/**
 * A finding under its statement: what, in two lines why it hurts here, and the fix; the Findings tab says all of it. Of
 * several under one statement only the heaviest is open at first, so that the next statement stays in sight.
 */
export function InlineFinding({
  finding,
  isHeaviest,
  onFix,
}: {
  readonly finding: Finding;
  readonly isHeaviest: boolean;
  readonly onFix: () => void;
}) {
  const [isOpen, setOpen] = useState(isHeaviest);
  const fold = { isOpen, onToggle: () => setOpen(!isOpen) };
  return (
    <FindingBlock
      {...(isHeaviest ? {} : { fold })}
      actions={
        finding.fix === null ? undefined : (
          <Button icon={Zap} onPress={onFix} shortcut={shortcuts.fixFinding} showShortcut size="small">
            {finding.fix.title}
          </Button>
        )
      }
      title={asSentence(finding.message)}
      tone={finding.severity}
    >
      <button
        className="inline-finding-rule"
        onClick={() => openDialog({ kind: 'rules', ruleId: finding.rule })}
        title="About this rule"
        type="button"
      >
        {finding.rule}
      </button>
      <span className="inline-finding-why" title={finding.why}>
        {finding.why}
      </span>
    </FindingBlock>
  );
}
