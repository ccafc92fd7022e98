import { Criticality, Environment, ServiceKind } from './ServiceSpec';

/** What a service's work is. @public */
export const KINDS_OF_WORK = [
  'requests',
  'gateway',
  'model',
  'queue',
  'training',
  'state',
] as const;

/** @public */
export type KindOfWork = (typeof KINDS_OF_WORK)[number];

/** What a person says of a service that is to be. @public */
export interface DecisionAnswers {
  /** Absent where the kind is fixed. */
  work?: KindOfWork;
  /** A template that is of one kind says so. */
  kind?: ServiceKind;
  environment: Environment;
  criticality: Criticality;
  /** At the peak; absent = not known. */
  requestsPerSecond?: number;
  /** What one answer may take, at the 95th percentile. */
  latencyMilliseconds?: number;
  /** What the model takes; absent = it needs no GPU. */
  gpuMemory?: string;
  /** As the node's labels write it. */
  gpuModel?: string;
  /** Whether it can be interrupted at any time and go on. */
  interruptible?: boolean;
}
