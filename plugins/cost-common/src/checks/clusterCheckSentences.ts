import { createWorder } from '@headroom/common';

/**
 * What the check of a cluster says of its configuration, its prices and itself.
 *
 * @public
 */
export const CLUSTER_CHECK_SENTENCES = {
  askPrices: 'What do these nodes cost?',
  timeIsUp:
    'The check was stopped after {{seconds}} s. What was found until then holds; the rest was not looked at.',
  failed: 'The check failed; the log of the back end says why.',
  brokeOff:
    'The check of the source broke off here; the log of the back end says why.',
  brokeOffEffect: 'What it would have asked next may be right or not.',
  noCheck: 'The source {{source}} does not say what there is to be read.',
  noCheckEffect: 'What it lacks shows when hours are read.',

  moduleAbsent:
    '{{section}} is configured for {{cluster}}, and no module that reads it is installed.',
  sourceAbsent: 'Nothing says where the usage of {{cluster}} comes from.',
  noCosts: 'There are no costs of this cluster.',
  atCluster: 'headroom.clusters, at {{cluster}}',
  atSource: 'headroom.clusters, {{source}} of {{cluster}}',

  noCredentials:
    'No credentials are configured for {{source}}, and none are sent.',
  asked: 'It is asked with {{sent}}.',
  askedInTheOpen: 'It is asked with {{sent}}, over plain HTTP.',
  askedInTheOpenEffect:
    'Whoever is on the way can read it, and ask in its name.',
  bearer: 'a bearer token',
  basic: 'a user name and a password',
  header_one: 'the header {{names}}',
  header_other: 'the headers {{names}}',

  nodes_one: '{{count}} node',
  nodes_other: '{{count}} nodes',
  fromConfig: '{{nodes}} from headroom.prices',
  fromSource: '{{nodes}} from the source',
  fromList: '{{nodes}} from the built-in list',
  prices: 'Prices are known: {{origins}}.',
  pricesOfSpot:
    'The price of {{nodes}} on spot is a share that spot commonly is of on-demand.',
  pricesOfSpotEffect:
    'What is billed differs from hour to hour and place to place.',
  pricesAssumed: 'No price is known of {{nodes}}: {{kinds}}.',
  pricesAssumedEffect:
    'They are priced as in another region, or by their cores and memory: shares of services are right, amounts are a guess.',
  pricesMissing:
    'Nobody knows what pods cost on {{nodes}} that are no machines: {{kinds}}.',
  pricesMissingEffect: 'What runs there is in no figure.',
  ofKind: '{{amount}} × {{kind}}',
  moreKinds_one: '{{count}} more kind',
  moreKinds_other: '{{count}} more kinds',
  kindAnd: '{{kind}} {{more}}',
  unknownType: 'a node of unknown type',
  inRegion: 'in {{region}}',
  onSpot: 'on spot',
  withWindows: 'with Windows',
  inAutoMode: 'in EKS Auto Mode',

  askSimulation: 'Does the simulation answer?',
  askLastHour: 'What ran in the last hour?',
  simulation:
    '{{cluster}} is a simulation: a process of its own makes up what runs there.',
  simulationEffect:
    'Nothing of it is billed; its figures are computed as those of a real cluster are.',
  inPlaceOfDemo: 'headroom.clusters, at {{cluster}}, in place of demo',
  history: 'It answers, and has usage since {{since}}.',
  lastHourAbsent:
    'It has nothing of the last hour: its clock is another than that of the back end.',
  lastHourAbsentEffect: 'Hours stay gaps until its clock has reached them.',
  lastHour:
    'In the hour until {{until}} UTC it had {{nodes}} nodes, {{containers}} containers, {{volumes}} volumes and {{gpus}} GPUs, with readings of {{measured}} devices and parts of devices.',
  demoCluster: 'The demo cluster {{cluster}}',
  simulationOtherForm:
    "{{name}} answered {{path}} in a form that isn't understood; it must be of the same version as the back end, whose log says where they differ.",
  simulationSilentEffect:
    'There are no costs of this cluster until it answers.',
  shell: 'A shell in the repository',
} as const;

/** @public */
export const wordClusterCheck = createWorder(
  'clusterCheck',
  CLUSTER_CHECK_SENTENCES,
);
