import { createWorder } from '@headroom/common';

const SETTLE =
  'one of the two should give up its claim, or a rule under headroom.cost.links with decides: true say whose they are';
const SETTLE_RULE =
  "a claim counts before a rule that doesn't decide; add decides: true to the rule when they are its, else yields: true";

/**
 * Who claims workloads that count for somebody else, and how that is settled.
 *
 * @public
 */
export const CLAIM_SENTENCES = {
  workloads_one: '{{count}} workload',
  workloads_other: '{{count}} workloads',
  named: '{{workloads}}, e.g. {{example}} ({{how}})',
  unnamed: 'workloads',
  unnamedBy: 'workloads ({{how}})',
  otherService: 'a service of another owner',
  otherEntity: 'another entity',

  ruleGives: `A rule under headroom.cost.links ({{how}}) gives {{by}} {{workloads}} of this service too, e.g. {{example}}; ${SETTLE_RULE}.`,
  ruleGivesUnseen: `A rule under headroom.cost.links gives an entity that you may not see {{workloads}} of this service too, e.g. {{example}}; ${SETTLE_RULE}.`,
  claims: `{{by}} claims {{workloads}} of this service too, e.g. {{example}} ({{how}}). What this service had first stays with it; ${SETTLE}.`,
  claimsUnseen: `An entity that you may not see claims {{workloads}} of this service too, e.g. {{example}}. What this service had first stays with it; ${SETTLE}.`,

  ruleGivesOthers: `A rule under headroom.cost.links gives {{by}} {{what}} that count for {{of}}, which claims them; ${SETTLE_RULE}.`,
  claimsNamespace:
    "{{by}} claims {{what}}, which doesn't count: headroom.cost.claims.namespaces gives those namespaces to entities of other owners.",
  claimsTied: `{{by}} claims {{what}} that an entity of another owner claims too, and nothing says whose they are, so that they count for nobody; ${SETTLE}.`,
  claimsOthers: `{{by}} claims {{what}} that count for {{of}}, which had them first; ${SETTLE}.`,
} as const;

/** @public */
export const wordClaims = createWorder('claims', CLAIM_SENTENCES);
