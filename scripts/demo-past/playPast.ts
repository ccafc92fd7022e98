import { randomUUID } from 'node:crypto';
import { createGlob, sayActing, targetKey } from '@headroom/common';
import { KubernetesAccess } from '@headroom/plugin-clusters-node';
import { ActingOn } from '@headroom/plugin-controllers-node';
import {
  planSchedule,
  Policy,
  PolicyClock,
  PolicyIndex,
  ScalingTarget,
  sayReport,
  ScheduledChange,
} from '@headroom/plugin-scaling-common';
import {
  KubernetesActuator,
  readScalingTargets,
} from '@headroom/plugin-scaling-node';
import { PastLine } from './PastLine';
import { readCluster } from './readCluster';

/** As the plans of schedules have them. */
const CONTROLLER = 'schedules';
const SETTLE_SECONDS = 120;

/** What is played, and where. */
export interface PastOptions {
  access: KubernetesAccess;
  /** Names of the clusters. */
  clusters: readonly string[];
  /** All that are configured; of those that enforce, what they want is done. */
  policies: readonly Policy[];
  /** Half-open, milliseconds since 1970. */
  fromMs: number;
  toMs: number;
  /** Moves the clock of the clusters; never back. */
  moveTo: (at: Date) => void;
}

/**
 * Does what policies would have had done, at each instant at which they want
 * something else, in clusters whose clock is moved there: with the planner and the
 * writer that act in the portal, so that objects have their notes.
 *
 * @returns lines for the ledger, in the order of time
 */
export async function playPast(options: PastOptions): Promise<PastLine[]> {
  const { access, clusters, policies, fromMs, toMs, moveTo } = options;
  const index = PolicyIndex.create(policies);
  const clocks = new Map(
    policies
      .filter(({ mode }) => mode === 'enforce')
      .map(policy => [policy.id, PolicyClock.create(policy)]),
  );
  const actuator = KubernetesActuator.create({ access });
  const lines: PastLine[] = [];
  for (const [atMs, patterns] of instantsOf(clocks.values(), fromMs, toMs)) {
    moveTo(new Date(atMs));
    for (const cluster of clusters.filter(name => isNamed(patterns, name))) {
      const snapshot = await readCluster(access, cluster);
      const targets = [...readScalingTargets(snapshot)];
      const wanted = wantedOf(targets, { index, clocks }, atMs);
      for (const [policy, changes] of wanted) {
        const planId = randomUUID();
        for (const { change, target } of changes) {
          const line = toLine(change, target, { policy, planId, atMs });
          await write(actuator, change, line);
          lines.push(line);
        }
      }
    }
  }
  return lines;
}

/** In order; with patterns of the clusters in which something else may be wanted then. */
function instantsOf(
  clocks: Iterable<PolicyClock>,
  fromMs: number,
  toMs: number,
): Array<[number, Set<string>]> {
  const instants = new Map<number, Set<string>>();
  for (const clock of clocks) {
    for (const atMs of clock.edges(fromMs, toMs)) {
      const patterns = instants.get(atMs) ?? new Set();
      for (const pattern of clock.policy.clusters ?? ['*']) {
        patterns.add(pattern);
      }
      instants.set(atMs, patterns);
    }
  }
  return [...instants].sort(([a], [b]) => a - b);
}

function isNamed(patterns: Iterable<string>, cluster: string): boolean {
  return [...patterns].some(pattern => createGlob(pattern)(cluster));
}

interface Wanted {
  change: ScheduledChange;
  target: ScalingTarget;
}

/** What is to be changed of the workloads of a cluster, by policy. */
function wantedOf(
  targets: readonly ScalingTarget[],
  {
    index,
    clocks,
  }: { index: PolicyIndex; clocks: ReadonlyMap<string, PolicyClock> },
  nowMs: number,
): Map<Policy, Wanted[]> {
  const wanted = new Map<Policy, Wanted[]>();
  for (const target of targets) {
    const policy = index.winnerOf(target);
    const clock = policy && clocks.get(policy.id);
    if (policy && clock) {
      const state = clock.stateAt(nowMs, target);
      const plan = planSchedule({ target, wanted: { policy, state }, nowMs });
      const known = wanted.get(policy) ?? [];
      known.push(...plan.changes.map(change => ({ change, target })));
      wanted.set(policy, known);
    }
  }
  return wanted;
}

async function write(
  actuator: KubernetesActuator,
  change: ScheduledChange,
  { actionId, policyId, subject, expected, at }: PastLine,
): Promise<void> {
  const action: ActingOn = {
    id: actionId,
    policyId,
    key: actionId,
    target: change.object,
    subject,
    changes: change.changes,
    direction: change.direction,
    reason: change.reason,
    evidence: [],
    expected: expected!,
    undo: change.undo,
  };
  const { signal } = new AbortController();
  const context = { signal, token: 0, at };
  const sighting = await actuator.look(action, { signal });
  await actuator.dryRun(action, sighting, context);
  await actuator.apply(action, sighting, context);
}

const EXPECTED = {
  down: 'expectedDown',
  up: 'expectedUp',
  restore: 'expectedRestored',
  neutral: 'expectedNeutral',
} as const;

function toLine(
  { object, subject, changes, direction }: ScheduledChange,
  { workload: { kind, namespace, name } }: ScalingTarget,
  { policy, planId, atMs }: { policy: Policy; planId: string; atMs: number },
): PastLine {
  return {
    at: new Date(atMs).toISOString(),
    event: 'applied',
    actionId: randomUUID(),
    planId,
    controller: CONTROLLER,
    policyId: policy.id,
    target: object,
    targetKey: targetKey(object),
    workload: { kind, namespace, name },
    subject,
    changes,
    by: `policy:${policy.id}`,
    expected: {
      text: sayReport(EXPECTED[direction]),
      settleSeconds: SETTLE_SECONDS,
    },
    text: sayActing('applied'),
  };
}
