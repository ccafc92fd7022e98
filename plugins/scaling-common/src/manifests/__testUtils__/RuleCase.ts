import { ManifestContext } from '../ManifestContext';
import { ManifestRuleId } from '../ManifestFinding';

/** A snippet that must be refused, and one that must pass. */
export interface RuleCase {
  rule: ManifestRuleId;
  dont: string;
  do: string;
  context?: ManifestContext;
  /** Of the file; `.github/workflows/ci.yaml` is a second one. */
  workflow?: { dont: string; do: string };
}
