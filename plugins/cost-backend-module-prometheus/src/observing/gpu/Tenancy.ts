import { ContainerIdentity, PodIdentity } from '../../reading/labels';
import { Renaming } from '../../reading/Renaming';
import { GpuKnowledge } from './GpuKnowledge';

type Labels = Record<string, string>;

/** A pod that is named so reads GPUs and holds none. */
const EXPORTER = /dcgm-exporter/;

/**
 * Tells who holds a device from who reads it. Where the exporter says nothing
 * of a holder, Prometheus writes the exporter's own pod into `pod`: with
 * `honorLabels: false` the holder's labels are renamed to `exported_…`, and an
 * idle device has none of them; with `true` they replace the exporter's, and an
 * idle device keeps those.
 */
export class Tenancy {
  readonly #renaming: Renaming;
  readonly #knowledge: GpuKnowledge;

  /** @param labels - of all series there are */
  static read(labels: Iterable<Labels>, knowledge: GpuKnowledge): Tenancy {
    const renaming = Renaming.read(labels);
    return new Tenancy(renaming, knowledge);
  }

  private constructor(renaming: Renaming, knowledge: GpuKnowledge) {
    this.#renaming = renaming;
    this.#knowledge = knowledge;
  }

  /** The container that holds the device, if the labels name one. */
  tenantOf(labels: Labels): ContainerIdentity | undefined {
    const { pod_name: pod, pod_namespace: namespace } = labels;
    if (pod && namespace) {
      const container = labels.container_name;
      return container ? { namespace, pod, container } : undefined;
    }
    const named = this.#renaming.containerOf(labels);
    return named && !this.#isExporter(labels, named) ? named : undefined;
  }

  /** The pod that reads the device, if the labels name it. */
  exporterOf(labels: Labels): PodIdentity | undefined {
    const { namespace, pod } = labels;
    if (!namespace || !pod) {
      return undefined;
    }
    const container = labels.container ?? '';
    return labels.exported_pod ||
      labels.pod_name ||
      this.#isExporter(labels, { namespace, pod, container })
      ? { namespace, pod }
      : undefined;
  }

  /** Whether labels that were not renamed are those of the exporter. */
  #isExporter(labels: Labels, named: ContainerIdentity): boolean {
    if (isRenamed(labels) || labels.dra_claim_name) {
      return false;
    }
    const requests = this.#knowledge.requestsDevice?.(named);
    return (
      requests === false ||
      (requests === undefined &&
        (this.#renaming.renames(labels) || EXPORTER.test(named.pod)))
    );
  }
}

function isRenamed(labels: Labels): boolean {
  return Boolean(labels.exported_pod || labels.exported_namespace);
}
