import {
  Evidence,
  FieldChange,
  parseQuantity,
  PlannedAction,
  Worded,
} from '@headroom/common';
import { wordRightsizing } from '../sentences';
import { directionOf, hourly, SETTLE_SECONDS } from './expectations';
import { TakenAdvice } from './planRightsizing';
import { qosClassOf } from './qosClassOf';
import { quantityOf, sameQuantity } from './quantities';
import { RunningContainer, RunningPod } from './TemplateObject';

/** Pods that one plan resizes at most: each of them is a write of its own. */
const MOST_PODS = 50;

/**
 * The actions that take an advice on the pods that run, in place: one a pod. Their
 * template stays, since a change of it rolls the workload out; so it is for trying out
 * what a pull request then makes last, and for what must not be restarted now.
 *
 * A resize keeps a pod's class of service and takes no limit away (KEP-1287). A limit
 * that the advice would take away stays, as long as the request fits under it.
 *
 * @param pods - that run, of the workload
 * @returns the actions, or in a sentence why there are none
 * @public
 */
export function planResize(
  advice: TakenAdvice,
  subject: string,
  pods: readonly RunningPod[],
  entityRef: string | undefined,
): PlannedAction[] | { withheld: Worded } {
  const withheld = reasonAgainst(advice, subject, pods);
  if (withheld) {
    return { withheld };
  }
  const actions: PlannedAction[] = [];
  const perHour = hourly(advice.savingPerMonth);
  const share =
    perHour === undefined
      ? undefined
      : String(BigInt(perHour) / BigInt(pods.length));
  for (const pod of pods) {
    const resized = resize(advice, pod, subject);
    if ('withheld' in resized) {
      return resized;
    }
    const { changes, kept, restarted } = resized;
    const { name } = pod.target;
    const named = { pod: name, subject, containers: restarted.join(', ') };
    if (changes.length > 0) {
      actions.push({
        key: `${advice.id}:${pod.target.uid}:${changes
          .map(({ path, after }) => `${path.slice(-4).join('.')}=${after}`)
          .join(',')}`,
        group: `${advice.id}:pods`,
        target: pod.target,
        subject,
        ...(entityRef && { entityRef }),
        changes,
        direction: directionOf(advice.savingPerMonth),
        reason: wordRightsizing(
          restarted.length > 0 ? 'resizeReasonRestarts' : 'resizeReason',
          named,
        ),
        evidence: [
          ...advice.explanation.map(
            (text): Evidence => ({
              text,
              ...(advice.link && { link: advice.link }),
            }),
          ),
          ...kept.map(text => ({ text })),
        ],
        expected: {
          text: wordRightsizing('expectedResize'),
          ...(share !== undefined && {
            savingPerHour: share,
            currency: advice.currency,
          }),
          settleSeconds: SETTLE_SECONDS,
        },
        undo: wordRightsizing('undoResize', named),
      });
    }
  }
  return actions.length > 0
    ? actions
    : { withheld: wordRightsizing('alreadySo', { subject }) };
}

function reasonAgainst(
  { patch, moves }: TakenAdvice,
  subject: string,
  pods: readonly RunningPod[],
): Worded | undefined {
  const [move] = moves;
  if (move) {
    const scaler = `${move.kind} ${move.name}`;
    return wordRightsizing('resizeScaler', { scaler });
  }
  if (patch.resources) {
    return wordRightsizing('podLevel', { subject });
  }
  if (!patch.containers.some(({ main }) => main)) {
    return wordRightsizing('resizeInit', { subject });
  }
  if (pods.length === 0) {
    return wordRightsizing('resizeNoPods', { subject });
  }
  return pods.length > MOST_PODS
    ? wordRightsizing('resizeManyPods', {
        subject,
        count: pods.length,
        most: MOST_PODS,
      })
    : undefined;
}

interface Resized {
  changes: FieldChange[];
  /** Limits that stay though the advice takes them away. */
  kept: Worded[];
  /** Containers that the resize restarts. */
  restarted: string[];
}

function resize(
  { patch }: TakenAdvice,
  pod: RunningPod,
  subject: string,
): Resized | { withheld: Worded } {
  const resized: Resized = { changes: [], kept: [], restarted: [] };
  const after: RunningContainer[] = [...pod.containers];
  for (const { name, main, resources } of patch.containers) {
    const index = after.findIndex(each => each.name === name);
    if (!main) {
      continue; // what runs before the others has run
    }
    if (index < 0) {
      return {
        withheld: wordRightsizing('noContainer', { subject, container: name }),
      };
    }
    const live = pod.containers[index];
    const wanted = { requests: {}, limits: {}, ...copyOf(live) };
    for (const part of ['requests', 'limits'] as const) {
      for (const [resource, value] of Object.entries(resources[part] ?? {})) {
        const before = quantityOf(live, part, resource);
        if (sameQuantity(before, value)) {
          continue;
        }
        if (value === null) {
          const request = resources.requests?.[resource];
          const about = { resource, container: name, limit: before ?? '–' };
          if (part === 'requests' || isMore(request, before)) {
            return {
              withheld: wordRightsizing('resizeLimit', {
                ...about,
                request: request ?? '–',
              }),
            };
          }
          resized.kept.push(wordRightsizing('resizeKeepsLimit', about));
          continue;
        }
        const path = ['spec', 'containers', `[name=${name}]`, 'resources'];
        resized.changes.push({
          path: [...path, part, resource],
          before,
          after: value,
        });
        wanted[part] = { ...wanted[part], [resource]: value };
        if (restarts(live, resource) && !resized.restarted.includes(name)) {
          resized.restarted.push(name);
        }
      }
    }
    after[index] = { ...live, resources: wanted };
  }
  const was = qosClassOf(pod);
  const will = qosClassOf({ ...pod, containers: after });
  return was === will
    ? resized
    : {
        withheld: wordRightsizing('resizeClass', {
          pod: pod.target.name,
          before: was,
          after: will,
        }),
      };
}

function copyOf({ resources = {} }: RunningContainer) {
  return {
    ...(resources.requests && { requests: { ...resources.requests } }),
    ...(resources.limits && { limits: { ...resources.limits } }),
  };
}

function isMore(
  request: string | null | undefined,
  limit: string | null,
): boolean {
  return (
    (parseQuantity(request ?? undefined) ?? 0) >
    (parseQuantity(limit ?? undefined) ?? Infinity)
  );
}

function restarts({ resizePolicy = [] }: RunningContainer, resource: string) {
  return resizePolicy.some(
    ({ resourceName, restartPolicy }) =>
      resourceName === resource && restartPolicy === 'RestartContainer',
  );
}
