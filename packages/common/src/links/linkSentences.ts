import { createWorder } from '../wording';

/**
 * Why an entity's annotations link nothing.
 *
 * @public
 */
export const LINK_SENTENCES = {
  locationUntrusted:
    "The Kubernetes annotations of {{entity}} don't count: it is registered at {{location}}, which is none of headroom.cost.claims.trustedLocations",
  locationUnknown:
    "The Kubernetes annotations of {{entity}} don't count: it is registered at no location, and only those at headroom.cost.claims.trustedLocations do",
  selectorIgnored: 'The label selector of {{entity}} is ignored: {{refusal}}',
  selectorEmpty: 'it is empty, so it would match every workload',
  selectorOfOthers:
    '"{{selector}}" asks for no value of a label that only its own pods have, so it would claim what others run; add one such as {{example}}',
} as const;

export const wordLinks = createWorder('links', LINK_SENTENCES);
