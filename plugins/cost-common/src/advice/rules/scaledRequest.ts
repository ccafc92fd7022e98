import { Worded, wordInTurn } from '@headroom/common';
import { wordCores } from '../messages/amounts';
import { wordSteering } from '../messages/steering';
import { cpuQuantity } from '../output/quantities';
import { Member, requestAfter } from '../pod/members';
import { Room } from '../room/types';
import { hpaDemandOn } from '../steering/hpaOf';
import {
  keepScalingPoint,
  keepScalingPointInCores,
  MovedRequest,
} from '../steering/keepScalingPoint';
import { scaleTogether } from '../steering/scaleTogether';
import { scalersOf } from '../steering/steeringOf';
import { HpaMove, PodMember } from '../types';
import { AdviceContext, keepsGuaranteed } from './context';
import { CurrentSetting, Draft, requestOf } from './draft';
import { mostRequest, reasonOf } from './fit';
import { limitCpu } from './limitCpu';

/** What a scaled request follows from. */
export interface ScaledInput {
  context: AdviceContext;
  /** Of the container, or of the pod where the request is on it. */
  current: CurrentSetting;
  /** Other containers that run in the pod; undefined = not known. */
  members: Member[] | undefined;
  podLevel?: boolean;
}

/** Where an autoscaler adds a pod, and the target it does so at now. */
interface Scaling {
  scaler: { kind: HpaMove['kind']; name: string };
  metric: { container?: string };
  target: number;
}

/**
 * The CPU request that an autoscaler in percent of it doesn't notice, at least
 * the one that is needed. Its target moves along, and where it is over several
 * containers so do their requests. What speaks against it goes into the draft.
 */
export function scaledRequest(
  draft: Draft,
  wanted: number,
  room: Room,
  input: ScaledInput,
): number {
  const { context, current, members, podLevel } = input;
  const demand = hpaDemandOn('cpu', {
    scalers: scalersOf(context.input.steering ?? []),
    container: context.input.container,
    members,
    request: current.request ?? current.limit,
    podLevel,
  });
  if (demand.kind === 'veto') {
    draft.vetoes.push(demand.reason);
  }
  if (demand.kind !== 'target') {
    return wanted;
  }
  const together = podLevel ? [] : demand.members;
  if (together.length > 0) {
    return moveTogether(draft, demand, together, { ...input, wanted, room });
  }
  const moved = moveAlone(draft, demand, { ...input, wanted });
  const most = mostRequest(room);
  if (most && moved > most.value * (1 + 1e-9) && moved > wanted) {
    draft.vetoes.push(reasonOf('cpu', most, moved));
  }
  return moved;
}

function moveAlone(
  draft: Draft,
  scaling: Scaling,
  { context, current, wanted }: ScaledInput & { wanted: number },
): number {
  const { scaler, metric, target } = scaling;
  const inCores = keepsGuaranteed(context) && context.podClass.exclusiveCores;
  const move = inCores ? keepScalingPointInCores : keepScalingPoint;
  const moved = move(wanted, { request: requestOf(current), target });
  if (!moved) {
    vetoTarget(draft, scaling, requestOf(current), wanted);
    return wanted;
  }
  setRule(draft, moved, wanted);
  if (moved.target !== target) {
    draft.hpa = {
      kind: scaler.kind,
      name: scaler.name,
      resource: 'cpu',
      ...(metric.container !== undefined && { container: metric.container }),
      currentTarget: target,
      proposedTarget: moved.target,
    };
    draft.notes.push({
      code: 'hpa-moved',
      resource: 'cpu',
      ...withRounding(
        wordSteering('targetMoves', {
          scaler: nameOf(scaler),
          point: wordCores(moved.scalingPoint),
          from: target,
          to: moved.target,
        }),
        moved,
      ),
    });
  }
  return moved.request;
}

