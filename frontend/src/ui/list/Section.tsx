/** What every section has at its top: its name, a search field, filters, and the button that adds. */
import '../sections.css';
import { Button, Group, TextInput, Title } from '@mantine/core';
import { IconPlus, IconSearch } from '@tabler/icons-react';
import { useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { goTo } from '../../app/route';

interface Props {
  title: string;
  hint?: string;
  search?: string;
  onSearch?: (text: string) => void;
  /** The address of a new one, and what the button says. */
  add?: { to: string; label: string } | undefined;
  /** Filters beside the search field. */
  filters?: ReactNode;
  /** The side pane. */
  pane?: ReactNode;
  children: ReactNode;
}

/** Milliseconds without a key until a search is asked. */
const PAUSE_MS = 200;

export function Section({ title, hint, search, onSearch, add, filters, pane, children }: Props) {
  return (
    <div className={pane ? 'ui-section with-pane' : 'ui-section'}>
      <section className="ui-main" aria-label={title}>
        <header className="ui-section-head">
          <div className="ui-section-title">
            <Title order={2} size="h3">
              {title}
            </Title>
            {hint && <p>{hint}</p>}
          </div>
          <Group gap={8}>
            {onSearch && <Search text={search ?? ''} onSearch={onSearch} />}
            {filters}
            {add && (
              <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => goTo(add.to)} data-testid="admin-add">
                {add.label}
              </Button>
            )}
          </Group>
        </header>
        {children}
      </section>
      {pane}
    </div>
  );
}

function Search({ text, onSearch }: { text: string; onSearch: (text: string) => void }) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState(text);
  useEffect(() => {
    if (typed === text) return;
    const timer = window.setTimeout(() => onSearch(typed), PAUSE_MS);
    return () => window.clearTimeout(timer);
  }, [typed]);
  return (
    <TextInput
      value={typed}
      onChange={(event) => setTyped(event.currentTarget.value)}
      placeholder={t('search')}
      aria-label={t('search')}
      leftSection={<IconSearch size={16} aria-hidden />}
      w={240}
      data-search
      data-testid="admin-search"
    />
  );
}
