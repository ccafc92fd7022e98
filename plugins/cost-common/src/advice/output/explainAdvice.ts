import {
  AdvisedResource,
  AdviceReasonCode,
  AdviceRule,
  ContainerAdvice,
  ResourceAdvice,
} from '../types';
import { bytesText, coresText } from './quantities';

const NAMES: Record<AdvisedResource, string> = { cpu: 'CPU', memory: 'Memory' };

/**
 * One plain sentence a resource, numbers filled in: what to set, from what, and
 * where it comes from; or why not.
 *
 * @public
 */
export function explainAdvice(advice: ContainerAdvice): {
  cpu: string;
  memory: string;
} {
  return {
    cpu: sentence('cpu', advice.cpu, advice),
    memory: sentence('memory', advice.memory, advice),
  };
}

function sentence(
  resource: AdvisedResource,
  part: ResourceAdvice,
  { evidence }: ContainerAdvice,
): string {
  const text = textOf(resource);
  const name = NAMES[resource];
  const why = part.rule
    ? ruleText(resource, part.rule, evidence.days, evidence.appetite.value)
    : '';
  // A limit without a request is the request too.
  const set = part.current.request ?? part.current.limit;
  const now = set === undefined ? 'no request' : text(set);
  if (part.proposed) {
    const { request, limit } = part.proposed;
    const same = request === part.current.request;
    const what = same
      ? `keep the request of ${now}`
      : `request ${text(request)} instead of ${now}`;
    return `${name}: ${what}, ${limitText(resource, limit)}${podText(
      resource,
      part,
    )}: ${why}.`;
  }
  if (part.status === 'keep') {
    return `${name}: keep ${now}${why ? `: ${why}` : ''}${
      hasReason(part, 'below-noise') ? ', which is too close to change' : ''
    }.`;
  }
  const reasons = part.reasons[0]?.message.replace(/\.$/, '') ?? '';
  const held = part.held
    ? `; it would be ${text(part.held.request)}, ${why}`
    : '';
  return `${name}: no advice: ${lowerFirst(reasons)}${held}.`;
}

function ruleText(
  resource: AdvisedResource,
  rule: AdviceRule,
  days: number,
  appetite: string,
): string {
  const text = textOf(resource);
  const margin = (factor: number) =>
    factor > 1 ? ` and ${Math.round((factor - 1) * 100)} % on top` : '';
  switch (rule.kind) {
    case 'daily-quantile':
      if (rule.held) {
        return `it held ${text(rule.held.level)} for half an hour${
          rule.held.weekly ? ' at the same hour of two weeks' : ''
        }${margin(rule.held.margin)}`;
      }
      return `the highest of ${rule.days} days' ${quantileText(
        rule.quantile,
      )}${margin(
        rule.margin,
      )}, the rule that did best on this container's own past at appetite ${appetite}`;
    case 'peak':
      return `the highest working set of ${
        rule.days === undefined ? '' : 'the last '
      }${rule.days ?? days} days, ${text(rule.peak)}${margin(rule.margin)}`;
    case 'oom':
      return `it was killed at ${text(rule.killedAt)}, and gets ${Math.round(
        (rule.bump - 1) * 100,
      )} % more than that or its peak`;
    case 'peak-of-runs':
      return `the highest of ${rule.runs} runs, ${text(rule.peak)}${margin(
        rule.margin,
      )}`;
    case 'floor':
      return `it needs less than the floor of ${text(rule.floor)}`;
    case 'hpa':
      return `pods are still added at ${text(
        rule.scalingPoint,
      )} a pod, with a target of ${rule.target} %`;
    case 'bound':
      return rule.side === 'least'
        ? `it needs less than the ${text(rule.bound)} that ${rule.by} asks for`
        : `it needs more than the ${text(rule.bound)} that ${rule.by} leaves`;
    case 'whole-cores':
      return `it needs ${text(
        rule.needed,
      )}, rounded up to whole cores, which are its own in a pod of class Guaranteed`;
    default:
      return '';
  }
}

function limitText(resource: AdvisedResource, limit: number | null): string {
  return limit === null
    ? 'without a limit'
    : `with a limit of ${textOf(resource)(limit)}`;
}

/** Where the request is the pod's, what to set is the pod's. */
function podText(resource: AdvisedResource, { pod }: ResourceAdvice): string {
  const text = textOf(resource);
  return pod?.proposed
    ? `, as part of the pod's own request, ${text(
        pod.proposed.request,
      )} instead of ${text(pod.current.request ?? 0)}`
    : '';
}

function quantileText(quantile: number): string {
  return quantile === 1 ? 'peak' : `p${Math.round(quantile * 1000) / 10}`;
}

function hasReason(part: ResourceAdvice, code: AdviceReasonCode): boolean {
  return part.reasons.some(reason => reason.code === code);
}

function textOf(resource: AdvisedResource): (value: number) => string {
  return resource === 'cpu' ? coresText : bytesText;
}

/** Names keep their capitals: `CPU`, `HorizontalPodAutoscaler`. */
function lowerFirst(text: string): string {
  return /^[A-Z][a-z]+\b(?![A-Z])/.test(text)
    ? text[0].toLowerCase() + text.slice(1)
    : text;
}
