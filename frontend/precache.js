/** Writes the handheld's service worker with the list of what its page may load: the chunks of its entry, and theirs. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

const ENTRY = 'handheld.html';
const WORKER = 'src/handheld/worker/sw.js';
/** Beside what the build makes. */
const ALWAYS = ['/icon.svg', '/handheld.webmanifest', '/handheld-192.png', '/handheld-512.png', '/fonts/noto-sans-latin-wght-normal.woff2'];

/** Every file that the entry may load, now or later; of fonts only those that are used are fetched, when they are. */
function reachable(bundle, entry) {
  const files = new Set();
  const visit = (name) => {
    const chunk = bundle[name];
    if (files.has(name) || chunk?.type !== 'chunk') return;
    files.add(name);
    for (const file of [...(chunk.viteMetadata?.importedCss ?? []), ...(chunk.viteMetadata?.importedAssets ?? [])]) files.add(file);
    for (const next of [...chunk.imports, ...chunk.dynamicImports]) visit(next);
  };
  visit(entry.fileName);
  return [...files].filter((file) => !/\.woff2?$/.test(file)).sort();
}

export function precache() {
  return {
    name: 'handheld-precache',
    apply: 'build',
    enforce: 'post',
    generateBundle(_, bundle) {
      const entry = Object.values(bundle).find((one) => one.type === 'chunk' && Boolean(one.facadeModuleId?.endsWith(ENTRY)));
      if (!entry) throw new Error(`${ENTRY} is no entry of this build`);
      const files = [...reachable(bundle, entry).map((file) => `/${file}`), ...ALWAYS];
      const worker = readFileSync(WORKER, 'utf8');
      const version = createHash('sha256').update(worker + files.join('\n')).digest('hex').slice(0, 12);
      const source = worker.replace('__FILES__', JSON.stringify(files)).replace('__VERSION__', JSON.stringify(version));
      this.emitFile({ type: 'asset', fileName: 'handheld-sw.js', source });
    },
  };
}
