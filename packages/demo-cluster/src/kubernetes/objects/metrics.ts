import { PodLife } from '../../world/lives';
import { SlotUse, useAt } from '../../world/usage';
import { kibibytes, nanocores } from '../quantities';
import { KubeObject } from '../types';
import { ObjectContext } from './context';

/** What the metrics API averages over. */
const WINDOW = '20s';

/** What each container of a pod uses that hasn't ended. */
function ratesOf(
  context: ObjectContext,
  life: PodLife,
): Array<{ name: string; rate: SlotUse }> {
  const { cluster, state } = context;
  const { hour, seconds } = state;
  const loads = cluster.loads.of(life, hour);
  const { restarts } = cluster;
  return life.containers.flatMap((container, index) =>
    container.role === 'init'
      ? []
      : [
          {
            name: container.name,
            rate: useAt({ life, index, hour, loads, restarts }, seconds),
          },
        ],
  );
}

function usage(rate: { cpuCores: number; memoryBytes: number }) {
  return { cpu: nanocores(rate.cpuCores), memory: kibibytes(rate.memoryBytes) };
}

function running(context: ObjectContext): PodLife[] {
  return context.state.pods.filter(life => life.from <= context.state.seconds);
}

/** `metrics.k8s.io` of every pod that runs. */
export function podMetrics(context: ObjectContext): KubeObject[] {
  const timestamp = context.time(context.state.seconds);
  return running(context).map(life => ({
    apiVersion: 'metrics.k8s.io/v1beta1',
    kind: 'PodMetrics',
    metadata: {
      ...context.meta('Pod', life.spec.namespace, life.name, {
        labels: life.labels,
      }),
      creationTimestamp: timestamp,
    },
    timestamp,
    window: WINDOW,
    containers: ratesOf(context, life).map(({ name, rate }) => ({
      name,
      usage: usage(rate),
    })),
  }));
}

/** `metrics.k8s.io` of every node: what its pods use together. */
export function nodeMetrics(context: ObjectContext): KubeObject[] {
  const timestamp = context.time(context.state.seconds);
  const totals = new Map(
    context.state.nodes.map(life => [
      life.id,
      { life, cpuCores: 0, memoryBytes: 0 },
    ]),
  );
  for (const life of running(context)) {
    const total = totals.get(life.node.id);
    for (const { rate } of total ? ratesOf(context, life) : []) {
      total!.cpuCores += rate.cpuCores;
      total!.memoryBytes += rate.memoryBytes;
    }
  }
  return [...totals.values()].map(({ life, ...total }) => ({
    apiVersion: 'metrics.k8s.io/v1beta1',
    kind: 'NodeMetrics',
    metadata: {
      ...context.meta('Node', undefined, life.name),
      creationTimestamp: timestamp,
    },
    timestamp,
    window: WINDOW,
    usage: usage(total),
  }));
}
