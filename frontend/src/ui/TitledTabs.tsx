/** The name of a page, and beside it the tabs of what it shows. */
import { Group, Tabs, Title } from '@mantine/core';

interface Props<T extends string> {
  /** Of the address, and of the tabs' test ids. */
  page: string;
  title: string;
  tabs: readonly T[];
  label: (tab: T) => string;
  value: T;
  onChange: (to: T) => void;
  className?: string;
}

export function TitledTabs<T extends string>({ page, title, tabs, label, value, onChange, className }: Props<T>) {
  return (
    <Group gap={24} {...(className === undefined ? {} : { className })}>
      <Title order={2} size="h4">
        {title}
      </Title>
      <Tabs value={value} onChange={(to) => to && onChange(to as T)}>
        <Tabs.List>
          {tabs.map((one) => (
            <Tabs.Tab key={one} value={one} data-testid={`${page}-${one}`}>
              {label(one)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {tabs.map((one) => (
          <Tabs.Panel key={one} value={one}>
            {null}
          </Tabs.Panel>
        ))}
      </Tabs>
    </Group>
  );
}
