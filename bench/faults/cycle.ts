import { PlanDraft, PlannedAction } from '@headroom/common';
import { CLUSTER, Instance } from './Instance';

/** An object of the API that a run acts on. */
export interface RunObject {
  namespace: string;
  name: string;
  uid: string;
}

/** What is wanted of an object: the value, and how often that was changed. */
export interface Wish {
  value: number;
  revision: number;
}

/** What the controller of a run is told. */
export interface CycleOptions {
  /** Of the run. */
  id: string;
  upstream: string;
  objects: readonly RunObject[];
  /** By the name of the object. */
  wishes: ReadonlyMap<string, Wish>;
}

/** Annotation in which somebody else counts their changes of the field. */
export const EPOCH = 'faults.headroom.io/epoch';

export function pathOf({
  namespace,
  name,
}: Pick<RunObject, 'namespace' | 'name'>): string {
  return `/apis/autoscaling/v2/namespaces/${namespace}/horizontalpodautoscalers/${name}`;
}

/** An object as the API has it, past everything that goes wrong. */
export async function readObject(upstream: string, object: RunObject) {
  const answer = await fetch(`${upstream}${pathOf(object)}`);
  const { metadata, spec } = (await answer.json()) as {
    metadata: {
      resourceVersion: string;
      annotations?: Record<string, string>;
    };
    spec: { minReplicas: number };
  };
  return {
    version: metadata.resourceVersion,
    value: spec.minReplicas,
    epoch: Number(metadata.annotations?.[EPOCH] ?? 0),
  };
}

/** One turn of a replica: plan, let a person approve, do, verify. */
export async function cycle(
  { engine }: Instance,
  options: CycleOptions,
  signal: AbortSignal,
): Promise<void> {
  try {
    await engine.lead(signal, async (lease, held) => {
      const drafts = await Promise.all(
        options.objects.map(object => draftOf(object, options)),
      );
      await engine.submit(drafts, { signal: held, lease });
      await approve(engine, options.id);
      await engine.apply(lease, { signal: held });
      await engine.verify(lease, async () => ({ outcome: 'ok' }), {
        signal: held,
      });
    });
  } catch {
    // The database, the lease or the API went away: the next turn finds out.
  }
}

/** A person who says yes to whatever waits. */
async function approve(engine: Instance['engine'], id: string): Promise<void> {
  const { rows } = await engine.plans.list({
    controller: id,
    state: 'waiting',
  });
  for (const { id: planId, hash } of rows) {
    await engine
      .decide(planId, { decision: 'approved', hash, by: 'user:default/anna' })
      .catch(() => undefined); // another plan by now
  }
}

async function draftOf(
  object: RunObject,
  { id, upstream, wishes }: CycleOptions,
): Promise<PlanDraft> {
  const seen = await readObject(upstream, object);
  const { value, revision } = wishes.get(object.name)!;
  const action: PlannedAction = {
    key: JSON.stringify([id, object.name, seen.epoch, revision]),
    target: {
      ...object,
      type: 'kubernetes',
      cluster: CLUSTER,
      group: 'autoscaling',
      version: 'v2',
      kind: 'HorizontalPodAutoscaler',
      resource: 'horizontalpodautoscalers',
      resourceVersion: seen.version,
    },
    subject: object.name,
    changes: [
      { path: ['spec', 'minReplicas'], before: seen.value, after: value },
    ],
    direction: value < seen.value ? 'down' : 'up',
    reason: { message: 'It is wanted.' },
    evidence: [],
    expected: { text: { message: 'It is so.' }, settleSeconds: 0 },
    undo: { message: 'It was otherwise.' },
  };
  return {
    controller: id,
    policyId: `${id} ${object.name}`,
    policyTitle: object.name,
    // By the name: the same on all replicas.
    mode: object.name.endsWith('0') ? 'propose' : 'enforce',
    cluster: CLUSTER,
    twoPersons: false,
    at: new Date().toISOString(),
    actions: seen.value === value ? [] : [action],
    validSeconds: 600,
  };
}
