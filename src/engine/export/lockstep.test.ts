import { describe, expect, it } from 'vitest';
import type { Draft } from '../generate/draft.ts';
import type { ExportInput } from './export-target.ts';
import { lockstep } from './lockstep.ts';
import { lockstepFileSchema } from './lockstep-file.ts';

const draft: Draft = {
  planner: 'built-in',
  slug: 'add_email_verified_to_users',
  title: 'Add email_verified to users',
  up: 'ALTER TABLE public.users ADD COLUMN email_verified boolean;',
  down: 'ALTER TABLE public.users DROP COLUMN email_verified;',
  assumptions: ['The column may be null.'],
  questions: [],
  risks: [],
  estimatedLockTime: null,
  receipt: null,
};

const input: ExportInput = {
  request: 'add email_verified boolean to users',
  draft,
  baseFingerprint: 'abc',
  portableBaseFingerprint: 'def',
  validation: null,
  shadowRun: null,
  at: '2026-03-18T15:20:00+01:00',
};

const files = (change: Partial<ExportInput> = {}) => lockstep.files({ ...input, ...change });

describe('the plain file triple', () => {
  it('is named by the time in UTC and the slug', () => {
    expect(files().map((file) => file.path)).toEqual([
      '20260318142000_add_email_verified_to_users.up.sql',
      '20260318142000_add_email_verified_to_users.down.sql',
      '20260318142000_add_email_verified_to_users.lockstep.json',
    ]);
  });

  it('has LF line ends, no byte order mark and one final newline', () => {
    const [up] = files({ draft: { ...draft, up: '\uFEFF-- été 😀\r\nSELECT 1;\r\n\r\n' } });
    expect(up?.contents).toBe('-- été 😀\nSELECT 1;\n');
  });

  it('never writes a file of no bytes', () => {
    const [, down] = files({ draft: { ...draft, down: '  \n' } });
    expect(down?.contents).toBe('-- There is no way back: no down was written.\n');
  });

  it('repairs a slug that a person or a model made unfit for a file name', () => {
    const [up] = files({ draft: { ...draft, slug: '2 Füße/../ & more' } });
    expect(up?.path).toBe('20260318142000_m_2_fu_e_more.up.sql');
  });

  it('says where the SQL comes from, and that it was not validated', () => {
    const json = lockstepFileSchema.parse(JSON.parse(files()[2]?.contents ?? ''));
    expect(json).toMatchObject({
      request: input.request,
      planner: 'built-in',
      model: null,
      promptVersion: null,
      baseFingerprint: 'abc',
      portableBaseFingerprint: 'def',
      usage: null,
      findings: null,
      shadowRun: null,
      createdAt: '2026-03-18T14:20:00.000Z',
    });
  });

  it('sums what the model calls used and names the model that wrote last', () => {
    const call = { inputTokens: 100, outputTokens: 10, cacheReadTokens: 5, cacheWriteTokens: 1, milliseconds: 9 };
    const json = lockstepFileSchema.parse(
      JSON.parse(
        files({
          draft: {
            ...draft,
            planner: 'anthropic',
            receipt: {
              models: [
                { ...call, purpose: 'choose tables', model: 'small', requestId: null },
                { ...call, purpose: 'write', model: 'large', requestId: 'r' },
              ],
              promptVersion: 'write-migration.v1',
              tablesSent: [],
              redacted: [],
              costDollars: 0.5,
              milliseconds: 18,
            },
          },
        })[2]?.contents ?? '',
      ),
    );
    expect(json.model).toBe('large');
    expect(json.promptVersion).toBe('write-migration.v1');
    expect(json.usage).toEqual({
      inputTokens: 200,
      outputTokens: 20,
      cacheReadTokens: 10,
      cacheWriteTokens: 2,
      costDollars: 0.5,
    });
  });

  it('gives the same bytes for the same input', () => {
    expect(files()).toEqual(files());
  });
});
