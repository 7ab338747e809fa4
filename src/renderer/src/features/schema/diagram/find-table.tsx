import { Search, Table2 } from 'lucide-react';
import { type RefObject, useMemo, useState } from 'react';
import { ComboBox, Input, ListBox, ListBoxItem, Popover } from 'react-aria-components';
import { Icon } from '../../../components/icon.tsx';
import { Kbd } from '../../../components/kbd.tsx';
import { shortcuts } from '../../../state/shortcuts.ts';
import { findTables } from './find-tables.ts';
import '../../../components/field.css';
import '../../../components/popover.css';

/** Finds a table or view by part of its name and brings it into the picture. */
export function FindTable({
  tables,
  onFind,
  inputRef,
}: {
  readonly tables: readonly string[];
  readonly onFind: (table: string) => void;
  readonly inputRef: RefObject<HTMLInputElement | null>;
}) {
  const [text, setText] = useState('');
  // A new box after each find: the old one would offer everything again as soon as it is emptied.
  const [finds, setFinds] = useState(0);
  const found = useMemo(() => findTables(tables, text).map((id) => ({ id })), [tables, text]);
  return (
    <ComboBox
      allowsEmptyCollection
      aria-label="Find in diagram"
      className="field field-hidden field-quiet find-table"
      inputValue={text}
      key={finds}
      items={found}
      menuTrigger="input"
      onInputChange={setText}
      onChange={(key) => {
        if (key === null) return;
        onFind(String(key));
        setText('');
        setFinds((count) => count + 1);
      }}
      value={null}
    >
      <div className="field-box">
        <Icon className="text-3" of={Search} size={14} />
        <Input className="field-input" placeholder="Find" ref={inputRef} />
        <Kbd shortcut={shortcuts.findInDiagram} />
      </div>
      <Popover className="popover" offset={4}>
        <ListBox<{ id: string }> renderEmptyState={() => <p className="find-table-none">Nothing has that name.</p>}>
          {({ id }) => (
            <ListBoxItem className="popover-item" id={id} textValue={id}>
              <Icon of={Table2} size={14} />
              <span className="popover-item-text">{id}</span>
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </ComboBox>
  );
}
