import { z } from 'zod';
import { ledgerEntry, storedPlan, fieldChange } from './acting';
import { policy } from './policies';
import { actingMode, instant, micros, pageOf, said } from './shared';

const bounds = {
  floor: z.number().optional(),
  ceiling: z.number().optional(),
  suspended: z.boolean().optional(),
};
const scalingBounds = z.object(bounds).meta({ id: 'ScalingBounds' });

const workload = z
  .object({
    id: z.string().describe('Safe in a URL; stable while the object lives.'),
    cluster: z.string(),
    namespace: z.string(),
    kind: z.string(),
    name: z.string(),
    entityRef: z.string().optional(),
    steeredBy: z.string().optional(),
  })
  .meta({ id: 'ScalingWorkload' });

const mention = {
  id: z.string(),
  title: z.string(),
  origin: z.enum(['config', 'annotation', 'page']),
  mode: actingMode,
};

const stretch = z
  .object({
    from: instant,
    to: instant,
    wanted: scalingBounds
      .optional()
      .describe('Absent = left as its owner has it.'),
    lead: z.boolean().optional(),
    because: said,
  })
  .meta({ id: 'ScalingStretch' });

const override = z
  .object({
    id: z.string(),
    direction: z.enum(['up', 'down']),
    until: instant,
    by: z.string(),
    reason: z.string(),
    at: instant,
  })
  .meta({ id: 'Override' });

const inForceRow = z
  .object({
    workload,
    policy: z.object(mention).optional(),
    losers: z.array(z.object({ ...mention, reason: said })),
    wanted: scalingBounds.optional(),
    actual: z.object({
      ...bounds,
      replicas: z.number().optional(),
      ready: z.number().optional(),
    }),
    because: said,
    gap: said.optional(),
    lead: said.optional(),
    next: stretch.optional(),
    override: override.optional(),
    contested: z
      .object({
        manager: z.string(),
        since: instant,
        text: said,
        patch: z.string(),
      })
      .optional(),
  })
  .meta({ id: 'InForceRow' });

export const overrides = z.array(override);

const abilities = z
  .object({
    writePolicies: z.boolean(),
    approve: z.boolean(),
    override: z.boolean(),
    kill: z.boolean(),
  })
  .meta({ id: 'ScalingAbilities' });

export const killSwitch = z
  .object({
    on: z.boolean(),
    services: z
      .number()
      .optional()
      .describe(
        'So many services are stopped, of those the reader sees; absent = it is about everything.',
      ),
    by: z.string().optional(),
    at: instant.optional(),
    reason: z.string().optional(),
  })
  .meta({ id: 'KillSwitchState' });

export const scalingSettings = z
  .object({
    clusters: z.array(
      z.object({
        name: z.string(),
        title: z.string(),
        simulated: z.boolean(),
        canAct: z.boolean(),
        seenAt: instant.optional(),
        problem: said.optional(),
        workloads: z.number(),
      }),
    ),
    killSwitch,
    abilities,
    protectedNamespaces: z.array(z.string()),
    freezes: z.array(
      z.object({ from: instant, to: instant, title: z.string() }),
    ),
    calendars: z.array(z.string()),
    timezone: z.string(),
    links: z
      .object({ readAt: instant.optional(), problem: said.optional() })
      .describe('Which workload is which service’s, as the cost plugin says.'),
  })
  .meta({ id: 'ScalingSettings' });

const measured = z
  .object({
    currency: z.string(),
    saved: micros,
    low: micros,
    high: micros,
    hours: z.number(),
  })
  .meta({ id: 'MeasuredSaving' });

const savingsSummary = z
  .object({
    measured: measured.optional(),
    baseline: micros
      .optional()
      .describe(
        'What those hours would have cost, by what the same hours of the week cost before.',
      ),
    notYet: z.number(),
    remark: said.optional(),
  })
  .meta({ id: 'SavingsSummary' });

export const scalingOverview = z
  .object({
    at: instant,
    policies: z.number(),
    covered: z.number(),
    asWanted: z.number(),
    waitingForMe: z.number(),
    unresolved: z.number(),
    contested: z.number(),
    next: z.array(z.object({ workload, stretch })),
    nextUntil: instant,
    savings: savingsSummary,
  })
  .meta({ id: 'ScalingOverview' });

const issue = z
  .object({
    path: z.string(),
    severity: z.enum(['error', 'warning']),
    text: said,
  })
  .meta({ id: 'PolicyIssue' });

export const policyView = z
  .object({
    policy,
    matches: z.number(),
    wins: z.number(),
    issues: z.array(issue),
    mayChange: z.boolean(),
    pausedUntil: instant.optional(),
  })
  .meta({ id: 'PolicyView' });

export const policyPreview = z
  .object({
    issues: z.array(issue),
    workloads: z.array(workload),
    matches: z.number(),
    stretches: z.array(stretch),
    actions: z.array(
      z.object({
        subject: z.string(),
        changes: z.array(fieldChange),
        reason: said,
      }),
    ),
    withheld: z.array(
      z.object({
        subject: z.string(),
        reason: said,
        mend: z.string().optional().describe('Lines that mend it.'),
      }),
    ),
  })
  .meta({ id: 'PolicyPreview' });

export const entityScaling = z
  .object({
    entityRef: z.string(),
    rows: z.array(inForceRow),
    policies: z.array(policyView),
    plans: z.array(storedPlan),
    ledger: z.array(ledgerEntry),
    savings: savingsSummary,
    abilities,
    stretches: z.record(z.string(), z.array(stretch)),
  })
  .meta({ id: 'EntityScaling' });

export const savingsReport = z
  .object({
    summary: savingsSummary,
    rows: z.array(
      z
        .object({
          subject: z.string(),
          cluster: z.string(),
          entityRef: z.string().optional(),
          controller: z.string(),
          policyId: z.string(),
          policyTitle: z.string(),
          actions: z.number(),
          since: instant,
          inEffect: z.boolean(),
          measured: measured.optional(),
          baselinePerHour: micros.optional(),
          expectedPerHour: micros.optional(),
          remark: said,
        })
        .meta({ id: 'SavingRow' }),
    ),
    total: z.number(),
    cursor: z.string().optional(),
  })
  .meta({ id: 'SavingsReport' });

export const adviceApplication = z
  .object({
    pullRequest: z.union([
      z.object({
        possible: z.literal(true),
        repository: z.string(),
        path: z.string(),
        patch: z.string(),
      }),
      z.object({
        possible: z.literal(false),
        reason: said,
        patch: z.string(),
      }),
    ]),
    cluster: z.union([
      z.object({
        possible: z.literal(true),
        how: z.enum(['resize', 'rollout']),
        changes: z.array(fieldChange),
      }),
      z.object({ possible: z.literal(false), reason: said }),
    ]),
  })
  .meta({ id: 'AdviceApplication' });

export const inForcePage = pageOf('InForcePage', inForceRow);
export const policyPage = pageOf('PolicyPage', policyView);
export const planPage = pageOf('PlanPage', storedPlan);
export const ledgerPage = pageOf('LedgerPage', ledgerEntry);
