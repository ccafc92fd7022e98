import { configApiRef, useApi } from '@backstage/core-plugin-api';

/** Gives where a rule is documented; undefined where nobody says where the documentation is. */
export function useRuleHref(): (rule: string) => string | undefined {
  const base = useApi(configApiRef).getOptionalString('headroom.docsUrl');
  return rule =>
    base &&
    `${base.replace(/\/$/, '')}/concepts/manifests.md#${rule.toLocaleLowerCase(
      'en-US',
    )}`;
}
