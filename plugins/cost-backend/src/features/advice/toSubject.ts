import { ContainerFacts } from '@headroom/common';
import { AdviceFacts, OtherContainer } from '@headroom/plugin-cost-common';
import { AppetiteConfig } from '../../core/config/AdviceConfig';
import { StoredSubject } from '../../database/AdviceInputStore';
import {
  areLimitsKnown,
  InventoryKnowledge,
  isSteeringKnown,
} from '../../core/inventoryKnowledge';
import { resolveAppetite } from './resolveAppetite';
import { AdviceSubject } from './protocol';

/** What a subject is made with, beside what is stored of it. */
export interface SubjectContext {
  currency: string;
  appetite: AppetiteConfig;
  /** What may be believed of its cluster's inventory. */
  knowledge: InventoryKnowledge;
}

/** A container as the engine wants it; what can't be believed is left out. */
export function toSubject(
  stored: StoredSubject,
  { currency, appetite: risk, knowledge }: SubjectContext,
): AdviceSubject {
  const { cpuCoreHour, memoryGibHour } = stored;
  const { problem, ...appetite } = resolveAppetite(
    {
      ...stored,
      workloadAnnotation: stored.facts?.appetite,
      entityAnnotation: stored.appetite,
    },
    risk,
  );
  const workload = {
    namespace: stored.namespace,
    kind: stored.workloadKind,
    name: stored.workload,
  };
  const facts = knowledge.facts ? factsOf(stored) : undefined;
  return {
    id: stored.id,
    clusterId: stored.clusterId,
    cluster: stored.cluster,
    workload,
    container: stored.container,
    ...(facts && { facts }),
    steering: isSteeringKnown(knowledge, workload)
      ? stored.steering
      : undefined,
    ...(areLimitsKnown(knowledge, stored.namespace) && {
      limits: stored.limits,
    }),
    prices: {
      currency,
      ...(cpuCoreHour !== undefined && { cpuCoreHour }),
      ...(memoryGibHour !== undefined && { memoryGibHour }),
    },
    appetite,
    ...(stored.previous && { previous: stored.previous }),
    ...(problem && { appetiteProblem: problem }),
  };
}

function factsOf({ facts, container }: StoredSubject): AdviceFacts | undefined {
  const own = facts?.containers.find(({ name }) => name === container);
  if (!facts || !own) {
    return undefined;
  }
  const { bare, pendingPods, replicas, terminating } = facts;
  const { podSpec, podOverhead, priorityClass } = facts;
  const others = facts.containers.filter(each => each !== own);
  return {
    ...own,
    ...(bare !== undefined && { bare }),
    ...(pendingPods !== undefined && { pendingPods }),
    ...(replicas !== undefined && { replicas }),
    ...(podSpec && { podSpec }),
    ...(podOverhead && { podOverhead }),
    ...(priorityClass !== undefined && { priorityClass }),
    ...(terminating && { terminating }),
    containersInPod: facts.containers.filter(({ role }) => role !== 'init')
      .length,
    ...(others.length > 0 && { otherContainers: others.map(toOther) }),
  };
}

/** Of another container, what decides about the pod: not its image, nor its heap. */
function toOther({ name, role, spec }: ContainerFacts): OtherContainer {
  const { gpus: _gpus, image: _image, ...quantities } = spec;
  return { name, role, ...quantities };
}
