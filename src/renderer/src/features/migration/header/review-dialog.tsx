import { useState } from 'react';
import { Checkbox } from 'react-aria-components';
import type { Environment } from '../../../../../shared/connection-profile.ts';
import { Button } from '../../../components/button.tsx';
import { Dialog } from '../../../components/dialog.tsx';
import { EnvironmentMark } from '../../../components/environment-mark.tsx';
import './review-dialog.css';

/** The checklist before a version counts as reviewed: what was checked, and what is accepted with open eyes. */
export function ReviewDialog({
  version,
  environment,
  connectionName,
  points,
  facts,
  isPending,
  onReview,
  onClose,
}: {
  readonly version: number;
  readonly environment: Environment;
  readonly connectionName: string;
  /** Each has to be ticked. */
  readonly points: readonly string[];
  /** What was found out, one line each. */
  readonly facts: readonly string[];
  readonly isPending: boolean;
  readonly onReview: () => void;
  readonly onClose: () => void;
}) {
  const [accepted, setAccepted] = useState<ReadonlySet<string>>(new Set());
  const open = points.filter((point) => !accepted.has(point)).length;
  return (
    <Dialog
      footer={
        <>
          <Button onPress={onClose}>Cancel</Button>
          <Button
            autoFocus={points.length === 0}
            isPending={isPending}
            lockedReason={open > 0 ? `${open === 1 ? 'One point is' : `${open} points are`} not accepted yet` : null}
            onPress={onReview}
            variant="primary"
          >
            {`Mark version ${version} as reviewed`}
          </Button>
        </>
      }
      onClose={onClose}
      title={`Review version ${version}`}
    >
      <p className="row">
        <EnvironmentMark environment={environment} isLoud />
        <b className="text-medium">{connectionName}</b>
      </p>
      <ul className="review-facts">
        {facts.map((fact) => (
          <li key={fact}>{fact}</li>
        ))}
      </ul>
      {points.length === 0 ? (
        <p className="text-2">Nothing is left open.</p>
      ) : (
        <fieldset className="review-points">
          <legend className="eyebrow">You accept</legend>
          {points.map((point) => (
            <Checkbox
              className="review-check"
              isSelected={accepted.has(point)}
              key={point}
              onChange={(selected) =>
                setAccepted((old) => new Set(selected ? [...old, point] : [...old].filter((other) => other !== point)))
              }
            >
              <span aria-hidden="true" className="review-box" />
              {point}
            </Checkbox>
          ))}
        </fieldset>
      )}
    </Dialog>
  );
}
