import { jsonOf, Operation } from '@headroom/node';
import {
  AdviceApplication,
  EntityScaling,
  InForceRow,
  KillSwitchState,
  ManifestCheck,
  ManifestReport,
  OverrideView,
  PolicyPreview,
  PolicyView,
  SavingsReport,
  ScalingOverview,
  ScalingPage,
  ScalingSettings,
} from '@headroom/plugin-scaling-common';
import { LedgerEntry, StoredPlan } from '@headroom/common';
import { filterQuery } from '../core/report/paging';
import { goOnBody } from '../features/contests/contestsRouter';
import { ledgerCsvQuery } from '../features/ledger/ledgerRouter';
import { overrideBody } from '../features/overrides/overridesRouter';
import { manifestCheckBody } from '../features/manifests/manifestsRouter';
import { killSwitchBody } from '../features/overview/overviewRouter';
import {
  decisionBody,
  plansQuery,
  resolutionBody,
  undoBody,
} from '../features/plans/plansRouter';
import { pauseBody } from '../features/policies/policiesRouter';
import { applyAdviceBody } from '../features/rightsizing/rightsizingRouter';
import { savingsQuery } from '../features/savings/savingsRouter';
import {
  adviceApplication,
  entityScaling,
  inForcePage,
  killSwitch,
  ledgerPage,
  manifestCheck,
  manifestReport,
  overrides,
  planPage,
  policy,
  policyPage,
  policyPreview,
  policyView,
  savingsReport,
  scalingOverview,
  scalingSettings,
  storedPlan,
} from './schemas';

/** What the document of the plugin says of itself. */
export const INFO = {
  title: 'Headroom scaling',
  version: '1',
  description:
    'What scales services and why, the plans and who approves them, and the ledger of what was done. Money is in micros as decimal strings; instants are ISO 8601 UTC; a member that is absent is not known.',
};

