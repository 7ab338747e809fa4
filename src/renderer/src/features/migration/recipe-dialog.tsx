import { useState } from 'react';
import type { Recipe, RecipeStep } from '../../../../engine/recipes/recipe.ts';
import type { ConnectionId } from '../../../../shared/ids.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { SqlText } from '../../components/sql-text.tsx';
import { useNewMigrations } from '../../state/use-new-migrations.ts';
import { countOf } from '../schema/quantities.ts';
import './recipe-dialog.css';

function Step({ step, number }: { readonly step: RecipeStep; readonly number: number }) {
  return (
    <>
      {step.before === null ? null : (
        <li className="recipe-before">
          <span className="eyebrow">In the application</span>
          <p>{step.before}</p>
        </li>
      )}
      <li className="recipe-step">
        <h3>
          <span className="recipe-number">{number}</span>
          {step.title}
        </h3>
        <details>
          <summary>Up</summary>
          <SqlText label={`Up of step ${number}`} sql={step.up} />
        </details>
        <details>
          <summary>Down</summary>
          <SqlText label={`Down of step ${number}`} sql={step.down} />
        </details>
      </li>
    </>
  );
}

/** The migrations that take the place of one that cannot be safe, in their order, before they are made. */
export function RecipeDialog({
  recipe,
  connectionId,
  onClose,
}: {
  readonly recipe: Recipe;
  readonly connectionId: ConnectionId;
  readonly onClose: () => void;
}) {
  const make = useNewMigrations();
  const [making, setMaking] = useState(false);
  const count = recipe.steps.length;
  const start = async (): Promise<void> => {
    setMaking(true);
    await make(
      connectionId,
      recipe.steps.map(({ title, before, up, down }, index) => ({
        title: `${index + 1} of ${count}: ${title}`,
        up: before === null ? up : `-- Before this migration: ${before.replaceAll(/\s+/g, ' ')}\n\n${up}`,
        down,
      })),
    );
    onClose();
  };
  return (
    <Dialog
      footer={
        <>
          <Button onPress={onClose}>Cancel</Button>
          <Button
            autoFocus
            lockedReason={making ? 'The migrations are being made' : null}
            onPress={() => void start()}
            variant="primary"
          >
            {`Make ${countOf(count, 'migration')}`}
          </Button>
        </>
      }
      onClose={onClose}
      title={recipe.title}
      width="wide"
    >
      <p className="text-2">
        No single migration does this without stopping the application. These do, one after the other; this migration
        stays as it is.
      </p>
      {recipe.notes.map((note) => (
        <p key={note}>{note}</p>
      ))}
      <ol className="recipe-steps">
        {recipe.steps.map((step, index) => (
          <Step key={step.slug} number={index + 1} step={step} />
        ))}
      </ol>
    </Dialog>
  );
}
