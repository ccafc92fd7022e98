import { Json, sayActing } from '@headroom/common';
import {
  ActingContext,
  ActingOn,
  Actuator,
  ActuatorError,
  ActuatorFailure,
  Effect,
  Sighting,
} from '../actuators';

/** An object of the world: one number that actions set, as `spec.minReplicas`. */
interface FakeObject {
  uid: string;
  version: number;
  value: Json;
  marker?: string;
  manager: string;
}

/** What goes wrong with the next call. */
type Fault =
  | { fails: ActuatorFailure; retryAfterMs?: number; mend?: string }
  /** It is done, and the answer is lost. */
  | { lost: true }
  /** It is done when it is said, though its caller gave up. */
  | { late: Promise<void> };

/** Objects with versions, as an API server has them, that count what was written. */
export class FakeWorld implements Actuator {
  readonly type = 'kubernetes';
  readonly objects = new Map<string, FakeObject>();
  readonly #faults = new Map<string, Fault[]>();
  /** Accepted writes: the key of the action, its id and the token. */
  readonly writes: Array<{ key: string; id: string; token: number }> = [];
  fences = 0;
  dryRuns = 0;

  static create(objects: Record<string, Json>): FakeWorld {
    return new FakeWorld(objects);
  }

  private constructor(objects: Record<string, Json>) {
    for (const [name, value] of Object.entries(objects)) {
      this.objects.set(name, {
        uid: `uid-${name}`,
        version: 1,
        value,
        manager: 'kubectl',
      });
    }
  }

  fault(call: 'look' | 'dryRun' | 'apply' | 'fenceOff', ...faults: Fault[]) {
    this.#faults.set(call, [...(this.#faults.get(call) ?? []), ...faults]);
  }

  /** Somebody else sets it. */
  set(name: string, value: Json, manager = 'kubectl'): void {
    const object = this.objects.get(name)!;
    object.value = value;
    object.manager = manager;
    object.version += 1;
  }

  /** Something else of it changes. */
  touch(name: string): void {
    this.objects.get(name)!.version += 1;
  }

  async look(action: ActingOn): Promise<Sighting> {
    await this.#fail('look');
    const { version, value, marker, manager } = this.#of(action);
    return {
      version: String(version),
      values: [value],
      managers: [manager],
      ...(marker !== undefined && { marker }),
    };
  }

  async dryRun(): Promise<void> {
    await this.#fail('dryRun');
    this.dryRuns += 1;
  }

  async apply(
    action: ActingOn,
    { version }: Sighting,
    { token }: ActingContext,
  ): Promise<Effect> {
    const fault = await this.#fail('apply');
    const write = () => {
      const object = this.#of(action);
      if (String(object.version) !== version) {
        throw failure('conflict');
      }
      object.version += 1;
      object.value = action.changes[0].after;
      object.marker = action.id;
      object.manager = 'headroom';
      this.writes.push({ key: action.key, id: action.id, token });
      return { version: String(object.version) };
    };
    if (fault && 'late' in fault) {
      // Also when it is refused then: nobody listens any more.
      void fault.late.then(write).catch(() => undefined);
      throw failure('uncertain');
    }
    const effect = write();
    if (fault) {
      throw failure('uncertain');
    }
    return effect;
  }

  async fenceOff(action: ActingOn, { version }: Sighting): Promise<void> {
    await this.#fail('fenceOff');
    const object = this.#of(action);
    if (String(object.version) !== version) {
      throw failure('conflict');
    }
    object.version += 1;
    this.fences += 1;
  }

  #of({ target }: ActingOn): FakeObject {
    const object =
      target.type === 'kubernetes' ? this.objects.get(target.name) : undefined;
    if (!object || target.type !== 'kubernetes' || object.uid !== target.uid) {
      throw failure('gone');
    }
    return object;
  }

  async #fail(call: string): Promise<Fault | undefined> {
    const fault = this.#faults.get(call)?.shift();
    if (fault && 'fails' in fault) {
      throw failure(fault.fails, fault);
    }
    return fault;
  }
}

function failure(
  kind: ActuatorFailure,
  { retryAfterMs, mend }: { retryAfterMs?: number; mend?: string } = {},
): ActuatorError {
  return new ActuatorError({
    kind,
    said: sayActing('noAnswer', { seconds: 1 }),
    retryAfterMs,
    mend,
  });
}
