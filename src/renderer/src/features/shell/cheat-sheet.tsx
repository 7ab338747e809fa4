import { Dialog } from '../../components/dialog.tsx';
import { Kbd } from '../../components/kbd.tsx';
import { closeDialog } from '../../state/dialogs.ts';
import { cheatSheet, shortcuts } from '../../state/shortcuts.ts';
import './cheat-sheet.css';

/** Every shortcut in one dialog. */
export function CheatSheet() {
  return (
    <Dialog onClose={closeDialog} title="Keyboard shortcuts" width="wide">
      <div className="cheat-sheet">
        {cheatSheet.map((group) => (
          <section key={group.title}>
            <h3 className="eyebrow">{group.title}</h3>
            <dl className="cheat-sheet-list">
              {group.rows.map((row) => (
                <div className="cheat-sheet-row" key={row.name}>
                  <dt>{row.does}</dt>
                  <dd>
                    <Kbd apart shortcut={shortcuts[row.name]} />
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <p className="text-2 text-small">
        Applying a migration has no shortcut, on purpose: it stays a deliberate gesture.
      </p>
    </Dialog>
  );
}
