import { ActionTarget, Json, PlannedAction, Said } from '@headroom/common';

/** An action that is being done, and what its writes are marked with. @public */
export interface ActingOn extends PlannedAction {
  /** Of the action; what is written says it, so that looking tells whose it is. */
  id: string;
  policyId: string;
  /** Id of the action that this one takes back. */
  undoOf?: string;
}

/** A target as it was seen. @public */
export interface Sighting {
  /**
   * Of the target; another one after every change of it, whoever makes it. A write
   * that was prepared on a version is refused on another.
   */
  version: string;
  /** Id of the action that wrote to it last, as the target says; absent = none did. */
  marker?: string;
  /** What the fields of the action's changes are, in their order; null = absent. */
  values: readonly Json[];
  /** Who set each of those fields last, in their order, where the target says. */
  managers?: ReadonlyArray<string | undefined>;
  /**
   * All that the action wants is there, and the target says that Headroom set it last,
   * where it can't say by which action.
   */
  ours?: boolean;
  /** It was fenced off: this action can't be done any more. */
  fenced?: boolean;
  /** What is kept in the database before the write, as what the target remembers may be lost. */
  memory?: Json;
}

/** @public */
export interface ActingContext {
  signal: AbortSignal;
  /** Of the lease that it is done under. */
  token: number;
  /** ISO 8601 UTC, by the database's clock. */
  at: string;
}

/** What a write came to. @public */
export interface Effect {
  /** Of the target after it. */
  version?: string;
  /** Where it can be seen; an https URL. */
  link?: string;
  /** What is to be known of it, e.g. that a pull request waits. */
  remark?: Said;
}

/**
 * Changes targets of one type, for the engine, which sees to it that each change is
 * allowed, asked for and made once. All methods throw an {@link ActuatorError};
 * anything else that {@link Actuator.apply} throws is taken for `uncertain`.
 *
 * @public
 */
export interface Actuator {
  readonly type: ActionTarget['type'];
  /**
   * What keeps a write from being made twice: the version that it was prepared on, or
   * that it can be made once only under the id of its action, whatever the version.
   * Default: `version`.
   */
  readonly oncePer?: 'version' | 'action';

  /**
   * Reads the target.
   *
   * @throws `gone` when it isn't there, or is another one of its name.
   */
  look(
    action: ActingOn,
    context: Pick<ActingContext, 'signal'>,
  ): Promise<Sighting>;

  /** Has the target check the change; nothing is changed. */
  dryRun(
    action: ActingOn,
    sighting: Sighting,
    context: ActingContext,
  ): Promise<void>;

  /**
   * Makes the change and the marker in one write, which succeeds only on the target
   * exactly as it was seen.
   *
   * @throws `conflict` when it is another, or not as it was seen.
   */
  apply(
    action: ActingOn,
    sighting: Sighting,
    context: ActingContext,
  ): Promise<Effect>;

  /**
   * Changes nothing but the version of the target, so that no write that was
   * prepared on the sighting's can succeed any more.
   *
   * @throws `conflict` when the version has moved already.
   */
  fenceOff(
    action: ActingOn,
    sighting: Sighting,
    context: ActingContext,
  ): Promise<void>;
}
