import { ActionTarget, sayActing } from '@headroom/common';
import {
  ActingContext,
  ActingOn,
  Actuator,
  ActuatorError,
  Effect,
  Sighting,
} from '../actuators';
import { ActionRecord } from '../stores/ActionStore';

/** Points at which a process may be stopped; for tests that stop it there. @public */
export type EnginePoint =
  | 'looked'
  | 'intending'
  | 'intended'
  | 'writing'
  | 'written'
  | 'concluded'
  | 'fencing'
  | 'fenced';

/** Waits where a test wants it to. @public */
export type PointListener = (point: EnginePoint) => Promise<void>;

/** Asks the actuator of a target, each time for no longer than it may take. */
export class Reach {
  readonly #actuators: ReadonlyMap<ActionTarget['type'], Actuator>;
  readonly #timeoutMs: number;

  static create(options: {
    actuators: readonly Actuator[];
    timeoutMs: number;
  }) {
    return new Reach(options);
  }

  private constructor({
    actuators,
    timeoutMs,
  }: Parameters<typeof Reach.create>[0]) {
    this.#actuators = new Map(actuators.map(each => [each.type, each]));
    this.#timeoutMs = timeoutMs;
  }

  async look(record: ActionRecord, signal: AbortSignal): Promise<Sighting> {
    return this.#within(signal, 'unreachable', limited =>
      this.#of(record).look(actingOn(record), { signal: limited }),
    );
  }

  async dryRun(
    record: ActionRecord,
    sighting: Sighting,
    context: ActingContext,
  ): Promise<void> {
    await this.#within(context.signal, 'unreachable', signal =>
      this.#of(record).dryRun(actingOn(record), sighting, {
        ...context,
        signal,
      }),
    );
  }

  async apply(
    record: ActionRecord,
    sighting: Sighting,
    context: ActingContext,
  ): Promise<Effect> {
    return this.#within(context.signal, 'uncertain', signal =>
      this.#of(record).apply(actingOn(record), sighting, {
        ...context,
        signal,
      }),
    );
  }

  async fenceOff(
    record: ActionRecord,
    sighting: Sighting,
    context: ActingContext,
  ): Promise<void> {
    await this.#within(context.signal, 'uncertain', signal =>
      this.#of(record).fenceOff(actingOn(record), sighting, {
        ...context,
        signal,
      }),
    );
  }

  /** See `Actuator.oncePer`. */
  oncePer(record: ActionRecord): 'version' | 'action' {
    return this.#of(record).oncePer ?? 'version';
  }

  #of({ row }: ActionRecord): Actuator {
    const { type } = row.planned.target;
    const actuator = this.#actuators.get(type);
    if (!actuator) {
      throw new ActuatorError({
        kind: 'invalid',
        said: sayActing('noActuator', { type }),
      });
    }
    return actuator;
  }

  /** @param otherwise - what anything but an ActuatorError is taken for */
  async #within<T>(
    signal: AbortSignal,
    otherwise: 'unreachable' | 'uncertain',
    work: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    signal.throwIfAborted();
    const limited = AbortSignal.any([
      signal,
      AbortSignal.timeout(this.#timeoutMs),
    ]);
    const over = new Promise<never>((_resolve, reject) => {
      limited.addEventListener('abort', () => reject(limited.reason), {
        once: true,
      });
    });
    try {
      // Also what doesn't heed its signal is not waited for.
      return await Promise.race([work(limited), over]);
    } catch (error) {
      if (error instanceof ActuatorError) {
        throw error;
      }
      throw new ActuatorError({
        kind: otherwise,
        said: sayActing('noAnswer', {
          seconds: Math.round(this.#timeoutMs / 1000),
        }),
      });
    }
  }
}

function actingOn({ row, plan }: ActionRecord): ActingOn {
  return {
    ...row.planned,
    id: row.id,
    policyId: plan.policy_id,
    ...(row.undo_of !== null && { undoOf: row.undo_of }),
  };
}
