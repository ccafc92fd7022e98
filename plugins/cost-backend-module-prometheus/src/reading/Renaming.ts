import { ContainerIdentity, containerOf } from './labels';

type Labels = Record<string, string>;

const RENAMED = ['exported_namespace', 'exported_pod', 'exported_container'];

/**
 * Jobs whose targets have labels of their own where those of containers would be.
 * Prometheus renames the container's label, and the target's stands alone where a
 * series is of no container: of a cgroup above it, or of a GPU that nobody holds.
 */
export class Renaming {
  /** What targets of a job that renames say of their own `container`. */
  readonly #own = new Map<string, Set<string>>();

  /** @param labels - of all series there are */
  static read(labels: Iterable<Labels>): Renaming {
    return new Renaming(labels);
  }

  private constructor(labels: Iterable<Labels>) {
    for (const each of labels) {
      if (RENAMED.some(label => each[label])) {
        const job = each.job ?? '';
        const own = this.#own.get(job) ?? new Set();
        this.#own.set(job, own);
        if (each.exported_container && each.container) {
          own.add(each.container);
        }
      }
    }
  }

  /** Whether any label of a container was renamed by the job of a series. */
  renames({ job = '' }: Labels): boolean {
    return this.#own.has(job);
  }

  /** The container a series is about; undefined when it is of none. */
  containerOf(labels: Labels): ContainerIdentity | undefined {
    const { job = '', container = '', exported_container: renamed } = labels;
    return !renamed && this.#own.get(job)?.has(container)
      ? undefined
      : containerOf(labels);
  }
}
