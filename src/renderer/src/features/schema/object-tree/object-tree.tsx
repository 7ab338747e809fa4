import {
  Box,
  ChevronRight,
  Columns2,
  Database,
  Eye,
  FolderClosed,
  Info,
  KeyRound,
  ListOrdered,
  ListTree,
  type LucideIcon,
  Puzzle,
  Search,
  Shapes,
  ShieldCheck,
  SquareFunction,
  Table2,
  Zap,
} from 'lucide-react';
import { useDeferredValue, useMemo, useRef, useState } from 'react';
import {
  Button as AriaButton,
  Collection,
  ListLayout,
  Tree,
  TreeItem,
  TreeItemContent,
  Virtualizer,
} from 'react-aria-components';
import type { Catalog } from '../../../../../engine/catalog/catalog.ts';
import { Icon } from '../../../components/icon.tsx';
import { TextField } from '../../../components/text-field.tsx';
import { buildObjectTree, catalogSummary } from './build-object-tree.ts';
import type { TreeKind, TreeNode } from './tree-node.ts';
import './object-tree.css';

const icons: Readonly<Record<TreeKind, LucideIcon>> = {
  database: Database,
  schema: FolderClosed,
  table: Table2,
  partition: Table2,
  view: Eye,
  group: ListTree,
  column: Columns2,
  index: ListOrdered,
  constraint: KeyRound,
  trigger: Zap,
  policy: ShieldCheck,
  routine: SquareFunction,
  type: Shapes,
  sequence: ListOrdered,
  extension: Puzzle,
  other: Box,
  note: Info,
};

/** Lines that stand for a part of the object that is shown. */
const parts: ReadonlySet<TreeKind> = new Set(['group', 'column', 'index', 'constraint', 'trigger', 'policy', 'note']);

/**
 * The children, or a line that is never seen in the place of those that are not made yet: the library takes a line without
 * children in the collection for a leaf, and would neither call it collapsed nor open it with the keyboard.
 */
function childrenOf(node: TreeNode): readonly TreeNode[] {
  if (node.children.length > 0 || !node.hasChildren) return node.children;
  return [{ ...node, id: `${node.id}/…`, hasChildren: false }];
}

function Node({ node }: { readonly node: TreeNode }) {
  return (
    <TreeItem
      className="object-tree-item"
      hasChildItems={node.hasChildren}
      id={node.id}
      textValue={`${node.label} ${node.detail}`}
    >
      <TreeItemContent>
        {({ hasChildItems, level }) => (
          <span className={`object-tree-line object-tree-${node.kind}`} style={{ paddingLeft: 8 + (level - 1) * 14 }}>
            {hasChildItems ? (
              <AriaButton className="object-tree-chevron" slot="chevron">
                <Icon of={ChevronRight} size={12} />
              </AriaButton>
            ) : (
              <span className="object-tree-chevron" />
            )}
            <Icon className="object-tree-icon" of={icons[node.kind]} size={14} />
            <span className="text-ellipsis">{node.label}</span>
            <span className="object-tree-detail">{node.detail}</span>
          </span>
        )}
      </TreeItemContent>
      <Collection items={childrenOf(node)}>{(child) => <Node node={child} />}</Collection>
    </TreeItem>
  );
}

function flatten(node: TreeNode, into: Map<string, TreeNode>): Map<string, TreeNode> {
  into.set(node.id, node);
  for (const child of node.children) flatten(child, into);
  return into;
}

/**
 * Everything in the catalog, as a tree for pointer, keyboard and screen reader alike. From the filter the arrow down goes
 * into the tree, and Escape brings everything back.
 */
export function ObjectTree({
  catalog,
  selected,
  onSelect,
}: {
  readonly catalog: Catalog;
  /** The id of the object that is selected. */
  readonly selected: string | null;
  readonly onSelect: (object: string) => void;
}) {
  const [filter, setFilter] = useState('');
  const list = useRef<HTMLDivElement>(null);
  const [opened, setOpened] = useState<ReadonlySet<string>>(
    () => new Set(['database', ...catalog.schemas.slice(0, 8).map(({ name }) => `schema:${name}`)]),
  );
  // Typing never waits for a tree of thousands.
  const wanted = useDeferredValue(filter);
  const tree = useMemo(() => buildObjectTree(catalog, wanted, opened), [catalog, wanted, opened]);
  const nodes = useMemo(() => flatten(tree, new Map()), [tree]);
  // While there is a filter, everything that holds a match is open.
  const expanded = useMemo(
    () =>
      wanted.trim() === ''
        ? opened
        : new Set([
            ...opened,
            ...[...nodes.values()].filter(({ children }) => children.length > 0).map(({ id }) => id),
          ]),
    [wanted, opened, nodes],
  );
  const selectedKey =
    selected === null
      ? []
      : [...nodes.values()].filter((node) => node.object === selected && !parts.has(node.kind)).map(({ id }) => id);
  const toggle = (id: string): void => {
    const next = new Set(opened);
    if (!next.delete(id)) next.add(id);
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
      <Virtualizer layout={ListLayout} layoutOptions={{ rowHeight: 26 }}>
        <Tree
          aria-label="Objects of the database"
          className="object-tree-list"
          dependencies={[tree]}
          disallowEmptySelection
          expandedKeys={expanded}
          items={[tree]}
          ref={list}
          onExpandedChange={(keys) => setOpened(new Set([...keys].map(String)))}
          onSelectionChange={(keys) => {
            const [key] = keys === 'all' ? [] : [...keys];
            const node = key === undefined ? undefined : nodes.get(String(key));
            if (node === undefined) return;
            if (node.object !== null) onSelect(node.object);
            else if (node.hasChildren) toggle(node.id);
          }}
          selectedKeys={selectedKey}
          selectionBehavior="replace"
          selectionMode="single"
        >
          {(node) => <Node node={node} />}
        </Tree>
      </Virtualizer>
      <p className="object-tree-foot">{catalogSummary(catalog)}</p>
    </aside>
  );
}
