import { Check, Circle } from 'lucide-react';
import { Cell, Column, Row, Table, TableBody, TableHeader } from 'react-aria-components';
import type { ConnectionId } from '../../../../shared/ids.ts';
import type { ConnectionListItem } from '../../../../shared/ipc/contract.ts';
import { EnvironmentMark } from '../../components/environment-mark.tsx';
import { Icon } from '../../components/icon.tsx';
import { momentInSentence, momentInWords } from '../../state/ages.ts';
import { useNow } from '../../state/use-now.ts';
import './connection-table.css';

function Status({ item, now }: { readonly item: ConnectionListItem; readonly now: number }) {
  if (item.identity !== null) {
    return (
      <>
        <span className="row row-close text-ok text-medium">
          <Icon of={Check} size={14} />
          Connected
        </span>
        <small className="connection-table-more">
          {item.identity.readOnly ? 'read-only, enforced by the server' : 'this session could write'}
        </small>
      </>
    );
  }
  return (
    <>
      <span className="row row-close">
        <Icon className="text-3" of={Circle} size={14} />
        Not connected
      </span>
      <small className="connection-table-more">
        {item.catalogAt === null ? 'no catalog kept yet' : `catalog of ${momentInSentence(item.catalogAt, now)} kept`}
      </small>
    </>
  );
}

/** All connections; arrow keys choose one, Enter or a double click opens it. */
export function ConnectionTable({
  items,
  selectedId,
  onSelect,
  onOpen,
}: {
  readonly items: readonly ConnectionListItem[];
  readonly selectedId: ConnectionId | null;
  readonly onSelect: (id: ConnectionId) => void;
  readonly onOpen: (id: ConnectionId) => void;
}) {
  const now = useNow();
  const byKey = (key: unknown): ConnectionListItem | undefined => items.find((item) => item.id === key);
  return (
    <Table
      aria-label="Connections"
      className="connection-table"
      disallowEmptySelection
      onRowAction={(key) => {
        const item = byKey(key);
        if (item !== undefined) onOpen(item.id);
      }}
      onSelectionChange={(keys) => {
        const item = keys === 'all' ? undefined : byKey([...keys][0]);
        if (item !== undefined) onSelect(item.id);
      }}
      selectedKeys={selectedId === null ? [] : [selectedId]}
      selectionBehavior="replace"
      selectionMode="single"
    >
      <TableHeader>
        <Column className="connection-table-head connection-table-name" isRowHeader>
          Name, server
        </Column>
        <Column className="connection-table-head connection-table-environment">Environment</Column>
        <Column className="connection-table-head connection-table-version">PostgreSQL</Column>
        <Column className="connection-table-head connection-table-used">Last used</Column>
        <Column className="connection-table-head connection-table-status">Status</Column>
      </TableHeader>
      <TableBody>
        {items.map((item) => (
          <Row className="connection-table-row" id={item.id} key={item.id} textValue={item.name}>
            <Cell className="connection-table-cell">
              <b className="text-strong">{item.name}</b>
              <small className="connection-table-more mono">
                {item.environment === 'sample'
                  ? 'inside this application'
                  : `${item.host}:${item.port} / ${item.database}`}
              </small>
            </Cell>
            <Cell className="connection-table-cell">
              <EnvironmentMark environment={item.environment} />
            </Cell>
            <Cell className="connection-table-cell tabular">{item.identity?.versionText ?? '–'}</Cell>
            <Cell className="connection-table-cell">
              {item.identity !== null
                ? 'Now'
                : item.lastUsedAt === null
                  ? 'Never'
                  : momentInWords(item.lastUsedAt, now)}
            </Cell>
            <Cell className="connection-table-cell">
              <Status item={item} now={now} />
            </Cell>
          </Row>
        ))}
      </TableBody>
    </Table>
  );
}
