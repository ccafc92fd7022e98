import { ManifestRuleId, ManifestSeverity } from '../ManifestFinding';
import { Hit, ManifestFamily, ManifestRule } from '../ManifestRule';
import { ManifestSet } from '../ManifestSet';
import { sayManifest } from '../sentences';

/** A rule as the file of its family writes it. */
export interface RuleParts {
  severity: ManifestSeverity;
  judges?: readonly string[];
  needs?: readonly string[];
  onlyFiles?: boolean;
  check(set: ManifestSet): Iterable<Hit>;
}

/** The rules of a family, by number. */
export function defineRules(
  family: ManifestFamily,
  rules: { readonly [id: ManifestRuleId]: RuleParts },
): readonly ManifestRule[] {
  return Object.entries(rules).map(([id, parts]) => ({
    judges: [],
    ...parts,
    id: id as ManifestRuleId,
    family,
    // Every rule has its reason in the catalogue; a test sees to it.
    why: sayManifest(`${id}why` as 'K1why'),
  }));
}
