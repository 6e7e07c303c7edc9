/** What each role may do, read from the server's own OpenAPI document. Pure. */

export const ROLES = ['administrator', 'commander', 'dispatcher', 'supervisor', 'officer', 'member', 'observer'] as const;
export type RoleName = (typeof ROLES)[number];

export interface Operation {
  method: string;
  path: string;
  summary: string;
  tag: string;
  roles: ReadonlySet<string>;
}

interface Document {
  paths?: Record<string, Record<string, { summary?: string; tags?: string[]; description?: string } | undefined>>;
}

const METHODS = new Set(['get', 'post', 'put', 'patch', 'delete']);

/** Operations that name their roles, in the order of the document; those of devices and of everybody have none. */
export function operationsOf(document: unknown): Operation[] {
  const found: Operation[] = [];
  for (const [path, methods] of Object.entries((document as Document).paths ?? {})) {
    for (const [method, operation] of Object.entries(methods)) {
      const said = /Roles: ([\w, ]+)\./.exec(operation?.description ?? '')?.[1];
      if (!operation || !said || !METHODS.has(method)) continue;
      found.push({ method: method.toUpperCase(), path: path.replace('/api/v1', ''), summary: operation.summary ?? path, tag: operation.tags?.[0] ?? '', roles: new Set(said.split(', ')) });
    }
  }
  return found;
}

/** By tag, in the order in which tags come. */
export function byTag(operations: readonly Operation[]): [string, Operation[]][] {
  const groups = new Map<string, Operation[]>();
  for (const one of operations) groups.set(one.tag, [...(groups.get(one.tag) ?? []), one]);
  return [...groups];
}

export const isRead = (operation: Operation): boolean => operation.method === 'GET';
