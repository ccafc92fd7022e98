import { CreatedObject } from '../../world/creations/CreatedObjects';
import { Recommendation, Recommender } from '../../world/Recommender';
import { WorkloadSpec } from '../../world/types';
import { WorldCluster } from '../../world/WorldCluster';
import { valueAt } from '../fields/json';
import { cpuQuantity } from '../quantities';
import { KubeObject } from '../types';
import { ObjectContext } from './context';

const recommenders = new WeakMap<WorldCluster, Recommender>();

function recommenderOf(cluster: WorldCluster): Recommender {
  const known = recommenders.get(cluster) ?? Recommender.create(cluster);
  recommenders.set(cluster, known);
  return known;
}

function amounts(of: { cpuCores: number; memoryBytes: number }) {
  return { cpu: cpuQuantity(of.cpuCores), memory: String(of.memoryBytes) };
}

function recommendation(each: Recommendation) {
  return {
    containerName: each.container,
    target: amounts(each.target),
    lowerBound: amounts(each.lowerBound),
    upperBound: amounts(each.upperBound),
    uncappedTarget: amounts(each.target),
  };
}

function statusOf(context: ObjectContext, spec: WorkloadSpec, since: number) {
  const found = recommenderOf(context.cluster).recommend(
    spec,
    context.state.hour,
  );
  return found.length === 0
    ? {}
    : {
        conditions: [
          {
            type: 'RecommendationProvided',
            status: 'True',
            lastTransitionTime: context.time(since),
          },
        ],
        recommendation: {
          containerRecommendations: found.map(recommendation),
        },
      };
}

/** What the recommender says to a VPA that somebody made. */
export function recommendationStatus(
  context: ObjectContext,
  { namespace, manifest, createdAt }: CreatedObject,
) {
  const target = valueAt(manifest, ['spec', 'targetRef']);
  const spec = context.state.workloads.find(
    each =>
      each.namespace === namespace &&
      each.kind === valueAt(target, ['kind']) &&
      each.name === valueAt(target, ['name']),
  );
  return spec ? statusOf(context, spec, createdAt) : {};
}

function verticalAutoscaler(
  context: ObjectContext,
  spec: WorkloadSpec,
  updateMode: string,
): KubeObject {
  const kind = 'VerticalPodAutoscaler';
  return {
    apiVersion: 'autoscaling.k8s.io/v1',
    kind,
    metadata: context.meta(kind, spec.namespace, spec.name, {
      bornAt: context.born(spec),
      generation: 1,
      labels: spec.labels,
    }),
    spec: {
      targetRef: { apiVersion: 'apps/v1', kind: spec.kind, name: spec.name },
      updatePolicy: { updateMode },
      resourcePolicy: {
        containerPolicies: [
          {
            containerName: '*',
            controlledResources: ['cpu', 'memory'],
            controlledValues: 'RequestsOnly',
          },
        ],
      },
    },
    status: statusOf(context, spec, context.born(spec)),
  };
}

/** The VPAs, with what their recommender says. */
export function verticalAutoscalers(context: ObjectContext): KubeObject[] {
  return context.state.workloads.flatMap(spec =>
    spec.vpa ? [verticalAutoscaler(context, spec, spec.vpa.updateMode)] : [],
  );
}
