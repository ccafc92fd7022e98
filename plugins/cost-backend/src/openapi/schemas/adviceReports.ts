// Answers about advice.
import { z } from 'zod';
import { adviceReason, containerAdvice } from './advice';
import { appetite, appetiteOrigin } from './adviceEvidence';
import { micros, said, sourceProblem } from './shared';
import { workloadFacts, workloadRef } from './workloads';

export const adviceTotals = z
  .object({
    listSaving: micros.describe(
      'What advice that can be taken saves in a month of 730 hours.',
    ),
    realisableSaving: micros.describe(
      'What node pools give back when all of it is taken.',
    ),
    includingHeld: micros.describe(
      '`listSaving` and what would be saved by advice that is held back.',
    ),
    decidedAgainst: micros.describe(
      'What dismissed and snoozed advice would save; it is in none of the others.',
    ),
    containers: z.object({
      change: z.number(),
      keep: z.number(),
      withheld: z.number(),
    }),
  })
  .meta({
    id: 'AdviceTotals',
    description: 'Sums over the rows a caller may see.',
  });

export const adviceRowResource = z
  .object({
    status: containerAdvice.shape.cpu.shape.status,
    request: z.number().optional(),
    limit: z.number().optional(),
    proposedRequest: z.number().optional(),
    proposedLimit: z
      .number()
      .nullable()
      .optional()
      .describe('null = leave off.'),
    heldRequest: z.number().optional(),
  })
  .meta({ id: 'AdviceRowResource' });

export const adviceDecision = z
  .object({
    state: z.enum(['dismissed', 'snoozed']),
    reason: z.string(),
    by: z.string().describe('User entity ref.'),
    at: z.string().describe('ISO 8601 UTC.'),
    until: z.string().optional().describe('Snoozed until; ISO 8601 UTC.'),
  })
  .meta({
    id: 'AdviceDecision',
    description: 'What an owner decided about an advice.',
  });

export const adviceRow = z
  .object({
    id: z
      .string()
      .describe('Of the container; stable across requests, safe in a URL.'),
    cluster: z.string(),
    workload: workloadRef,
    container: z.string(),
    entityRef: z
      .string()
      .optional()
      .describe('Service it is linked to; absent = Unallocated.'),
    status: containerAdvice.shape.status,
    cpu: adviceRowResource.describe('Cores.'),
    memory: adviceRowResource.describe('Bytes.'),
    appetite: appetite,
    confidence: z.number(),
    listSaving: micros
      .optional()
      .describe(
        'Saved a month if taken; negative = costs more. Absent when nothing is proposed.',
      ),
    realisableSaving: micros.optional(),
    heldSaving: micros
      .optional()
      .describe('What would be saved a month by what is held back.'),
    throttledMinutes: z
      .object({ current: z.number(), proposed: z.number() })
      .optional()
      .describe(
        "Minutes throttled and OOM kills in the window: today's setting, the proposed one.",
      ),
    oomKills: z
      .object({ current: z.number(), proposed: z.number() })
      .optional(),
    reasons: z
      .array(adviceReason)
      .describe('The reasons, the most telling first.'),
    decision: adviceDecision
      .optional()
      .describe(
        'In force: the advice is not counted and not shown unless asked for.',
      ),
    steeredBy: z.array(z.string()),
  })
  .meta({
    id: 'AdviceRow',
    description: 'One container in a table of advice.',
  });

export const poolRelease = z
  .object({
    cluster: z.string(),
    nodePool: z.string(),
    nodes: z.number(),
    nodesNeeded: z
      .number()
      .describe('Nodes needed for what is requested now, and after.'),
    nodesAfter: z.number(),
    boundBy: z
      .enum(['cpu', 'memory', 'gpu', 'minimum'])
      .describe('The resource that keeps the rest.'),
    nodeHourlyPrice: z.string(),
    releasedMicros: micros,
  })
  .meta({ id: 'PoolRelease', description: 'What a node pool gives back.' });

export const adviceReport = z
  .object({
    entityRef: z.string().optional(),
    status: z
      .enum(['ok', 'no-workloads', 'not-computed'])
      .describe('`not-computed` = no advice has been computed yet.'),
    window: z
      .object({ start: z.string(), end: z.string(), days: z.number() })
      .optional()
      .describe('The same for every number of the answer.'),
    timezone: z.string(),
    currency: z.string(),
    computedAt: z.string().optional(),
    simulated: z.boolean(),
    restricted: z
      .boolean()
      .describe('True when the caller may see only part of the fleet.'),
    totals: adviceTotals,
    rows: z.array(adviceRow),
    totalRows: z
      .number()
      .describe('Rows there are, when `rows` is a page of them.'),
    pools: z
      .array(poolRelease)
      .describe('Pools that give nodes back when all advice is taken.'),
    problems: z.array(sourceProblem),
  })
  .meta({
    id: 'AdviceReport',
    description:
      'Answer to "what should I change?", for a service or the fleet.',
  });

export const adviceDetail = z
  .object({
    row: adviceRow,
    currency: z.string(),
    timezone: z.string(),
    simulated: z.boolean(),
    computedAt: z.string(),
    advice: containerAdvice,
    explanation: z
      .object({ cpu: said, memory: said })
      .describe(
        'What advice on each resource comes to, and from what it follows, in whole sentences.',
      ),
    history: z
      .object({
        start: z.string(),
        stepSeconds: z
          .number()
          .describe(
            'Seconds between two points; a point is the highest of its time.',
          ),
        cpuCores: z.array(z.number().nullable()),
        memoryBytes: z.array(z.number().nullable()),
      })
      .describe(
        'Samples of the worst pod in the window; `null` = not known. Same window as the advice.',
      ),
    distribution: z
      .object({
        cpu: z.array(
          z.object({ from: z.number(), upTo: z.number(), share: z.number() }),
        ),
        memory: z.array(
          z.object({ from: z.number(), upTo: z.number(), share: z.number() }),
        ),
      })
      .describe('Shares of samples by bucket, all pods; `upTo` ascending.'),
    facts: workloadFacts.optional(),
    appetiteOrigin: appetiteOrigin,
    patches: z
      .object({
        strategicMerge: z.string(),
        kustomize: z.string(),
        helmValues: z.string(),
      })
      .optional()
      .describe('What to paste, ready: only when something is proposed.'),
  })
  .meta({
    id: 'AdviceDetail',
    description: 'Answer to "why this number?", for one container.',
  });
