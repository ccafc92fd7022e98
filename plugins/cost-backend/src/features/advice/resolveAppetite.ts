import { labelReader, Worded } from '@headroom/common';
import {
  Appetite,
  AppetiteOrigin,
  APPETITES,
  wordInventory,
} from '@headroom/plugin-cost-common';
import { AppetiteConfig, AppetiteRule } from '../../core/config/AdviceConfig';

/** What may say how much risk to take with a workload. */
export interface AppetiteSubject {
  cluster: string;
  namespace: string;
  workload: string;
  /** Pod labels. */
  labels: Record<string, string>;
  /** Their keys are as Prometheus holds them. */
  labelsSanitized: boolean;
  /** Of the pod template, from the Kubernetes API. */
  kubernetesLabels?: Record<string, string>;
  /** Annotation of the workload, as written. */
  workloadAnnotation?: string;
  /** Annotation of the linked entity, as written. */
  entityAnnotation?: string;
  /** `spec.lifecycle` of the linked entity. */
  lifecycle?: string;
}

/** An appetite, and what was written but is none. */
export interface ResolvedAppetite {
  value: Appetite;
  origin: AppetiteOrigin;
  /** One sentence for the page; what was written is not guessed at. */
  problem?: Worded;
}

/**
 * The first that says something wins: the annotation on the workload, the one
 * on its service, the operator's rules, the lifecycle, the default. An
 * annotation with a value nobody knows says nothing, and is reported.
 */
export function resolveAppetite(
  subject: AppetiteSubject,
  config: AppetiteConfig,
): ResolvedAppetite {
  const { workloadAnnotation, entityAnnotation, lifecycle } = subject;
  const annotations = [workloadAnnotation, entityAnnotation].filter(
    (value): value is string => value !== undefined,
  );
  const wrong = annotations.find(value => !isAppetite(value));
  const annotated = annotations.find(isAppetite);
  const found = annotated
    ? { value: annotated, origin: 'annotation' as const }
    : fromOperator(subject, config, lifecycle);
  return wrong === undefined
    ? found
    : {
        ...found,
        problem: wordInventory('appetiteUnknown', {
          workload: `${subject.namespace}/${subject.workload}`,
          value: wrong.slice(0, 100),
          known: APPETITES.join(', '),
          used: found.value,
        }),
      };
}

function fromOperator(
  subject: AppetiteSubject,
  config: AppetiteConfig,
  lifecycle: string | undefined,
): ResolvedAppetite {
  const rule = config.rules.find(each => holds(each, subject));
  if (rule) {
    return { value: rule.appetite, origin: 'policy' };
  }
  if (lifecycle !== undefined && Object.hasOwn(config.lifecycles, lifecycle)) {
    return { value: config.lifecycles[lifecycle], origin: 'lifecycle' };
  }
  return { value: config.default, origin: 'default' };
}

function isAppetite(value: string): value is Appetite {
  return (APPETITES as readonly string[]).includes(value);
}

function holds(rule: AppetiteRule, subject: AppetiteSubject): boolean {
  const valueOf = labelReader(subject);
  return (
    fits(rule.cluster, subject.cluster) &&
    fits(rule.namespace, subject.namespace) &&
    fits(rule.workload, subject.workload) &&
    Object.entries(rule.labels ?? {}).every(([key, pattern]) => {
      const value = valueOf(key);
      return value !== undefined && fits(pattern, value);
    })
  );
}

/** `*` stands for any text. Linear in practice: each star only ever moves on. */
function fits(pattern: string | undefined, text: string): boolean {
  if (pattern === undefined) {
    return true;
  }
  let p = 0;
  let t = 0;
  let star = -1;
  let resume = 0;
  while (t < text.length) {
    if (pattern[p] === '*') {
      star = p;
      resume = t;
      p += 1;
    } else if (pattern[p] === text[t]) {
      p += 1;
      t += 1;
    } else if (star >= 0) {
      resume += 1;
      t = resume;
      p = star + 1;
    } else {
      return false;
    }
  }
  return [...pattern.slice(p)].every(rest => rest === '*');
}
