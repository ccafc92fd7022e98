import { z } from 'zod';
import { actingMode, instant, json, micros, said } from './shared';

const kubernetesTarget = z
  .object({
    type: z.literal('kubernetes'),
    cluster: z.string(),
    group: z.string().describe('Empty = the core group.'),
    version: z.string(),
    kind: z.string(),
    resource: z.string(),
    namespace: z.string().optional(),
    name: z.string(),
    uid: z.string(),
    resourceVersion: z
      .string()
      .describe('A write is made only on the object of this version.'),
  })
  .meta({ id: 'KubernetesTarget' });

export const fieldChange = z
  .object({
    path: z
      .array(z.string())
      .describe('Keys from the top, e.g. `["spec", "minReplicas"]`.'),
    before: json,
    after: json,
    setBy: z
      .string()
      .optional()
      .describe('The field manager who had set it before Headroom did.'),
  })
  .meta({
    id: 'FieldChange',
    description: 'One field of an object that an action sets; null = absent.',
  });

const repositoryTarget = z
  .object({
    type: z.literal('repository'),
    repository: z.string(),
    branch: z.string(),
    revision: z.string(),
    path: z.string(),
    document: z.number().describe('Which document of the file, from 0.'),
    runs: z
      .object({ target: kubernetesTarget, changes: z.array(fieldChange) })
      .optional()
      .describe(
        'What is made from it, and what changes there once the cluster follows; absent = not known.',
      ),
  })
  .meta({ id: 'RepositoryTarget' });

const actionTarget = z
  .union([kubernetesTarget, repositoryTarget])
  .meta({ id: 'ActionTarget' });

const prerequisite = z
  .object({
    target: kubernetesTarget,
    fields: z.array(z.object({ path: z.array(z.string()), value: json })),
    rolledOut: z
      .boolean()
      .optional()
      .describe('All of its pods have to be made from it as it is, and ready.'),
  })
  .meta({
    id: 'Prerequisite',
    description:
      'What has to be so of another object before an action is done.',
  });

const expectedEffect = z
  .object({
    text: said,
    savingPerHour: micros.optional(),
    currency: z.string().optional(),
    settleSeconds: z.number(),
  })
  .meta({ id: 'ExpectedEffect' });

const veto = z
  .object({
    guard: z.enum([
      'kill-switch',
      'freeze-window',
      'inventory',
      'protected-namespace',
      'blast-radius',
      'policy-limit',
      'disruption-budget',
      'minimum-replicas',
      'hold',
      'gitops',
      'contested',
      'rate',
      'overlap',
      'expired',
      'approval',
    ]),
    reason: said,
    mend: z.string().optional(),
  })
  .meta({
    id: 'Veto',
    description: 'Why a guard keeps an action from being done.',
  });

const actionState = z
  .enum([
    'planned',
    'vetoed',
    'waiting',
    'approved',
    'rejected',
    'expired',
    'superseded',
    'intended',
    'done',
    'verified',
    'failed',
    'unresolved',
    'undone',
  ])
  .meta({ id: 'ActionState' });

const storedAction = z
  .object({
    id: z.string(),
    key: z.string(),
    target: actionTarget,
    group: z
      .string()
      .optional()
      .describe('Actions of the same group are done and taken back together.'),
    waitsFor: prerequisite.optional(),
    subject: z.string().describe('For people, e.g. `Deployment shop/web`.'),
    entityRef: z.string().optional(),
    changes: z.array(fieldChange),
    direction: z.enum(['down', 'up', 'restore', 'neutral']),
    replicasAfter: z.number().optional(),
    overLimit: said.optional(),
    reason: said,
    evidence: z.array(z.object({ text: said, link: z.string().optional() })),
    expected: expectedEffect,
    undo: said,
    state: actionState,
    vetoes: z.array(veto),
    remark: said.optional(),
    mend: z
      .string()
      .optional()
      .describe('The line that mends what the remark says.'),
    stateSince: instant,
    appliedAt: instant.optional(),
    link: z
      .string()
      .optional()
      .describe('Where what was made can be seen, e.g. a pull request.'),
    undoOf: z
      .string()
      .optional()
      .describe('Id of the action that this one takes back.'),
  })
  .meta({ id: 'StoredAction' });

export const storedPlan = z
  .object({
    id: z.string(),
    hash: z
      .string()
      .describe('SHA-256 of what it does: what a person approves.'),
    controller: z.string(),
    policyId: z.string(),
    policyTitle: z.string(),
    mode: actingMode,
    cluster: z.string().optional(),
    requestedBy: z.string().optional(),
    twoPersons: z.boolean(),
    at: instant,
    validSeconds: z.number(),
    createdAt: instant,
    expiresAt: instant,
    decision: z
      .object({
        decision: z.enum(['approved', 'rejected']),
        by: z.string(),
        at: instant,
        hash: z.string(),
        reason: z.string().optional(),
      })
      .optional(),
    current: z.boolean().describe('It is what its policy wants now.'),
    actions: z.array(storedAction),
    hiddenActions: z
      .number()
      .optional()
      .describe('Further actions, on what the caller may not see.'),
  })
  .meta({ id: 'StoredPlan' });

export const ledgerEntry = z
  .object({
    sequence: z.number(),
    at: instant,
    event: z.enum([
      'applied',
      'refused',
      'unresolved',
      'resolved',
      'verified',
      'undone',
      'contested',
    ]),
    actionId: z.string(),
    planId: z.string(),
    controller: z.string(),
    policyId: z.string(),
    target: actionTarget,
    subject: z.string(),
    entityRef: z.string().optional(),
    changes: z.array(fieldChange),
    by: z.string(),
    approvedBy: z.string().optional(),
    token: z.number().optional(),
    expected: expectedEffect.optional(),
    undoOf: z.string().optional(),
    text: said,
  })
  .meta({
    id: 'LedgerEntry',
    description: 'Lines of the ledger are added and never changed.',
  });