/** Everything the plugin serves. */
export const operations: Operation[] = [
  {
    method: 'get',
    path: '/v1/settings',
    id: 'getSettings',
    tag: 'Overview',
    summary:
      'The clusters, what the caller may do, the kill switch, freezes, calendars and the time zone',
    answer: jsonOf<ScalingSettings>()(scalingSettings),
  },
  {
    method: 'get',
    path: '/v1/overview',
    id: 'getOverview',
    tag: 'Overview',
    summary: 'How much is covered and as it is wanted, and what changes next',
    answer: jsonOf<ScalingOverview>()(scalingOverview),
  },
  {
    method: 'get',
    path: '/v1/workloads',
    id: 'getInForce',
    tag: 'Overview',
    summary: 'What is in force on workloads, and why',
    query: filterQuery,
    answer: jsonOf<ScalingPage<InForceRow>>()(inForcePage),
  },
  {
    method: 'get',
    path: '/v1/entities/:kind/:namespace/:name',
    id: 'getEntity',
    tag: 'Overview',
    summary: 'Everything of one service',
    answer: jsonOf<EntityScaling>()(entityScaling),
  },
  {
    method: 'put',
    path: '/v1/kill-switch',
    id: 'setKillSwitch',
    tag: 'Overview',
    summary:
      'Stops everything that is done, or lets it go on; for some services only, where the permission is for those; for users only',
    body: killSwitchBody,
    answer: jsonOf<KillSwitchState>()(killSwitch),
  },
  {
    method: 'get',
    path: '/v1/policies',
    id: 'getPolicies',
    tag: 'Policies',
    summary: 'Policies, wherever they were made',
    query: filterQuery,
    answer: jsonOf<ScalingPage<PolicyView>>()(policyPage),
  },
  {
    method: 'post',
    path: '/v1/policies/preview',
    id: 'previewPolicy',
    tag: 'Policies',
    summary: 'Checks a policy and says what it would do; nothing is kept',
    body: policy,
    answer: jsonOf<PolicyPreview>()(policyPreview),
  },
  {
    method: 'post',
    path: '/v1/policies',
    id: 'createPolicy',
    tag: 'Policies',
    summary: 'Makes a policy; for users only',
    body: policy,
    status: 201,
    answer: jsonOf<PolicyView>()(policyView),
  },
  {
    method: 'put',
    path: '/v1/policies/:id',
    id: 'updatePolicy',
    tag: 'Policies',
    summary: 'Changes a policy that was made on the page; for users only',
    body: policy,
    answer: jsonOf<PolicyView>()(policyView),
  },
  {
    method: 'delete',
    path: '/v1/policies/:id',
    id: 'deletePolicy',
    tag: 'Policies',
    summary:
      'Deletes a policy that was made on the page, and what it changed is put back; for users only',
    answer: { type: 'nothing' },
  },
  {
    method: 'put',
    path: '/v1/policies/:id/pause',
    id: 'pausePolicy',
    tag: 'Policies',
    summary:
      'Keeps a policy from doing anything until an instant, or lets it go on; for users only',
    body: pauseBody,
    answer: jsonOf<PolicyView>()(policyView),
  },
  {
    method: 'get',
    path: '/v1/plans',
    id: 'getPlans',
    tag: 'Plans',
    summary: 'Plans, newest first',
    query: plansQuery,
    answer: jsonOf<ScalingPage<StoredPlan>>()(planPage),
  },
  {
    method: 'get',
    path: '/v1/plans/:id',
    id: 'getPlan',
    tag: 'Plans',
    summary: 'One plan',
    answer: jsonOf<StoredPlan>()(storedPlan),
  },
  {
    method: 'put',
    path: '/v1/plans/:id/decision',
    id: 'decide',
    tag: 'Plans',
    summary:
      'Approves or rejects the plan of a hash; another plan by now is a conflict; for users only',
    body: decisionBody,
    answer: jsonOf<StoredPlan>()(storedPlan),
  },
  {
    method: 'put',
    path: '/v1/actions/:id/resolution',
    id: 'resolveAction',
    tag: 'Plans',
    summary:
      'Says what became of an action that nobody could tell of; for users only',
    body: resolutionBody,
    answer: { type: 'nothing' },
  },
  {
    method: 'post',
    path: '/v1/actions/:id/undo',
    id: 'undoAction',
    tag: 'Plans',
    summary:
      'Takes back what an action did, where it is still as the action left it; for users only',
    body: undoBody,
    answer: { type: 'nothing' },
  },
  {
    method: 'post',
    path: '/v1/overrides',
    id: 'override',
    tag: 'Overrides',
    summary: 'Keeps workloads up or down for a while; for users only',
    body: overrideBody,
    status: 201,
    answer: jsonOf<readonly OverrideView[]>()(overrides),
  },
  {
    method: 'delete',
    path: '/v1/overrides/:id',
    id: 'endOverride',
    tag: 'Overrides',
    summary: 'Ends an override before its time; for users only',
    answer: { type: 'nothing' },
  },
  {
    method: 'post',
    path: '/v1/workloads/:id/go-on',
    id: 'goOn',
    tag: 'Overrides',
    summary:
      'Lets policies write again to a workload of which others took back what was written; for users only',
    body: goOnBody,
    answer: { type: 'nothing' },
  },
  {
    method: 'get',
    path: '/v1/ledger',
    id: 'getLedger',
    tag: 'Ledger',
    summary: 'What was done, newest first',
    query: filterQuery,
    answer: jsonOf<ScalingPage<LedgerEntry>>()(ledgerPage),
  },
  {
    method: 'get',
    path: '/v1/ledger.csv',
    id: 'getLedgerCsv',
    tag: 'Ledger',
    summary: 'All of the ledger that matches, oldest first, as CSV',
    query: ledgerCsvQuery,
    answer: {
      type: 'csv',
      description:
        'One line for each field of each line of the ledger, with what it was before and after.',
    },
  },
  {
    method: 'get',
    path: '/v1/savings',
    id: 'getSavings',
    tag: 'Ledger',
    summary: 'What was saved, as it is measured from the ledger',
    query: savingsQuery,
    answer: jsonOf<SavingsReport>()(savingsReport),
  },
  {
    method: 'get',
    path: '/v1/advice/:id',
    id: 'getAdviceApplication',
    tag: 'Advice',
    summary: 'How an advice could be applied; for users only',
    answer: jsonOf<AdviceApplication>()(adviceApplication),
  },
  {
    method: 'post',
    path: '/v1/advice/:id/plan',
    id: 'applyAdvice',
    tag: 'Advice',
    summary:
      'Makes a plan of an advice; it waits for an approval unless its rule enforces; for users only',
    body: applyAdviceBody,
    status: 201,
    answer: jsonOf<StoredPlan>()(storedPlan),
  },
  {
    method: 'get',
    path: '/v1/entities/:kind/:namespace/:name/manifests',
    id: 'getManifests',
    tag: 'Manifests',
    summary:
      'What is wrong with the manifests of a service, where it runs and in Git; what could not be read is named',
    answer: jsonOf<ManifestReport>()(manifestReport),
  },
  {
    method: 'post',
    path: '/v1/manifests/checks',
    id: 'checkManifests',
    tag: 'Manifests',
    summary: 'Checks manifests that are sent; nothing is kept',
    body: manifestCheckBody,
    answer: jsonOf<ManifestCheck>()(manifestCheck),
  },
];
