import { createWorder } from '@headroom/common';

/**
 * What a guardrail says of a change: what can't be priced, how pods are counted,
 * what each rule found. Amounts come with their currency.
 *
 * @public
 */
export const GUARD_SENTENCES = {
  byReplicas_one: 'It runs {{count}} replica, as spec.replicas says.',
  byReplicas_other: 'It runs {{count}} replicas, as spec.replicas says.',
  byScaler:
    'It runs {{min}} to {{max}} replicas, which is the range of the {{kind}} {{name}}.',
  claimsKeptScaled:
    'The volumes of replicas that go are kept and still paid for, as persistentVolumeClaimRetentionPolicy.whenScaled is not Delete.',
  claimsKeptDeleted:
    'Its volumes are kept and still paid for when it is removed, as persistentVolumeClaimRetentionPolicy.whenDeleted is not Delete.',
  claimsKeptUncounted:
    'How many volumes of {{workload}} are kept and still paid for is not known.',
  scalerOpen:
    'The {{kind}} {{name}} names no maximum, so how many replicas of {{workload}} will run is not known.',
  replicasUnread:
    'The replicas of {{workload}} are {{value}}, which is no whole number of 0 or more, so what it costs is not known.',
  requestUnread:
    'The container {{container}} of {{workload}} asks for {{value}} of {{resource}}, which is no quantity such as 250m or 512Mi.',
  noContainers:
    'The {{kind}} {{workload}} names no containers, as a patch does, so what its pods ask for is not known.',
  noClaimSize:
    'The claim {{name}} asks for no readable amount of storage, so what it costs is not known.',
  unreadFile: 'What {{file}} costs is not known: {{why}}',
  kustomizationVariants:
    'These kustomizations make the same objects, as for several environments, so which one is meant is not known. Give the folder of one of them in place of the folder above them, also to --before.',
  kustomizationAmong:
    'It is a {{kind}}, which says what is made of other files. Give its folder to have it built.',
  loadBalancer:
    'A load balancer is billed by the provider and not by Kubernetes, so what it costs is not known here.',
  unknownKind:
    'What an object of the kind {{kind}} makes in the cluster is not known here, nor what that costs.',
  workloadRef:
    'The Rollout {{workload}} runs the pods of the {{kind}} {{name}}, so what it costs is not known.',
  resourceClaims:
    'The pods of {{workload}} claim devices by resourceClaims, and what these cost is not known.',
  ephemeralVolumes:
    'The pods of {{workload}} have ephemeral volumes that are made for each of them, and what these cost is not known.',
  podsOnDemand:
    'It has pods only while there is work. How many run, and for how long, is not known.',
  gpuUnpriced:
    'The price book has no price of the GPU that is asked for. Add what you pay: gpus: [{ model: …, hourlyPrice: … }], and let the manifest name the model by the node label nvidia.com/gpu.product.',
  gpuShareUnpriced:
    'A price book says what a whole GPU costs, and how GPUs are shared is the cluster’s own, so what a share of one costs is not known offline. Ask the portal.',
  storageUnpriced:
    'The price book has no price of the storage that is asked for. Add what you pay: storageClasses: [{ storageClass: …, gibHourPrice: … }].',
  assumed:
    'Unit prices of last resort were assumed for {{resources}}. Say what you pay in the price book: unitPrices.',
  leavesOut:
    'A month has 730 hours, and pods are charged what they request. Use beyond requests, network traffic, and capacity that nobody holds come on top.',

  costUnread: '{{field}} is not known.',
  infracostUnsupported_one:
    '{{count}} resource is of a kind that Infracost does not know.',
  infracostUnsupported_other:
    '{{count}} resources are of kinds that Infracost does not know.',
  infracostNoPrice_one: '{{count}} resource has no price.',
  infracostNoPrice_other: '{{count}} resources have no price.',
  infracostUsage_one:
    '{{count}} resource is billed by use, which Infracost knows only as far as infracost-usage.yml says it.',
  infracostUsage_other:
    '{{count}} resources are billed by use, which Infracost knows only as far as infracost-usage.yml says it.',
  infracostPrice: 'No price was found of {{component}}.',
  infracostError: 'Infracost could not read the project: {{why}}',
  infracostRest: 'what the file lists under no resource',

  increaseHeld: 'The increase of {{increase}} a month is at most {{limit}}.',
  increaseBroken: 'The increase of {{increase}} a month is above {{limit}}.',
  increaseUndecided:
    'Whether the increase a month is above {{limit}} is not known.',
  percentHeld: 'The increase of {{percent}} % is at most {{limit}} %.',
  percentHeldOpen:
    'The increase is at most {{limit}} % of what is known to be paid before, which may be more.',
  percentBroken: 'The increase of {{percent}} % is above {{limit}} %.',
  percentUndecided: 'Whether the increase is above {{limit}} % is not known.',
  percentZero:
    'The rule of {{limit}} % was skipped, because nothing was paid before.',
  percentUnknown:
    'The rule of {{limit}} % was skipped, because what is paid before the change is not known.',
  budgetHeld: 'The budget {{budget}} has room for it: {{room}} are left.',
  budgetBroken:
    'The budget {{budget}} has {{room}} left, and the change takes {{increase}} a period.',
  budgetUndecided:
    'Whether the budget {{budget}}, of which {{room}} are left, has room for the change is not known.',
  budgetNone: 'The rule of the budget was skipped: {{owner}} has no budget.',
  budgetUnknown: 'The budget left is not known: {{why}}',

  budgetNotAsked: 'no portal was asked.',
  budgetHidden:
    'the caller may not see all that the budgets of {{owner}} are for.',
  budgetProblem: 'the budget {{budget}} can’t be evaluated: {{why}}',
  budgetNoOwner: 'nobody said whose it is.',
  budgetOwnerUnknown:
    '{{entityRef}} is not in the catalog as Headroom last read it.',
  budgetCurrency: 'the portal has no rate of exchange for {{currency}}.',

  outage:
    'Prices could not be had, so the cost of this change is not known: {{why}} It is a warning and blocks nothing.',
  overridden:
    '{{person}} lets the change pass until {{until}}. The reason: {{reason}}',
  overrideOver:
    'The override by {{person}} ended at {{until}}, so it counts no more.',
} as const;

/** @public */
export const wordGuard = createWorder('guard', GUARD_SENTENCES);
