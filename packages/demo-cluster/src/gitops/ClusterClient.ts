import { z } from 'zod';
import { JsonMap, valueAt } from '../kubernetes/fields/json';
import { apiVersionOf, RESOURCES } from '../kubernetes/resources';

/** The name that Argo CD writes under. */
const MANAGER = 'argocd-controller';

export const objectKeySchema = z.object({
  apiVersion: z.string(),
  kind: z.string(),
  namespace: z.string().optional(),
  name: z.string(),
});

/** What names an object in a cluster. */
export type ObjectKey = z.infer<typeof objectKeySchema>;

/** What others stand on comes first; what isn't named comes after the workloads. */
const FIRST = [
  'Namespace',
  'PriorityClass',
  'ResourceQuota',
  'LimitRange',
  'ServiceAccount',
  'Role',
  'RoleBinding',
  'ConfigMap',
  'NetworkPolicy',
  'Service',
  'Deployment',
  'StatefulSet',
  'CronJob',
];

function rankOf({ kind }: JsonMap): number {
  const rank = FIRST.indexOf(String(kind));
  return rank < 0 ? FIRST.length : rank;
}

/** Applies to one cluster what Git says, by server-side apply over its API. */
export class ClusterClient {
  readonly #url: string;

  constructor(url: string) {
    this.#url = url;
  }

  /** Applies objects, and makes their namespaces where they are missing; what is refused is said, and the rest goes on. */
  async applyAll(
    objects: readonly JsonMap[],
  ): Promise<{ applied: ObjectKey[]; problems: string[] }> {
    const applied: ObjectKey[] = [];
    const problems: string[] = [];
    const ordered = [...objects].sort((a, b) => rankOf(a) - rankOf(b));
    const named = new Set(
      objects.filter(({ kind }) => kind === 'Namespace').map(nameOf),
    );
    for (const object of ordered) {
      const key = keyOf(object);
      const { namespace } = key;
      if (namespace && !named.has(namespace)) {
        named.add(namespace);
        await this.#ensureNamespace(namespace);
      }
      const path = pathOf(key);
      if (!path) {
        problems.push(
          `The cluster has no kind ${key.kind} of ${key.apiVersion}: the definition of ${key.name} is not installed.`,
        );
        continue;
      }
      const problem = await this.#send(
        'PATCH',
        `${path}?fieldManager=${MANAGER}&force=true`,
        object,
      );
      if (problem) {
        problems.push(`${key.kind} ${key.name}: ${problem}`);
      } else {
        applied.push(key);
      }
    }
    return { applied, problems };
  }

  /** Deletes objects, last ones first; those that are gone already are no problem. */
  async deleteAll(keys: readonly ObjectKey[]): Promise<string[]> {
    const problems: string[] = [];
    for (const key of [...keys].reverse()) {
      const path = pathOf(key);
      const problem = path && (await this.#send('DELETE', path));
      if (problem) {
        problems.push(`${key.kind} ${key.name}: ${problem}`);
      }
    }
    return problems;
  }

  async #ensureNamespace(name: string): Promise<void> {
    const response = await fetch(`${this.#url}/api/v1/namespaces/${name}`);
    await response.body?.cancel();
    if (response.status === 404) {
      await this.#send(
        'PATCH',
        `/api/v1/namespaces/${name}?fieldManager=${MANAGER}`,
        { apiVersion: 'v1', kind: 'Namespace', metadata: { name } },
      );
    }
  }

  /** Why it was refused; undefined when it was done. */
  async #send(
    method: 'PATCH' | 'DELETE',
    path: string,
    object?: JsonMap,
  ): Promise<string | undefined> {
    const response = await fetch(this.#url + path, {
      method,
      ...(object && {
        headers: { 'Content-Type': 'application/apply-patch+yaml' },
        body: JSON.stringify(object),
      }),
    });
    const body: unknown = await response.json();
    const gone = method === 'DELETE' && response.status === 404;
    return response.ok || gone
      ? undefined
      : String(valueAt(body, ['message']) ?? response.status);
  }
}

function nameOf(object: JsonMap): string {
  return String(valueAt(object, ['metadata', 'name']));
}

function keyOf(object: JsonMap): ObjectKey {
  const apiVersion = String(object.apiVersion);
  const kind = String(object.kind);
  const resource = resourceOf({ apiVersion, kind });
  const namespace = valueAt(object, ['metadata', 'namespace']) ?? 'default';
  return {
    apiVersion,
    kind,
    ...(resource?.namespaced && { namespace: String(namespace) }),
    name: nameOf(object),
  };
}

function resourceOf({
  apiVersion,
  kind,
}: Pick<ObjectKey, 'apiVersion' | 'kind'>) {
  return RESOURCES.find(
    each =>
      each.kind === kind && apiVersionOf(each) === apiVersion && !each.computed,
  );
}

/** Where the API has an object; undefined for a kind it doesn't serve. */
function pathOf({
  apiVersion,
  kind,
  namespace,
  name,
}: ObjectKey): string | undefined {
  const resource = resourceOf({ apiVersion, kind });
  const base = resource?.group ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
  const inside = namespace
    ? `/namespaces/${encodeURIComponent(namespace)}`
    : '';
  return (
    resource &&
    `${base}${inside}/${resource.plural}/${encodeURIComponent(name)}`
  );
}
