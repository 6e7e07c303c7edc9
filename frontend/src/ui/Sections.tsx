/** A page of sections: their links at the left, the chosen one beside them. */
import './sections.css';
import type { Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { follow } from '../app/route';

interface Props {
  /** What the sections are of. */
  label: string;
  links: ReactNode;
  className?: string;
  children: ReactNode;
}

export function Sections({ label, links, className = '', children }: Props) {
  return (
    <div className={`ui-sections ${className}`.trim()}>
      <nav className="ui-rail" aria-label={label}>
        {links}
      </nav>
      {children}
    </div>
  );
}

interface LinkProps {
  name: string;
  label: string;
  icon: Icon;
  to: string;
  current: boolean;
}

export function RailLink({ name, label, icon: Mark, to, current }: LinkProps) {
  return (
    <a href={to} aria-current={current ? 'page' : undefined} data-testid={`section-${name}`} onClick={follow(to)}>
      <Mark size={18} aria-hidden />
      <span>{label}</span>
    </a>
  );
}
