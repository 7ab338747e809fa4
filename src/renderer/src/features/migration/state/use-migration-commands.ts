import { Eye, FlaskConical, Play, Save, TriangleAlert, Zap } from 'lucide-react';
import { useMemo, useRef } from 'react';
import { type Command, useCommands } from '../../../state/commands.ts';
import { shortcuts } from '../../../state/shortcuts.ts';

/** What the keyboard and the palette can do on the migration screen. */
export type MigrationActions = {
  readonly validate: () => void;
  readonly save: () => void;
  readonly runShadow: () => void;
  readonly review: () => void;
  readonly goToFinding: (step: 1 | -1) => void;
  readonly fixHere: () => void;
};

/** Registers the migration's commands while its tab is in front. */
export function useMigrationCommands(actions: MigrationActions): void {
  const newest = useRef(actions);
  newest.current = actions;
  const commands = useMemo<readonly Command[]>(() => {
    const group = 'This migration' as const;
    return [
      {
        id: 'migration.validate',
        title: 'Validate',
        group,
        icon: Play,
        shortcut: shortcuts.validate,
        run: () => newest.current.validate(),
      },
      {
        id: 'migration.save',
        title: 'Save',
        group,
        icon: Save,
        shortcut: shortcuts.save,
        run: () => newest.current.save(),
      },
      {
        id: 'migration.shadow',
        title: 'Run on a shadow database',
        group,
        icon: FlaskConical,
        run: () => newest.current.runShadow(),
      },
      {
        id: 'migration.review',
        title: 'Review this version',
        group,
        icon: Eye,
        shortcut: shortcuts.review,
        run: () => newest.current.review(),
      },
      {
        id: 'migration.next',
        title: 'Next finding',
        group,
        icon: TriangleAlert,
        shortcut: shortcuts.nextFinding,
        run: () => newest.current.goToFinding(1),
      },
      {
        id: 'migration.previous',
        title: 'Finding before',
        group,
        shortcut: shortcuts.previousFinding,
        run: () => newest.current.goToFinding(-1),
      },
      {
        id: 'migration.fix',
        title: 'Fix the finding at the caret',
        group,
        icon: Zap,
        shortcut: shortcuts.fixFinding,
        run: () => newest.current.fixHere(),
      },
    ];
  }, []);
  useCommands(commands);
}
