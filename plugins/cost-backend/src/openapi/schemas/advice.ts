// Advice on one container.
import { ADVICE_REASONS } from '@headroom/plugin-cost-common';
import { z } from 'zod';
import { adviceEvidence, advisedResource, heldPeak } from './adviceEvidence';
import { wording } from './shared';
import { vpaContainerRecommendation } from './steering';
import { containerFacts } from './workloads';

export const setting = z
  .object({ request: z.number(), limit: z.number().nullable() })
  .meta({
    id: 'Setting',
    description:
      'A request and its limit, cores or bytes; `limit` null = leave off.',
  });

export const adviceRule = z
  .union([
    z.object({
      kind: z.literal('daily-quantile'),
      days: z
        .number()
        .describe(
          'Largest of the daily quantiles of so many days, times the margin.',
        ),
      quantile: z.number(),
      margin: z.number(),
      held: heldPeak
        .optional()
        .describe(
          'Cores that were held for half an hour, in place of the quantiles, which ask for less.',
        ),
    }),
    z.object({
      kind: z.literal('peak'),
      margin: z.number(),
      peak: z.number(),
      days: z
        .number()
        .optional()
        .describe('Days it is the peak of; absent = all of the advice.'),
    }),
    z.object({
      kind: z.literal('oom'),
      bump: z.number(),
      killedAt: z.number(),
    }),
    z.object({
      kind: z.literal('peak-of-runs'),
      margin: z.number(),
      runs: z.number(),
      peak: z.number(),
    }),
    z.object({ kind: z.literal('floor'), floor: z.number() }),
    z.object({
      kind: z.literal('hpa'),
      scalingPoint: z.number(),
      target: z.number(),
    }),
    z.object({
      kind: z.literal('bound'),
      side: z.enum(['least', 'most']),
      bound: z.number(),
      by: z
        .string()
        .describe('`LimitRange limits`, `the largest node of the cluster`.'),
      byWording: wording
        .optional()
        .describe('What a page words `by` from, where it is more than a name.'),
    }),
    z.object({ kind: z.literal('whole-cores'), needed: z.number() }),
  ])
  .meta({
    id: 'AdviceRule',
    description:
      'How a value came about, enough to compute it again from the digests.',
  });

export const adviceReasonCode = z
  .enum(ADVICE_REASONS)
  .meta({ id: 'AdviceReasonCode' });

export const advisedOrBoth = z
  .union([advisedResource, z.literal('both')])
  .meta({ id: 'AdvisedOrBoth' });

export const adviceReason = z
  .object({
    code: adviceReasonCode,
    resource: advisedOrBoth.optional(),
    message: z.string(),
    wording: wording.optional(),
  })
  .meta({
    id: 'AdviceReason',
    description:
      'Why advice is withheld, kept or cautious. Machine-readable; `message` is the sentence for the page.',
  });

export const podSetting = z
  .object({
    current: z.object({
      request: z.number().optional(),
      limit: z.number().optional(),
    }),
    proposed: setting
      .optional()
      .describe(
        'With what all of its containers need; absent unless `change`.',
      ),
  })
  .meta({
    id: 'PodSetting',
    description: 'Request and limit of a pod as a whole, cores or bytes.',
  });

export const resourceAdvice = z
  .object({
    status: z
      .enum(['change', 'keep', 'withheld'])
      .describe(
        '`withheld` gives no number on which to act; `held` says what it would be.',
      ),
    current: z.object({
      request: z.number().optional(),
      limit: z.number().optional(),
    }),
    proposed: setting.optional().describe('Absent unless `change`.'),
    held: setting
      .optional()
      .describe(
        "What would be proposed but for the reasons it is withheld; absent when it can't be said.",
      ),
    rule: adviceRule.optional(),
    reasons: z.array(adviceReason),
    pod: podSetting
      .optional()
      .describe(
        "Set where the request is the pod's: this is a share of it, and what is patched is the whole.",
      ),
    usage: z
      .object({
        p50: z.number(),
        p95: z.number(),
        p99: z.number(),
        peak: z.number(),
      })
      .optional()
      .describe('Of the samples of the worst pod in the window.'),
  })
  .meta({
    id: 'ResourceAdvice',
    description: 'Advice on one resource of one container: cores or bytes.',
  });

