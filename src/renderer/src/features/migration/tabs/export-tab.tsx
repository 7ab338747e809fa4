import { FolderOpen, FolderOutput, SquareArrowOutUpRight } from 'lucide-react';
import { useState } from 'react';
import type { LockstepError } from '../../../../../shared/errors.ts';
import type { MigrationId } from '../../../../../shared/ids.ts';
import { Button } from '../../../components/button.tsx';
import { ErrorNotice } from '../../../components/error-notice.tsx';
import { FindingBlock } from '../../../components/finding-block.tsx';
import { request } from '../../../ipc/client.ts';
import { useRequest } from '../../../ipc/use-request.ts';
import { showError } from '../../../state/show-error.ts';
import './export-tab.css';

type Written = { readonly directory: string; readonly files: readonly string[] };

/** The part of a file name that may be cut on the screen; `.up.sql` may not. */
const stem = (path: string): string => path.replace(/\.(up|down)\.sql$|\.[^.]+\.json$|\.[^.]+$/, '');

/** The exact files, the folder they go to, and what was written. */
export function ExportTab({
  id,
  locked,
}: {
  readonly id: MigrationId /** Why it cannot be written now, or null. */;
  readonly locked: string | null;
}) {
  const { data: preview, error: previewError } = useRequest('export.preview', { id });
  const remembered = useRequest('settings.get', {}).data?.exportDirectory ?? null;
  const [chosen, setChosen] = useState<string | null>(null);
  const [shown, setShown] = useState(0);
  const [writing, setWriting] = useState(false);
  const [written, setWritten] = useState<Written | null>(null);
  const [error, setError] = useState<LockstepError | null>(null);
  const directory = chosen ?? remembered;
  const files = preview?.files ?? [];
  const file = files[Math.min(shown, files.length - 1)];

  const choose = async (): Promise<void> => {
    const answer = await request('export.chooseDirectory', {});
    if (!answer.ok) showError(answer.error);
    else if (answer.value.directory !== null) {
      setChosen(answer.value.directory);
      setError(null);
    }
  };
  const write = async (): Promise<void> => {
    if (directory === null) return;
    setWriting(true);
    const answer = await request('export.write', { id, directory });
    setWriting(false);
    if (answer.ok) {
      setError(null);
      setWritten({ directory, files: answer.value.files });
    } else setError(answer.error);
  };
  const reveal = async (path: string): Promise<void> => {
    const answer = await request('export.reveal', { path });
    if (!answer.ok) showError(answer.error);
  };

  return (
    <div className="export-tab">
      <div className="export-side">
        {written ? (
          <div role="status">
            <FindingBlock
              actions={
                <Button
                  icon={SquareArrowOutUpRight}
                  onPress={() => void reveal(written.files[0] ?? written.directory)}
                  size="small"
                >
                  Show in folder
                </Button>
              }
              title={`Written: ${written.files.length} files.`}
              tone="ok"
            >
              {written.directory}
            </FindingBlock>
          </div>
        ) : null}
        {previewError ? <ErrorNotice error={previewError} /> : null}
        {error ? (
          <ErrorNotice error={error} remedies={{ 'choose-folder': () => void choose(), retry: () => void write() }} />
        ) : null}
        <p className="eyebrow">Files</p>
        <ul>
          {files.map((each, index) => (
            <li key={each.path}>
              <button
                aria-pressed={file === each}
                className="export-file mono"
                onClick={() => setShown(index)}
                type="button"
              >
                <span className="text-ellipsis">{stem(each.path)}</span>
                {each.path.slice(stem(each.path).length)}
              </button>
            </li>
          ))}
        </ul>
        <div className="row">
          <Button icon={FolderOpen} onPress={() => void choose()} size="small">
            Choose folder…
          </Button>
          <Button
            icon={FolderOutput}
            isPending={writing}
            lockedReason={
              locked ??
              (directory === null ? 'Choose a folder first' : files.length === 0 ? 'There is nothing to write' : null)
            }
            onPress={() => void write()}
            size="small"
            variant="primary"
          >
            {files.length > 0 ? `Write ${files.length} files` : 'Write files'}
          </Button>
        </div>
        <p className="text-small text-2 export-folder">
          {directory ?? 'No folder chosen yet. Existing files are never overwritten.'}
        </p>
      </div>
      <textarea
        aria-label={file ? `Contents of ${file.path}` : 'Contents'}
        className="export-contents"
        readOnly
        value={file?.contents ?? ''}
      />
    </div>
  );
}
