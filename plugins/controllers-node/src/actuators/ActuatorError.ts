import { Said } from '@headroom/common';

/**
 * Why something was not done to a target:
 *
 * - `conflict`: it is not as it was; look again, and plan again.
 * - `wait`: not now, as a PodDisruptionBudget or a busy server says; see `retryAfterMs`.
 * - `forbidden`: the identity that acts lacks a permission, which `mend` names.
 * - `invalid`: it is against the target's rules, now and later.
 * - `gone`: the target is not there any more, or is another one of its name.
 * - `unreachable`: nothing was sent, or nothing could be read.
 * - `uncertain`: it may have been done all the same; only looking tells.
 *
 * @public
 */
export type ActuatorFailure =
  | 'conflict'
  | 'wait'
  | 'forbidden'
  | 'invalid'
  | 'gone'
  | 'unreachable'
  | 'uncertain';

/** @public */
export interface ActuatorErrorDetails {
  kind: ActuatorFailure;
  /** In words for a page; without addresses and secrets. */
  said: Said;
  /** Milliseconds after which it may be tried again. */
  retryAfterMs?: number;
  /** The line that mends it, where one does. */
  mend?: string;
}

/** What an {@link Actuator} throws, and nothing else. @public */
export class ActuatorError extends Error {
  readonly kind: ActuatorFailure;
  readonly said: Said;
  readonly retryAfterMs?: number;
  readonly mend?: string;

  constructor({ kind, said, retryAfterMs, mend }: ActuatorErrorDetails) {
    super(said.message);
    this.name = 'ActuatorError';
    this.kind = kind;
    this.said = said;
    this.retryAfterMs = retryAfterMs;
    this.mend = mend;
  }
}
