import { Zap } from 'lucide-react';
import type { Finding } from '../../../../../engine/validate/report.ts';
import { Button } from '../../../components/button.tsx';
import { FindingBlock } from '../../../components/finding-block.tsx';
import { shortcuts } from '../../../state/shortcuts.ts';
import { asSentence } from '../model/as-sentence.ts';

/** A finding under its statement: what, why it hurts here, and the fix. */
export function InlineFinding({ finding, onFix }: { readonly finding: Finding; readonly onFix: () => void }) {
  return (
    <FindingBlock
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
      {finding.why} <span className="text-3">{finding.rule}</span>
    </FindingBlock>
  );
}
