import type { ReactNode } from 'react';
import { Tabs as AriaTabs, Tab, TabList, TabPanel } from 'react-aria-components';
import './tabs.css';

export type TabItem<T extends string> = {
  readonly id: T;
  readonly label: string;
  /** A number beside the word; left out when undefined. */
  readonly count?: number | undefined;
  readonly tone?: 'plain' | 'warn' | 'bad';
  readonly content: ReactNode;
};

/** Underlined tabs over one panel; `trailing` stands at the right end of the strip. */
export function Tabs<T extends string>({
  label,
  items,
  selected,
  onSelect,
  trailing,
  className,
}: {
  readonly label: string;
  readonly items: readonly TabItem<T>[];
  readonly selected: T;
  readonly onSelect: (id: T) => void;
  readonly trailing?: ReactNode;
  readonly className?: string;
}) {
  return (
    <AriaTabs
      className={`tabs ${className ?? ''}`}
      onSelectionChange={(key) => {
        const chosen = items.find((item) => item.id === key);
        if (chosen !== undefined) onSelect(chosen.id);
      }}
      selectedKey={selected}
    >
      <div className="tabs-strip">
        <TabList aria-label={label} className="tabs-list">
          {items.map((item) => (
            <Tab className="tabs-tab" id={item.id} key={item.id}>
              {item.label}
              {item.count === undefined ? null : (
                <span className={`tabs-count tabs-count-${item.tone ?? 'plain'}`}>{item.count}</span>
              )}
            </Tab>
          ))}
        </TabList>
        {trailing === undefined ? null : <div className="tabs-trailing">{trailing}</div>}
      </div>
      {items.map((item) => (
        <TabPanel className="tabs-panel" id={item.id} key={item.id}>
          {item.content}
        </TabPanel>
      ))}
    </AriaTabs>
  );
}
