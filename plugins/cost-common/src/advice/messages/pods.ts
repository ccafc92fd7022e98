import { createWorder } from '@headroom/common';

/** What the class of a pod and a request on it ask for. */
export const POD_SENTENCES = {
  guaranteedCpu:
    'The pod is of class Guaranteed, which takes a limit equal to the request in every container. So the CPU limit is the request, whatever headroom.cost.advice.cpuLimit says.',
  maybeGuaranteedCpu:
    'The pod may be of class Guaranteed, as its other containers are not known. That class takes a limit equal to the request in every container, so the CPU limit is the request, whatever headroom.cost.advice.cpuLimit says.',
  guaranteedMemory:
    'The pod is of class Guaranteed, which takes a limit equal to the request in every container. So headroom.cost.advice.memoryLimitRatio does not apply.',
  guaranteedLost:
    'Without a CPU limit equal to the request the pod is no longer of class Guaranteed, so it is evicted before pods that are. To keep the class, set headroom.cost.advice.keepGuaranteed to true.',
  guaranteedAndCoresLost:
    'Without a CPU limit equal to the request the pod is no longer of class Guaranteed, so it is evicted before pods that are, and loses the whole cores that the static CPU manager gives to it alone. To keep the class, set headroom.cost.advice.keepGuaranteed to true.',
  wholeCores:
    'The static CPU manager gives whole cores to this container alone, and it keeps whole ones: {{cores}}.',
  wholeCoresRounded:
    'The static CPU manager gives whole cores to this container alone, so {{needed}} is rounded up to {{cores}}.',
  wholeCoresLost:
    'No more than {{cores}} can be requested, so the container loses the whole cores that the static CPU manager gives to it alone.',
  needsUnknown:
    'The request of {{request}} is set on the pod (spec.resources), and what all of its containers need is not known.',
  mayNotBeLowered:
    'The request is set on the pod (spec.resources), and container {{container}} in it may not be lowered now.',
  podAlone:
    'The request of {{current}} is set on the pod (spec.resources), for this container alone. For what it needs, the pod asks for {{proposed}}.',
  podShared:
    'The request of {{current}} is set on the pod (spec.resources), for {{containers}} containers; by what each needs, the part of this one is {{part}}. For what all of them need, the pod asks for {{proposed}}.',
} as const;

export const wordPod = createWorder('advicePods', POD_SENTENCES);
