import { formatManifestPath, isMap, shown, printed } from '../json';
import { ManifestObject, ManifestPath } from '../ManifestObject';
import { Hit, ManifestRule } from '../ManifestRule';
import { sayManifest } from '../sentences';
import { Json } from '@headroom/common';

/** Maps from texts to texts, wherever they are. */
const TEXT_MAPS =
  /^(labels|annotations|matchLabels|nodeSelector|commonLabels|commonAnnotations|stringData)$/;
/** Fields that are texts in every kind that has them. */
const TEXT_FIELDS =
  /^(name|namespace|kind|apiVersion|updateMode|controlledValues|mode|schedule|timezone|timeZone|image|imagePullPolicy|restartPolicy|start|end|duration|metricType|type|effect|operator|key|nodes|description|message|summary|expr)$/;
const TEXT_LISTS = /^(args|command|values|namespaces|accessModes|finalizers)$/;
const BOOLEANS =
  /^(automountServiceAccountToken|allowPrivilegeEscalation|privileged|readOnly|readOnlyRootFilesystem|runAsNonRoot|hostNetwork|hostPID|hostIPC|hostUsers|suspend|globalDefault|immutable|optional|stdin|tty|shareProcessNamespace|enableServiceLinks|paused|publishNotReadyAddresses|controller|blockOwnerDeletion|renameByDefault|failRequestsGreaterThanOne)$/;

/** Whether Kubernetes wants a text there. */
export function isTextPlace(object: Json, path: ManifestPath): boolean {
  const [last, holder, above, beyond] = [...path].reverse();
  const kind = isMap(object) ? object.kind : undefined;
  if (typeof last === 'number') {
    // The codes of a policy for failed pods are numbers.
    return above !== 'onExitCodes' && TEXT_LISTS.test(printed(holder));
  }
  return (
    TEXT_MAPS.test(printed(holder)) ||
    (kind === 'ConfigMap' && holder === 'data') ||
    (last === 'value' && typeof holder === 'number' && above === 'env') ||
    // Of a trigger of KEDA.
    (holder === 'metadata' &&
      typeof above === 'number' &&
      beyond === 'triggers') ||
    (path.length === 2 && holder === 'metadata' && last === 'name')
  );
}

function* surprises(objects: readonly ManifestObject[]): Iterable<Hit> {
  for (const on of objects) {
    for (const surprise of on.source?.surprises ?? []) {
      const { path, written, readAs, type } = surprise;
      if (path[path.length - 1] === 'updateMode') {
        // M1 says it.
        continue;
      }
      const field = formatManifestPath(path);
      const last = printed(path[path.length - 1]);
      const isText =
        isTextPlace(on.object, path) ||
        TEXT_FIELDS.test(last) ||
        type === 'date' ||
        (type === 'boolean' && !BOOLEANS.test(last)) ||
        written.includes(':');
      yield isText
        ? {
            on,
            path,
            said: sayManifest('K1text', { field, written, readAs }),
            edits: [{ path, value: written }],
            severity: type === 'boolean' ? 'error' : 'warning',
          }
        : {
            on,
            path,
            said: sayManifest('K1value', { field, written, readAs }),
            edits: [
              {
                path,
                value: type === 'boolean' ? readAs === 'true' : Number(readAs),
              },
            ],
            severity: 'warning',
          };
    }
  }
}

function* untexted(on: ManifestObject): Iterable<Hit> {
  const known = new Set(
    on.source?.surprises.map(({ path }) => formatManifestPath(path)),
  );
  const below: ManifestPath[] = [[]];
  for (let path = below.pop(); path !== undefined; path = below.pop()) {
    const node = path.reduce<Json>(
      (value, key) => (value as Record<string | number, Json>)[key],
      on.object,
    );
    if (typeof node === 'object' && node !== null) {
      for (const key of Array.isArray(node) ? node.keys() : Object.keys(node)) {
        below.push([...path, key]);
      }
    } else if (
      (typeof node === 'number' || typeof node === 'boolean') &&
      isTextPlace(on.object, path) &&
      !known.has(formatManifestPath(path)) &&
      !isOthers(path)
    ) {
      yield {
        on,
        path,
        said: sayManifest('K2', {
          field: formatManifestPath(path),
          value: shown(node),
        }),
        edits: [{ path, value: printed(node) }],
      };
    }
  }
}

/** M13 and M33 say it of those. */
function isOthers(path: ManifestPath): boolean {
  return path.includes('triggers') || path.includes('requirements');
}

export const yamlRules: readonly ManifestRule[] = [
  {
    id: 'K1',
    family: 'yaml',
    severity: 'warning',
    judges: [],
    why: sayManifest('K1why'),
    onlyFiles: true,
    check: ({ all }) => surprises(all),
  },
  {
    id: 'K2',
    family: 'yaml',
    severity: 'error',
    judges: [],
    why: sayManifest('K2why'),
    onlyFiles: true,
    *check({ all }) {
      for (const on of all) {
        yield* untexted(on);
      }
    },
  },
];