export const podMember = z
  .object({
    ...containerFacts.pick({ name: true, role: true }).shape,
    current: z.object({
      request: z.number().optional(),
      limit: z.number().optional(),
    }),
    proposed: setting,
  })
  .meta({
    id: 'PodMember',
    description:
      'What another container of the pod has to be set to, together with this one.',
  });

export const hpaMove = z
  .object({
    kind: z.enum(['HorizontalPodAutoscaler', 'ScaledObject']),
    name: z.string(),
    resource: advisedResource,
    container: z.string().optional(),
    currentTarget: z.number().describe('Percent of the request.'),
    proposedTarget: z.number(),
    together: z
      .array(podMember)
      .optional()
      .describe(
        'Other containers of the pod whose requests have to change with it; absent = it is about one.',
      ),
  })
  .meta({
    id: 'HpaMove',
    description:
      'A target that moves with the request so that the scaling point stays.',
  });

export const backtestOutcome = z
  .object({
    throttledMinutes: z
      .number()
      .describe(
        'Minutes in which the worst pod wanted more CPU than the setting: its limit, or without one its request on a full node.',
      ),
    throttledShare: z
      .number()
      .describe(
        'Share of the known samples in which it was throttled, 0 to 1.',
      ),
    oomKills: z
      .number()
      .describe(
        'Times memory rose above the limit (without one: above the request), counted once per rise.',
      ),
    costMicros: z
      .string()
      .describe(
        "Charged in the window at the container's effective prices, micros.",
      ),
  })
  .meta({
    id: 'BacktestOutcome',
    description: 'What would have happened in the window under one setting.',
  });

export const backtest = z
  .object({
    days: z.number(),
    start: z.string(),
    end: z.string(),
    current: backtestOutcome,
    proposed: backtestOutcome,
    dayAhead: z
      .object({
        days: z.number(),
        overShare: z.number(),
        slackShare: z.number(),
      })
      .optional()
      .describe(
        'Each past day is advised from the days before it, as in a day-ahead replay; absent with too few days.',
      ),
  })
  .meta({
    id: 'Backtest',
    description:
      "The proposed setting against today's, over the same days. Throttling is of those that count for CPU and kills of those that count for memory (`evidence.counted`); where advice follows a load that falls, of the days since `evidence.followedFrom`: before, the load was another one.",
  });

export const adviceMoney = z
  .object({
    currency: z.string(),
    listMicros: z.string().describe("At the container's effective prices."),
    realisableMicros: z
      .string()
      .optional()
      .describe(
        'What node pools give back if only this is done; filled in with the fleet at hand.',
      ),
  })
  .meta({
    id: 'AdviceMoney',
    description:
      'Money a month of 730 hours, micros; negative = it costs more.',
  });

export const containerAdvice = z
  .object({
    status: z.enum(['change', 'keep', 'withheld']),
    cpu: resourceAdvice,
    memory: resourceAdvice,
    hpa: z.array(hpaMove),
    vpa: vpaContainerRecommendation
      .extend(z.object({ name: z.string(), updateMode: z.string() }).shape)
      .optional()
      .describe('What a VPA says, side by side; absent when there is none.'),
    backtest: backtest
      .optional()
      .describe(
        'Of what is proposed, resources without a proposal staying as they are; of what is held back when nothing is proposed. Absent without usage.',
      ),
    money: adviceMoney.optional().describe('What `proposed` would save.'),
    heldMoney: adviceMoney
      .optional()
      .describe('What `held` would save, were the advice not withheld.'),
    confidence: z
      .number()
      .describe(
        'From 0 to 1: it grows with history and falls with drift and gaps.',
      ),
    evidence: adviceEvidence,
  })
  .meta({ id: 'ContainerAdvice', description: 'Advice for one container.' });
