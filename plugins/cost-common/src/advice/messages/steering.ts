import { createWorder } from '@headroom/common';

/** What autoscalers make of a request. */
export const STEERING_SENTENCES = {
  unread:
    'The autoscalers of this workload could not be read, and one of them may set this.',
  several:
    'Several objects steer this workload, and which of them wins is undefined: {{objects}}.',
  vpaControls: '{{vpa}} sets this itself, in mode {{mode}}.',
  memoryTarget:
    '{{scaler}} scales on memory in percent of the request. Memory seldom falls when pods are added, so its request and target are better moved by hand.',
  manyTargets:
    '{{scaler}} scales on CPU by {{targets}} targets that follow this request. Moving one of them would leave the others behind.',
  targetIsNoShare:
    '{{scaler}} scales on CPU with a target that is not a share of the request.',
  requestUnset:
    '{{scaler}} scales on CPU in percent of a request that is not set, so it is not known at which usage it scales.',
  othersUnknown:
    '{{scaler}} scales on the CPU of all containers of the pod together, and what the others request is not known. With a ContainerResource metric only this container would matter.',
  otherUnset:
    "{{scaler}} scales on CPU in percent of what all containers of the pod request, and {{container}} has no request. Until it has one, the autoscaler can't work that percentage out.",
  targetOutOfBounds:
    '{{scaler}} adds a pod when usage is {{point}} a pod. A request of {{request}} would need a target below 50 %, or one that is no whole percent.',
  targetMoves:
    '{{scaler}} goes on adding a pod when usage is {{point}} a pod: its target moves from {{from}} % to {{to}} %, together with the request.',
  podTargetMoves:
    '{{scaler}} scales on the CPU of all {{containers}} containers of the pod together. It goes on adding a pod when usage is {{point}} a pod only if all of them change at once ({{requests}}) and its target moves from {{from}} % to {{to}} %.',
  podTargetStays:
    '{{scaler}} scales on the CPU of all {{containers}} containers of the pod together. It goes on adding a pod when usage is {{point}} a pod only if all of them change at once ({{requests}}) and its target stays at {{to}} %.',
  addsEarlier:
    'Targets are whole percents, so this is {{percent}} % earlier than now.',
  addsLater:
    'Targets are whole percents, so this is {{percent}} % later than now.',
} as const;

export const wordSteering = createWorder('adviceSteering', STEERING_SENTENCES);
