import { Veto } from '@headroom/common';
import { EngineFacts, GuardedAction, PlanFacts, WorldFacts } from './facts';
import { GuardLimits } from './GuardLimits';

/** What happens together with an action. */
export interface RunFacts {
  /** How many workloads capacity is taken from together with this one, itself included. */
  taken: number;
  /** How many it is within 24 hours, with those of this run; each counts once. */
  takenInDay: number;
  /** Policies that want to change the same field and come before this one. */
  wantedBefore: ReadonlyArray<{ policyTitle: string }>;
}

/** All that a guard may look at. */
export interface Question {
  asked: GuardedAction;
  world: WorldFacts;
  engine: EngineFacts;
  limits: GuardLimits;
  run: RunFacts;
  /** Given right before it is applied. */
  plan?: PlanFacts;
}

/** Says why an action is not to be done; nothing where it has nothing against it. Pure. */
export type Guard = (question: Question) => Veto[];