/** All members in the order of their names, so that each of them comes to the same numbers. */
function moveTogether(
  draft: Draft,
  scaling: Scaling,
  others: readonly Member[],
  {
    context,
    current,
    wanted,
    room,
  }: ScaledInput & {
    wanted: number;
    room: Room;
  },
): number {
  const { input } = context;
  const { scaler, target } = scaling;
  const own: Member = {
    name: input.container,
    role: input.facts?.role ?? 'main',
    need: {
      current,
      ...(draft.vetoes.length === 0 && { request: wanted }),
      ...(draft.lowerVetoes.length > 0 && { noLower: true as const }),
    },
  };
  const members = [...others, own].sort((a, b) => (a.name < b.name ? -1 : 1));
  const guaranteed = keepsGuaranteed(context);
  const moved = scaleTogether(
    members.map(({ need }) => ({
      current: requestOf(need.current),
      wanted: requestAfter(need) ?? 0,
      fixed:
        need.request === undefined ||
        (guaranteed && Number.isInteger(requestOf(need.current))),
    })),
    target,
    input.policy.noise.ratio,
  );
  if (!moved) {
    const sum = members.reduce(
      (total, { need }) => total + requestOf(need.current),
      0,
    );
    const all = members.reduce(
      (total, { need }) => total + (requestAfter(need) ?? 0),
      0,
    );
    vetoTarget(draft, scaling, sum, all);
    return wanted;
  }
  const most = mostRequest(room);
  const tooLarge = moved.requests.find(
    (each, i) =>
      each > (most?.value ?? Infinity) * (1 + 1e-9) &&
      each > requestOf(members[i].need.current),
  );
  if (most && tooLarge !== undefined) {
    draft.vetoes.push(reasonOf('cpu', most, tooLarge));
  }
  const requests = new Map(
    members.map(({ name }, i) => [name, moved.requests[i]]),
  );
  const request = requests.get(input.container) ?? wanted;
  setRule(draft, { ...moved, request }, wanted);
  const changes = members.some(
    ({ need }, i) => moved.requests[i] !== requestOf(need.current),
  );
  if (!changes && moved.target === target) {
    return request;
  }
  draft.together = true;
  draft.hpa = {
    kind: scaler.kind,
    name: scaler.name,
    resource: 'cpu',
    currentTarget: target,
    proposedTarget: moved.target,
    together: others.map(member =>
      memberAfter(member, requests.get(member.name) ?? 0, context),
    ),
  };
  const words = {
    scaler: nameOf(scaler),
    containers: members.length,
    point: wordCores(moved.scalingPoint),
    requests: members
      .map(({ name }) => `${name} ${cpuQuantity(requests.get(name) ?? 0)}`)
      .join(', '),
    to: moved.target,
  };
  draft.notes.push({
    code: 'pod-together',
    resource: 'cpu',
    ...withRounding(
      moved.target === target
        ? wordSteering('podTargetStays', words)
        : wordSteering('podTargetMoves', { ...words, from: target }),
      moved,
    ),
  });
  return request;
}

function memberAfter(
  { name, role, need }: Member,
  request: number,
  context: AdviceContext,
): PodMember {
  const { limit = null } = need.current;
  return {
    name,
    role,
    current: need.current,
    proposed:
      request === requestOf(need.current)
        ? { request, limit }
        : {
            request,
            limit: limitCpu({
              request,
              leastLimit: need.leastLimit ?? 0,
              current: need.current,
              guaranteed: keepsGuaranteed(context),
              policy: context.input.policy,
              room: {},
            }).limit,
          },
  };
}

function setRule(draft: Draft, moved: MovedRequest, wanted: number): void {
  if (moved.request !== wanted) {
    draft.rule = {
      kind: 'hpa',
      scalingPoint: moved.scalingPoint,
      target: moved.target,
    };
  }
}

function nameOf({ kind, name }: Scaling['scaler']): string {
  return `${kind} ${name}`;
}

/** Says by how much rounding moves the scaling point of a few millicores. */
function withRounding(
  said: Worded,
  { scalingPoint, movedFrom }: Pick<MovedRequest, 'scalingPoint' | 'movedFrom'>,
): Worded {
  if (movedFrom === undefined) {
    return said;
  }
  const moved = scalingPoint / movedFrom - 1;
  const percent = Math.round(Math.abs(moved) * 1000) / 10;
  return wordInTurn(
    said,
    wordSteering(moved < 0 ? 'addsEarlier' : 'addsLater', { percent }),
  );
}

function vetoTarget(
  draft: Draft,
  { scaler, target }: Scaling,
  request: number,
  wanted: number,
): void {
  draft.vetoes.push({
    code: 'hpa-custom-target',
    resource: 'cpu',
    ...wordSteering('targetOutOfBounds', {
      scaler: nameOf(scaler),
      point: wordCores((request * target) / 100),
      request: wordCores(wanted),
    }),
  });
}
