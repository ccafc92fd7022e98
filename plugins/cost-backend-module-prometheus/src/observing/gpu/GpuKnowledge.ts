import { ContainerIdentity } from '../../reading/labels';

/**
 * What others know of those that a GPU's labels name. Every answer may be
 * `undefined`: not known.
 */
export interface GpuKnowledge {
  /** Whether a container asks for a GPU; one that doesn't can't hold one. */
  requestsDevice?(container: ContainerIdentity): boolean | undefined;
  /**
   * The node a pod ran on; undefined when it ran on several.
   *
   * @param namespace - absent = whichever namespace has a pod of that name
   */
  nodeOfPod?(namespace: string | undefined, pod: string): string | undefined;
  /** The node with this IP address, or with a pod that has it. */
  nodeOfAddress?(address: string): string | undefined;
}
