import { textAt } from './json';
import { ManifestRuleId } from './ManifestFinding';
import { ManifestObject } from './ManifestObject';

/** What a rule is not asked of, and why. @public */
export interface ManifestWaiver {
  rule: ManifestRuleId;
  /** Absent = every kind. */
  kinds?: readonly string[];
  /** Labels that the object has. */
  labels?: Readonly<Record<string, string>>;
  /** A whole sentence. */
  reason: string;
}

/** Of checks of other tools, those that our rules repeat only in part, or not at all. @public */
export interface JudgeWaiver {
  /** As the tool calls it, e.g. `polaris/cpuLimitsMissing`. */
  check: string;
  /** What of it is waived, in the tool's own words; absent = all of it. */
  said?: string;
  reason: string;
}

/** Where rules are not asked, each with its reason. @public */
export const MANIFEST_WAIVERS: readonly ManifestWaiver[] = [
  {
    rule: 'M4',
    kinds: ['VerticalPodAutoscaler'],
    labels: { source: 'goldilocks' },
    reason:
      'Goldilocks makes it for advice alone, and would take bounds away again.',
  },
];

/** What is not asked of what other tools ask, each with its reason. @public */
export const JUDGE_WAIVERS: readonly JudgeWaiver[] = [
  {
    check: 'polaris/cpuLimitsMissing',
    reason:
      'A CPU limit throttles while cores are free, so it is a choice and not a duty.',
  },
  {
    check: 'kube-score/container-resources',
    said: 'CPU limit is not set',
    reason:
      'A CPU limit throttles while cores are free, so it is a choice and not a duty.',
  },
  {
    check: 'kube-score/deployment-replicas',
    reason:
      'It knows an HPA alone; K42 takes the one that KEDA makes of a ScaledObject for the same.',
  },
  {
    check: 'kube-score/networkpolicy-targets-pod',
    said: "The NetworkPolicys selector doesn't match any pods",
    reason:
      'A namespace is empty when it is made; its policies are for the pods that come later.',
  },
  {
    check: 'polaris/deploymentMissingReplicas',
    reason:
      'It asks for replicas where M7 forbids them; K42 asks only where nothing scales.',
  },
  {
    check: 'polaris/metadataAndInstanceMismatched',
    reason:
      'It wants the label on everything; K49 asks only that one which is there is right.',
  },
  {
    check: 'kube-linter/no-anti-affinity',
    reason:
      'It knows podAntiAffinity alone; K26 takes a spread over hosts for the same.',
  },
  {
    check: 'polaris/hostPathSet',
    reason: 'It is an error for paths of the node itself, else a warning.',
  },
];

export function isWaived(rule: ManifestRuleId, { object }: ManifestObject) {
  return MANIFEST_WAIVERS.some(
    waiver =>
      waiver.rule === rule &&
      (waiver.kinds?.includes(textAt(object, 'kind') ?? '') ?? true) &&
      Object.entries(waiver.labels ?? {}).every(
        ([key, value]) => textAt(object, 'metadata', 'labels', key) === value,
      ),
  );
}
