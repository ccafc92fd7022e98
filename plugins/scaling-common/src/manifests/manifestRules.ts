import { Worded } from '@headroom/common';
import { ManifestRuleId, ManifestSeverity } from './ManifestFinding';
import { ManifestFamily } from './ManifestRule';
import { RULES } from './rules';

/** A rule as it is documented. @public */
export interface ManifestRuleInfo {
  id: ManifestRuleId;
  family: ManifestFamily;
  severity: ManifestSeverity;
  /** Checks of other tools that look for the same, e.g. `polaris/hostPortSet`. */
  judges: readonly string[];
  why: Worded;
}

/** All rules that {@link checkManifests} asks. @public */
export const MANIFEST_RULES: readonly ManifestRuleInfo[] = RULES.map(
  ({ id, family, severity, judges, why }) => ({
    id,
    family,
    severity,
    judges,
    why,
  }),
);
