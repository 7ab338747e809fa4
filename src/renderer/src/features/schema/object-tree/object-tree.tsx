import { GitCompareArrows, Search } from 'lucide-react';
import { useDeferredValue, useMemo, useRef, useState } from 'react';
import type { Catalog } from '../../../../../engine/catalog/catalog.ts';
import { Button } from '../../../components/button.tsx';
import { TextField } from '../../../components/text-field.tsx';
import type { ObjectMarks } from '../comparison/object-marks.ts';
import { buildObjectTree, catalogSummary, treeSource } from './build-object-tree.ts';
import { ObjectTreeList } from './object-tree-list.tsx';
import { parts, type TreeNode } from './tree-node.ts';
import { treeRows } from './tree-rows.ts';
import './object-tree.css';

/**
 * Everything in the catalog, as a tree for pointer, keyboard and screen reader alike. From the filter the arrow down goes
 * into the tree, and Escape brings everything back.
 */
export function ObjectTree({
  catalog,
  selected,
  marks,
  onSelect,
  onCompare,
}: {
  readonly catalog: Catalog;
  /** The id of the object that is selected. */
  readonly selected: string | null;
  /** How objects differ from the catalog that this one is compared with. */
  readonly marks: ObjectMarks;
  readonly onSelect: (object: string) => void;
  readonly onCompare: () => void;
}) {
  const [filter, setFilter] = useState('');
  const list = useRef<HTMLDivElement>(null);
  const [opened, setOpened] = useState<ReadonlySet<string>>(
    () => new Set(['database', ...catalog.schemas.slice(0, 8).map(({ name }) => `schema:${name}`)]),
  );
  // Typing never waits for a tree of thousands.
  const wanted = useDeferredValue(filter);
  const source = useMemo(() => treeSource(catalog), [catalog]);
  const tree = useMemo(() => buildObjectTree(source, wanted, opened), [source, wanted, opened]);
  // While there is a filter, everything that holds a match is open.
  const rows = useMemo(
    () => treeRows(tree, ({ id, children }) => opened.has(id) || (wanted.trim() !== '' && children.length > 0)),
    [tree, opened, wanted],
  );
  const selectedRow = useMemo(
    () => (selected === null ? -1 : rows.findIndex(({ node }) => node.object === selected && !parts.has(node.kind))),
    [rows, selected],
  );
  const toggle = (node: TreeNode): void => {
    if (!node.hasChildren) return;
    const next = new Set(opened);
    if (!next.delete(node.id)) next.add(node.id);
    setOpened(next);
  };
  return (
    <aside aria-label="Objects" className="object-tree">
      <div className="object-tree-filter">
        <TextField
          icon={Search}
          isQuiet
          label="Filter objects"
          layout="hidden"
          onChange={setFilter}
          onKeyDown={(event) => {
            if (event.key === 'ArrowDown') list.current?.focus();
            else if (event.key === 'Escape') setFilter('');
            else return;
            event.preventDefault();
          }}
          placeholder="Filter objects"
          value={filter}
        />
      </div>
      {tree.children.length === 0 && wanted !== '' ? (
        <p className="object-tree-empty">Nothing matches “{wanted}”.</p>
      ) : null}
      <ObjectTreeList
        list={list}
        marks={marks}
        onChoose={(node) => {
          if (node.object === null) toggle(node);
          else onSelect(node.object);
        }}
        onToggle={toggle}
        rows={rows}
        selected={selectedRow}
      />
      <div className="object-tree-foot">
        <p>{catalogSummary(catalog)}</p>
        <Button
          icon={GitCompareArrows}
          label="Compare the catalog"
          onPress={onCompare}
          size="small"
          tooltip="Compare with an earlier reading, another database or a file"
          variant="ghost"
        />
      </div>
    </aside>
  );
}
