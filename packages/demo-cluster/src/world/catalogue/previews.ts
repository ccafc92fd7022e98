import { mix, uniform } from '../random';
import { GIB, MIB, WorkloadSpec } from '../types';
import { byKubernetesId } from './labels';

/** A pull request opens about every seven hours. */
const HOURS_BETWEEN = 7;
/** The longest a preview lives. */
const LONGEST_HOURS = 140;
const FIRST_PULL_REQUEST = 1180;

function preview(
  pullRequest: number,
  exists: { from: number; until: number },
): WorkloadSpec[] {
  const common = {
    namespace: `preview-pr-${pullRequest}`,
    kind: 'Deployment' as const,
    pool: 'spot',
    schedule: { type: 'fixed' as const, replicas: 1 },
    exists,
    preview: true,
    service: true,
  };
  const container = {
    memoryLimitBytes: 1 * GIB,
    usage: {
      cpuCores: 0.03,
      cpuFollows: 0.5,
      memoryBytes: 240 * MIB,
      memoryFollows: 0.05,
    },
  };
  return [
    {
      ...common,
      name: 'web',
      labels: {
        ...byKubernetesId('storefront-previews', 'web'),
        'preview.example.com/pull-request': String(pullRequest),
      },
      host: `pr-${pullRequest}.preview.example.com`,
      containers: [
        {
          ...container,
          name: 'web',
          image: `registry.example.com/shop/web-frontend:pr-${pullRequest}`,
          cpuRequestCores: 0.5,
          memoryRequestBytes: 512 * MIB,
          port: 3000,
        },
      ],
    },
    {
      ...common,
      name: 'api',
      labels: {
        ...byKubernetesId('storefront-previews', 'api'),
        'preview.example.com/pull-request': String(pullRequest),
      },
      containers: [
        {
          ...container,
          name: 'api',
          image: `registry.example.com/shop/api:pr-${pullRequest}`,
          cpuRequestCores: 0.5,
          memoryRequestBytes: 768 * MIB,
          port: 8080,
        },
      ],
    },
  ];
}

/**
 * Preview namespaces: one for each pull request, alive from half a day to six days.
 * There is no list of them; which exist follows from the hour.
 */
export class Previews {
  readonly #seed: number;
  readonly #specs = new Map<number, WorkloadSpec[]>();

  constructor(seed: number) {
    this.#seed = mix(seed, 0x9e37);
  }

  /** Workloads of the previews that exist in an hour. */
  at(hour: number): WorkloadSpec[] {
    // The world starts with some already open.
    const first = Math.floor((hour - LONGEST_HOURS) / HOURS_BETWEEN) - 1;
    const last = Math.floor(hour / HOURS_BETWEEN);
    const found: WorkloadSpec[] = [];
    for (let index = first; index <= last; index++) {
      for (const spec of this.#preview(index)) {
        if (spec.exists!.from <= hour && hour < spec.exists!.until) {
          found.push(spec);
        }
      }
    }
    return found;
  }

  #preview(index: number): WorkloadSpec[] {
    let specs = this.#specs.get(index);
    if (!specs) {
      const from =
        index * HOURS_BETWEEN +
        Math.floor(uniform(this.#seed, 2 * index) * HOURS_BETWEEN);
      const life = 12 + uniform(this.#seed, 2 * index + 1) ** 2 * 128;
      specs = preview(FIRST_PULL_REQUEST + index, {
        from,
        until: from + Math.round(life),
      });
      this.#specs.set(index, specs);
    }
    return specs;
  }
}
