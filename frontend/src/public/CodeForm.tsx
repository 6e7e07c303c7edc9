/** Somebody types the code that was told for a request or an opinion, and asks what became of it. */
import type { ReactNode } from 'react';
import { Problem } from './Problem';

interface Props {
  id: string;
  title: string;
  label: string;
  /** What the button says. */
  button: string;
  code: string;
  onCode: (code: string) => void;
  onAsk: () => void;
  busy?: boolean;
  problem: string | null;
  className?: string;
  /** What was found. */
  children?: ReactNode;
}

export function CodeForm({ id, title, label, button, code, onCode, onAsk, busy = false, problem, className = 'card', children }: Props) {
  return (
    <form className={className} onSubmit={(event) => (event.preventDefault(), onAsk())}>
      <h1>{title}</h1>
      <label htmlFor={id}>{label}</label>
      <input id={id} required minLength={12} maxLength={32} autoComplete="off" autoCapitalize="characters" spellCheck={false} placeholder="ABCD-EFGH-JKMN" value={code} onChange={(event) => onCode(event.target.value)} />
      <Problem problem={problem} />
      <div className="row">
        <button className="main" disabled={busy} data-testid="show">
          {button}
        </button>
      </div>
      {children}
    </form>
  );
}
