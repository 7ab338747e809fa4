import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { whatDiffers } from '../model/proof-facts.ts';
import { shadowReportOf } from '../model/shadow-fixture.ts';
import { ProofStrip } from './proof-strip.tsx';

it('shows at which step a run stopped, and compares nothing with steps that never ran', () => {
  const whole = shadowReportOf();
  const [baseline, up] = whole.steps;
  if (!baseline || !up) throw new Error('the report has no steps');
  const error = { message: 'column "nope" does not exist', sqlstate: '42703', line: 1, column: 1 };
  const stopped = shadowReportOf({ steps: [baseline, { ...up, error }] });
  const text = renderToStaticMarkup(createElement(ProofStrip, { report: stopped })).replaceAll(/<[^>]+>/g, ' ');
  expect(text).toMatch(/Up\s.*stopped by an error\s.*Down\s.*not run\s.*Up again\s.*not run/);
  expect(renderToStaticMarkup(createElement(ProofStrip, { report: whole }))).not.toContain('stopped by an error');
  expect([whatDiffers(whole), whatDiffers(stopped)]).toEqual([
    'Baseline and down differ',
    'What the up left when it stopped, before any down',
  ]);
});
