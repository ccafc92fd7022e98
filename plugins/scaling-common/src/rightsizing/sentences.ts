import { createWorder } from '@headroom/common';

/** Why advice can't be applied, or not in this way. @public */
export const RIGHTSIZING_SENTENCES = {
  notFound:
    'No file of {{repository}} declares {{workload}} with its container {{container}}, so there is nothing to open a pull request against.',
  notFoundHelm:
    'No file of {{repository}} declares {{workload}} as it is; {{path}} is a template of a Helm chart, whose values decide. Set the values of the patch where the chart is installed.',
  several:
    'Several files of {{repository}} declare {{workload}}: {{paths}}. Which of them is deployed cannot be told from them.',
  differs:
    '{{path}} says {{field}} {{file}}, and the cluster runs {{live}}: something else sets it, and a change of the file would not be the one that was advised.',
  patched:
    '{{path}} sets resources of {{workload}} by a patch of its own, which is not edited, so that a change of {{manifest}} would not be what runs. Change the patch instead.',
  shared:
    '{{path}} is the base of several overlays ({{overlays}}): a change there would change all of them. Patch the overlay of this cluster instead.',
  noSource:
    'Nothing says where the manifests of this workload are: annotate its entity with headroom.io/manifests, or name the folder under headroom.scaling.rightsizing.manifests.',
  noBranch:
    '{{url}} is no folder of a repository that an integration of the portal is for, such as https://github.com/acme/deployments/tree/main/prod.',
  notRead: '{{repository}} could not be read. The log of the portal says why.',
  tooMany:
    '{{url}} has more manifests than are read, and none of those that are is that of the workload: name a folder with fewer.',
  notThere:
    '{{subject}} is not in cluster {{cluster}} any more, or cannot be changed through its API.',
  notReached: 'Cluster {{cluster}} could not be asked for {{subject}}: {{why}}',
  observed:
    'Advice on {{subject}} is shown and not applied here: headroom.scaling.rightsizing.rules says observe.',
  nothingProposed:
    'The advice proposes no change: it says keep, or is withheld.',
  merged: 'The pull request was merged: {{url}}',
  runs: 'The pull request was merged, and {{subject}} runs what it says: {{url}}',
  closed: 'The pull request was closed and not merged: {{url}}',
  keptInGit:
    '{{field}} of {{object}} comes from Git by {{manager}}, which would put it back. Open a pull request instead; or, where {{manager}} is told to leave the field alone, say so by the annotation {{annotation}} of {{object}}.',
  noTemplate:
    '{{subject}} is a {{kind}}, which has no pod template that can be changed: the change belongs where it is made.',
  noContainer: '{{subject}} has no container {{container}} any more.',
  podLevel:
    'The request of {{subject}} is of the pod as a whole, which is changed in its manifest only.',
  autoscaler:
    'The target of the autoscaler of {{subject}} has to change together with the request. Both are in the patch; apply them in one change of their manifests.',
  scalerNotRead:
    'The target of {{scaler}} has to change together with the request, and it is not on the cluster, or could not be read.',
  targetNotFound:
    '{{scaler}} has {{found}} targets in percent of the {{resource}} that is requested, where one was to be moved together with the request.',
  targetDiffers:
    '{{scaler}} has a target of {{now}} % by now, and the advice was made for {{advised}} %: it is made anew with the next run.',
  manyTargets:
    'Several targets of autoscalers of {{subject}} have to change together with the request. All are in the patch; apply them in one change of their manifests.',
  moves:
    'The target of {{scaler}} is a percentage of the request, which changes: {{to}} % of the new one is as much as {{from}} % of the old one.',
  expectedMove:
    '{{subject}} gets another pod at the same use as before the change of its request.',
  undoMove:
    'The target of {{scaler}} is {{from}} % again, together with the request.',
  resizeScaler:
    'A pod that is resized in place would have {{scaler}} count with two different requests, as pods that come later have that of the template. Apply it by a rollout, which moves its target as well.',
  resizeNoPods: '{{subject}} has no pod that runs and could be resized.',
  resizeManyPods:
    '{{subject}} has {{count}} pods that run, and at most {{most}} are resized in one plan. Apply it by a rollout.',
  resizeInit:
    'Only init containers of {{subject}} would change, and those of pods that run are over.',
  resizeClass:
    'Pod {{pod}} would be {{after}} instead of {{before}}, and the class of service of a pod that runs cannot change. Apply it by a rollout.',
  resizeLimit:
    'The limit of {{resource}} of container {{container}} is {{limit}} and cannot be taken away from a pod that runs; a request of {{request}} is above it. Apply it by a rollout.',
  resizeReason:
    'What the containers of {{pod}} request is not what they need. It is resized in place; the template of {{subject}} stays, so that a pod that comes later has what it says.',
  resizeReasonRestarts:
    'What the containers of {{pod}} request is not what they need. It is resized in place, which restarts {{containers}}, as its resizePolicy says; the template of {{subject}} stays, so that a pod that comes later has what it says.',
  resizeKeepsLimit:
    'The limit of {{resource}} of container {{container}}, {{limit}}, stays: it cannot be taken away from a pod that runs.',
  expectedResize:
    'The pod that runs requests what it uses, and nothing rolls out. It lasts as long as this pod: change the manifest as well.',
  undoResize: 'Pod {{pod}} gets back the quantities that it has now, in place.',
  resizeWell_one:
    'For a minute the resized pod was neither killed nor refused.',
  resizeWell_other:
    'For {{count}} minutes the resized pod was neither killed nor refused.',
  resizeGone: 'Pod {{pod}} is gone, and with it what was changed of it.',
  resizeInfeasible:
    'The node of pod {{pod}} can never give what was asked for: {{why}}',
  resizeDeferred_one:
    'The node of pod {{pod}} has had no room for what was asked for a minute: {{why}}',
  resizeDeferred_other:
    'The node of pod {{pod}} has had no room for what was asked for {{count}} minutes: {{why}}',
  resizeFailed: 'Pod {{pod}} could not be resized: {{why}}',
  alreadySo: '{{subject}} has what was advised already.',
  triedBefore:
    'The same change of {{subject}} was tried before, and was taken back or refused: the ledger says why. It is not tried again before its plan expires.',
  reason: 'What the containers of {{subject}} request is not what they need.',
  expected:
    'Requests and limits fit what is used; the workload rolls out once.',
  expectedPullRequest:
    'Requests and limits fit what is used, once a person has merged the change.',
  undo: 'The quantities that {{subject}} has now are put back, which rolls it out again.',
  undoPullRequest: 'The pull request is closed, or its commit is reverted.',
  well_one:
    'For a minute no container was killed for memory, restarted again and again or found no node.',
  well_other:
    'For {{count}} minutes no container was killed for memory, restarted again and again or found no node.',
  oomKilled:
    'Container {{container}} of pod {{pod}} was killed for lack of memory after the change.',
  restarts_one:
    'Container {{container}} of pod {{pod}} restarted once after the change.',
  restarts_other:
    'Container {{container}} of pod {{pod}} restarted {{count}} times after the change.',
  crashLoop:
    'Container {{container}} of pod {{pod}} fails again and again after the change.',
  pending_one: 'Pod {{pod}} has found no node for a minute.',
  pending_other: 'Pod {{pod}} has found no node for {{count}} minutes.',
  notReady_one: 'Pod {{pod}} is not ready a minute after the change.',
  notReady_other:
    'Pod {{pod}} is not ready {{count}} minutes after the change.',
  throttled:
    'The containers were throttled in {{before}} of the time before the change, and in {{now}} after it.',
  query: '{{title}} is {{value}}, and more than {{above}} is too much.',
  form: '{{path}} cannot be edited safely: {{why}}',
} as const;

/** Says one of {@link RIGHTSIZING_SENTENCES}. @public */
export const wordRightsizing = createWorder(
  'rightsizing',
  RIGHTSIZING_SENTENCES,
);
