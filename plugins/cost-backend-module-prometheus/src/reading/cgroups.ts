/**
 * Names the run of a container by its cgroup, the same for every path it is
 * reported under: `/kubepods/…/pod<uid>/<container>`, the same below
 * `/docker/<id>` or `/kubelet` of a cluster in containers, and cgroups the
 * container makes inside of its own. A restarted container is another run.
 *
 * @param id - cAdvisor's `id`: the path of the cgroup
 * @param name - cAdvisor's `name`: usually the container's id
 */
export function runOf(id: string, name: string): string {
  const segments = id.split('/').filter(Boolean);
  const first = segments.findIndex(segment => segment.startsWith('kubepods'));
  const below = first < 0 ? segments : segments.slice(first);
  const pod = below.findIndex(isPod);
  const container = pod < 0 ? undefined : below[pod + 1];
  if (container) {
    return containerIdIn(container) ?? `${below[pod]}/${container}`;
  }
  return containerIdIn(name) ?? (below.join('/') || name);
}

/** `pod<uid>`, or `kubepods-burstable-pod<uid>.slice` under systemd. */
function isPod(segment: string): boolean {
  return /^pod/.test(segment) || /^kubepods.*-pod/.test(segment);
}

/** `cri-containerd-<id>.scope`, `docker-<id>.scope`, `<id>`. */
function containerIdIn(text: string): string | undefined {
  return /[0-9a-f]{64}/.exec(text)?.[0];
}
