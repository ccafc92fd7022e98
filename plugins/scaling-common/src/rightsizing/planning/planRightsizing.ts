import {
  FieldChange,
  Micros,
  PlannedAction,
  Prerequisite,
  Said,
  Worded,
} from '@headroom/common';
import { PodPatch } from '@headroom/plugin-cost-common';
import { wordRightsizing } from '../sentences';
import { directionOf, hourly, SETTLE_SECONDS } from './expectations';
import { moveTarget, TargetMove } from './moveTarget';
import { quantityOf, sameQuantity } from './quantities';
import { podPathOf, ScalerObject, TemplateObject } from './TemplateObject';

/** What an advice proposes, as far as it is applied. @public */
export interface TakenAdvice {
  /** Of the container, as the cost back end gives it. */
  id: string;
  patch: PodPatch;
  /** Targets of autoscalers that have to move with the request. */
  moves: readonly TargetMove[];
  /** From what it follows, in whole sentences. */
  explanation: readonly Said[];
  /** Of the tab on which it is shown, a path of the portal. */
  link?: string;
  /** Saved a month of 730 hours; negative = it costs more. */
  savingPerMonth?: Micros;
  currency: string;
}

/**
 * The actions that take an advice on the cluster: the quantities of the pod template,
 * which has the workload roll out, and the target of an autoscaler that is a percentage
 * of the request, so that it adds a pod at the same use as before. Of the two that one
 * goes first which makes it add pods earlier: for a while there are too many and never
 * too few.
 *
 * @param scaler - what {@link TakenAdvice.moves} is about, as it is now
 * @returns the actions, or in a sentence why there are none
 * @public
 */
export function planRightsizing(
  advice: TakenAdvice,
  object: TemplateObject,
  entityRef: string | undefined,
  scaler?: ScalerObject,
): PlannedAction[] | { withheld: Worded } {
  const rollout = planRollout(advice, object, entityRef);
  const [move, ...others] = advice.moves;
  if ('withheld' in rollout || !move) {
    return 'withheld' in rollout ? rollout : [rollout];
  }
  const { subject } = rollout;
  if (others.length > 0) {
    return { withheld: wordRightsizing('manyTargets', { subject }) };
  }
  const moved = moveTarget(move, scaler);
  if ('withheld' in moved) {
    return moved;
  }
  const { target, change } = moved;
  const named = {
    scaler: `${move.kind} ${move.name}`,
    from: move.currentTarget,
    to: move.proposedTarget,
  };
  const retarget: PlannedAction = {
    key: `${advice.id}:${move.kind}/${move.name}=${move.proposedTarget}`,
    group: advice.id,
    target,
    subject,
    ...(entityRef && { entityRef }),
    changes: [change],
    direction: 'neutral',
    reason: wordRightsizing('moves', named),
    evidence: rollout.evidence,
    expected: {
      text: wordRightsizing('expectedMove', { subject }),
      settleSeconds: SETTLE_SECONDS,
    },
    undo: wordRightsizing('undoMove', named),
  };
  const takes = { ...rollout, group: advice.id };
  return move.proposedTarget > move.currentTarget
    ? [takes, { ...retarget, waitsFor: prerequisiteOf(takes, true) }]
    : [retarget, { ...takes, waitsFor: prerequisiteOf(retarget, false) }];
}

function prerequisiteOf(
  { target, changes }: PlannedAction,
  rolledOut: boolean,
): Prerequisite | undefined {
  return target.type === 'kubernetes'
    ? {
        target,
        fields: changes.map(({ path, after }) => ({ path, value: after })),
        ...(rolledOut && { rolledOut }),
      }
    : undefined;
}

/**
 * The action that sets the quantities of the pod template, whatever scales it.
 *
 * @returns the action, or in a sentence why there is none
 * @public
 */
export function planRollout(
  advice: TakenAdvice,
  object: TemplateObject,
  entityRef: string | undefined,
): PlannedAction | { withheld: Worded } {
  const { target } = object;
  const subject = `${target.kind} ${target.namespace}/${target.name}`;
  const pod = podPathOf(target.kind);
  if (!pod) {
    return {
      withheld: wordRightsizing('noTemplate', { kind: target.kind, subject }),
    };
  }
  if (advice.patch.resources) {
    return { withheld: wordRightsizing('podLevel', { subject }) };
  }
  const changes: FieldChange[] = [];
  for (const { name, main, resources } of advice.patch.containers) {
    const list = main ? 'containers' : 'initContainers';
    const live = object[list].find(each => each.name === name);
    if (!live) {
      return {
        withheld: wordRightsizing('noContainer', { subject, container: name }),
      };
    }
    for (const part of ['requests', 'limits'] as const) {
      for (const [resource, after] of Object.entries(resources[part] ?? {})) {
        const before = quantityOf(live, part, resource);
        if (!sameQuantity(before, after)) {
          const path = [...pod, list, `[name=${name}]`, 'resources', part];
          changes.push({ path: [...path, resource], before, after });
        }
      }
    }
  }
  if (changes.length === 0) {
    return { withheld: wordRightsizing('alreadySo', { subject }) };
  }
  const perHour = hourly(advice.savingPerMonth);
  return {
    key: `${advice.id}:${changes
      .map(({ path, after }) => `${path.slice(-4).join('.')}=${after}`)
      .join(',')}`,
    target,
    subject,
    ...(entityRef && { entityRef }),
    changes,
    direction: directionOf(advice.savingPerMonth),
    reason: wordRightsizing('reason', { subject }),
    evidence: advice.explanation.map(text => ({
      text,
      ...(advice.link && { link: advice.link }),
    })),
    expected: {
      text: wordRightsizing('expected'),
      ...(perHour !== undefined && {
        savingPerHour: perHour,
        currency: advice.currency,
      }),
      settleSeconds: SETTLE_SECONDS,
    },
    undo: wordRightsizing('undo', { subject }),
  };
}

/**
 * Quantities that run now, by container and then by `requests.cpu` and the like.
 *
 * @public
 */
export function liveQuantities({
  containers,
  initContainers,
}: TemplateObject): Record<string, Record<string, string>> {
  return Object.fromEntries(
    [...initContainers, ...containers].map(container => [
      container.name,
      Object.fromEntries(
        (['requests', 'limits'] as const).flatMap(part =>
          Object.entries(container.resources?.[part] ?? {}).map(
            ([resource, value]) => [`${part}.${resource}`, String(value)],
          ),
        ),
      ),
    ]),
  );
}
