import { Handle, type Node, type NodeProps, Position, useStore } from '@xyflow/react';
import { Eye, KeyRound, Link2, Plus, Rows3, Table2 } from 'lucide-react';
import { memo } from 'react';
import { Icon } from '../../../components/icon.tsx';
import { signs } from '../comparison/object-marks.ts';
import { compactCount, countOf } from '../quantities.ts';
import { useDiagramActions } from './diagram-actions.ts';
import { readableZoom } from './readable-zoom.ts';
import type { ChangeMark, TableCard } from './table-card.ts';
import type { ExpandChip } from './visible-tables.ts';

/** What a card needs to draw itself. */
export type TableNodeData = {
  readonly card: TableCard;
  readonly chip: ExpandChip | null;
  readonly isSelected: boolean;
  /** Columns of foreign keys that are lit. */
  readonly lit: readonly string[];
};
export type TableFlowNode = Node<TableNodeData, 'table'>;

const markClass = (mark: ChangeMark | undefined): string => (mark ? `change-${mark.change}` : '');

/** A table or view as a card: name, keys and columns to the chosen level of detail. */
export const TableNode = memo(function TableNode({ id, data }: NodeProps<TableFlowNode>) {
  const { card, chip, isSelected, lit } = data;
  const isReadable = useStore((state) => state.transform[2] >= readableZoom);
  const { expand } = useDiagramActions();
  const isView = card.kind === 'view' || card.kind === 'materialized view';
  return (
    <div
      className={`table-card ${isView ? 'table-card-view' : ''} ${isSelected ? 'table-card-selected' : ''} ${markClass(card.mark)}`}
      style={{ width: card.width, height: card.height }}
    >
      <Handle className="table-card-handle" isConnectable={false} position={Position.Right} type="source" />
      <Handle className="table-card-handle" isConnectable={false} position={Position.Left} type="target" />
      <div className="table-card-head">
        <Icon className="text-3" of={isView ? Eye : Table2} size={14} />
        <span className="text-ellipsis">
          <span className="table-card-schema">{card.schema}.</span>
          {card.name}
        </span>
        {card.mark ? (
          <span className="table-card-word" title={card.mark.title}>
            {signs[card.mark.change]} {card.mark.word}
          </span>
        ) : (
          <span className="table-card-count">{card.rowCount === null ? '' : compactCount(card.rowCount)}</span>
        )}
      </div>
      {isReadable ? (
        <ul>
          {card.rows.map((row) => (
            <li
              className={row.mark ? markClass(row.mark) : lit.includes(row.column) ? 'table-card-lit' : ''}
              key={`${row.column} ${row.mark?.change ?? ''}`}
              title={row.mark?.title}
            >
              <span className="table-card-key">
                {row.mark ? (
                  <b aria-hidden="true">{signs[row.mark.change]}</b>
                ) : row.primaryKey ? (
                  <Icon className="text-warn" of={KeyRound} size={12} />
                ) : row.foreignKey ? (
                  <Icon className="text-accent" of={Link2} size={12} />
                ) : null}
              </span>
              <span className="table-card-name text-ellipsis">{row.column}</span>
              <span className="table-card-type">{row.mark?.word ?? row.type}</span>
            </li>
          ))}
          {card.moreColumns > 0 ? <li className="table-card-more">+ {countOf(card.moreColumns, 'column')}</li> : null}
          {card.partitions === null ? null : (
            <li className="table-card-partitions" title={card.partitions}>
              <span className="table-card-key">
                <Icon of={Rows3} size={12} />
              </span>
              <span className="text-ellipsis">{card.partitions}</span>
            </li>
          )}
        </ul>
      ) : null}
      {chip && isReadable ? (
        <button
          className="table-card-chip nodrag nopan"
          onClick={() => expand(id)}
          style={{ top: card.height + 4 }}
          type="button"
        >
          <Icon of={Plus} size={12} />
          {chip.text}
        </button>
      ) : null}
    </div>
  );
});
