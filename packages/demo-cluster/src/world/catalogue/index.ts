import { ClusterSpec, OrphanVolume, WorkloadSpec } from '../types';
import { CHECKOUT } from './checkout';
import { COMMERCE } from './commerce';
import { ML_PLATFORM } from './mlPlatform';
import { MODELS } from './models';
import { ORPHAN_VOLUMES, PLATFORM } from './platform';
import { Previews } from './previews';

export { CLUSTERS } from './clusters';

/** Where pull requests get their previews. */
const PREVIEW_CLUSTER = 'us-west';

/** `scale` copies of a workload; the first keeps its name, its service and its VPA. */
function copies(spec: WorkloadSpec, scale: number): WorkloadSpec[] {
  if (spec.kind === 'DaemonSet') {
    return [spec];
  }
  const more = Array.from({ length: scale - 1 }, (_, index) => {
    const name = `${spec.name}-${index + 2}`;
    return {
      ...spec,
      name,
      labels: { ...spec.labels, app: name, 'app.kubernetes.io/name': name },
      entityRef: undefined,
      vpa: undefined,
      serves: undefined,
    };
  });
  return [spec, ...more];
}

/** Which workloads a cluster has. */
export class Catalogue {
  readonly orphanVolumes: OrphanVolume[];
  /** Workloads that are not previews, whenever they exist. */
  readonly lasting: WorkloadSpec[];
  readonly #previews?: Previews;

  constructor(cluster: ClusterSpec, seed: number, scale: number) {
    this.lasting = [ML_PLATFORM, MODELS, COMMERCE, CHECKOUT, PLATFORM]
      .flatMap(part => part[cluster.name] ?? [])
      .flatMap(spec => copies(spec, scale));
    this.orphanVolumes = ORPHAN_VOLUMES[cluster.name] ?? [];
    if (cluster.name === PREVIEW_CLUSTER) {
      this.#previews = new Previews(seed);
    }
  }

  /** Workloads that exist in an hour, counted from the start of the world. */
  at(hour: number): WorkloadSpec[] {
    const lasting = this.lasting.filter(
      ({ exists }) => !exists || (exists.from <= hour && hour < exists.until),
    );
    return this.#previews ? [...lasting, ...this.#previews.at(hour)] : lasting;
  }
}
