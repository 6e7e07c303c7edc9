/** A text of ours with its headings and lists. Every word is a text node. */
import { blocksOf } from './state';

export function Text({ text, lang }: { text: string; lang: 'en' | 'zh' }) {
  return (
    <div className="text" lang={lang}>
      {blocksOf(text).map((block, n) =>
        block.kind === 'heading' ? (
          <h3 key={n}>{block.text}</h3>
        ) : block.kind === 'list' ? (
          <ul key={n}>
            {block.items.map((item, m) => (
              <li key={m}>{item}</li>
            ))}
          </ul>
        ) : (
          <p key={n}>{block.text}</p>
        ),
      )}
    </div>
  );
}
