import {
  BILL_BASES,
  BILL_DIMENSIONS,
  CHARGE_CATEGORIES,
} from '@headroom/plugin-cost-common';
import { z } from 'zod';
import { micros } from './shared';

const day = z.string().describe('`YYYY-MM-DD`.');

const billRow = z
  .object({
    key: z
      .string()
      .describe('Value of the dimension; empty where the provider says none.'),
    amount: micros,
    list: micros.describe('At list prices.'),
    charges: z.number().int(),
  })
  .meta({ id: 'BillRow', description: 'Part of a bill.' });

const billMachinesRow = z
  .object({
    cluster: z.string(),
    region: z.string(),
    capacityType: z.string(),
    amount: micros,
    estimated: micros
      .optional()
      .describe(
        'What they were estimated to cost, over the days that are billed; absent without a rate of exchange.',
      ),
  })
  .meta({
    id: 'BillMachinesRow',
    description: 'What the machines of one kind of a cluster were billed.',
  });

const billPayer = z
  .object({
    entityRef: z.string(),
    title: z.string().optional(),
    machines: micros.describe(
      'Of machines of clusters, at what they were billed.',
    ),
    estimated: micros
      .optional()
      .describe(
        'The same at estimated prices, over the days that are billed; absent without a rate of exchange.',
      ),
    direct: micros.describe('Charges that are its own, by rule or by tag.'),
  })
  .meta({ id: 'BillPayer', description: 'What a service pays.' });

const billOfCurrency = z
  .object({
    currency: z.string(),
    total: micros.describe('In the basis that was asked for.'),
    invoice: micros.describe('What the invoice comes to.'),
    list: micros.describe('At list prices.'),
    charges: z.number().int(),
    corrections: micros.describe(
      'Corrections of earlier months, part of the total.',
    ),
    restatements: z
      .array(
        z
          .object({
            source: z.string(),
            at: z.string().describe('When it was read, ISO 8601 UTC.'),
            change: micros.describe('By how much the month is more since.'),
          })
          .meta({
            id: 'BillRestatement',
            description: 'That a provider restated a month after it was over.',
          }),
      )
      .describe('The newest first; the total has them.'),
    categories: z
      .array(z.object({ category: z.enum(CHARGE_CATEGORIES), amount: micros }))
      .describe('They sum to the total.'),
    rows: z
      .array(billRow)
      .describe('The largest first; with the others they sum to the total.'),
    others: z
      .object({ amount: micros, rows: z.number().int() })
      .optional()
      .describe('Rows beyond the largest; absent = there are none.'),
    allocated: z
      .object({
        machines: micros.describe('Machines of clusters.'),
        idle: micros.describe(
          'Part of the machines: capacity that nobody used and workloads of no service.',
        ),
        direct: micros.describe("Charges that are a service's own."),
        notAllocated: micros.describe('Billed and nobody’s.'),
      })
      .describe('Machines, direct and not allocated sum to the total.'),
    machines: z.array(billMachinesRow),
    payers: z.number().int().describe('How many services pay for it.'),
  })
  .meta({
    id: 'BillOfCurrency',
    description: 'The bill of a month in one currency.',
  });

export const billReport = z
  .object({
    periods: z
      .array(z.string())
      .describe('First days of the billing periods there are, newest first.'),
    period: day.optional(),
    days: z
      .object({ start: day, end: day })
      .optional()
      .describe('Days that are charged, UTC; the end is exclusive.'),
    basis: z.enum(BILL_BASES),
    groupBy: z.enum(BILL_DIMENSIONS),
    bills: z.array(billOfCurrency).describe('One for each currency.'),
    deliveries: z.array(
      z
        .object({
          source: z.string(),
          name: z.string(),
          charges: z.number().int(),
          importedAt: z
            .string()
            .optional()
            .describe('Absent = it could never be read.'),
          problem: z
            .string()
            .optional()
            .describe(
              "Why its last version can't be read; what it was before counts.",
            ),
        })
        .meta({
          id: 'BillDelivery',
          description: 'A part of a bill as it was delivered.',
        }),
    ),
    remarks: z.array(
      z.object({ source: z.string(), message: z.string() }).meta({
        id: 'BillRemark',
        description:
          'What a source says of itself, in a whole sentence: what is not final, what asking costs.',
      }),
    ),
    isSplit: z
      .boolean()
      .describe(
        'It was found out who pays for machines since a bill was imported last. Until then they are split as before, and those that are new are not allocated.',
      ),
    restated: z
      .array(day)
      .describe(
        'First days of the periods that were restated in the last 31 days, newest first.',
      ),
    simulated: z.boolean().describe('Bills are made up by the demo.'),
  })
  .meta({ id: 'BillReport', description: 'What providers bill for a month.' });

export const billPayers = z
  .object({
    period: day.describe('First day of the billing period.'),
    basis: z.enum(BILL_BASES),
    currency: z.string(),
    payers: z.array(billPayer).describe('One page of them.'),
    totalRows: z.number().int().describe('On all pages.'),
  })
  .meta({ id: 'BillPayers', description: 'Who pays for a bill.' });

const billedSpan = z.strictObject({ start: day, end: day, amount: micros });

const entityBillOfCurrency = z
  .strictObject({
    currency: z.string(),
    period: day.describe(
      'The newest with charges in this currency that all bills of the entity have come to.',
    ),
    end: day.describe('After the last day that is charged of it, UTC.'),
    amount: micros.describe(
      'All that is charged of the period so far, the last days in part.',
    ),
    compared: z
      .strictObject({ current: billedSpan, previous: billedSpan })
      .describe(
        'The days that are charged as a whole, and as many first days of the month before; absent where there are none, or it was not billed for all of them. Ends are exclusive.',
      )
      .optional(),
    days: z.array(
      z.strictObject({
        day,
        amount: micros,
        partial: z
          .boolean()
          .describe('Not all that is charged of it may be in yet.'),
      }),
    ),
    months: z
      .array(z.strictObject({ period: day, amount: micros }))
      .describe('The newest first.'),
    resources: z
      .array(billRow.extend({ service: z.string(), region: z.string() }))
      .describe('The largest first.'),
  })
  .meta({
    id: 'EntityBillOfCurrency',
    description: 'What an entity was billed in one currency.',
  });

export const entityBillReport = z
  .strictObject({
    entityRef: z.string(),
    basis: z.enum(BILL_BASES),
    status: z.enum(['ok', 'no-charges', 'no-bill']),
    bills: z.array(entityBillOfCurrency).describe('One for each currency.'),
    simulated: z.boolean().describe('Bills are made up by the demo.'),
  })
  .meta({
    id: 'EntityBillReport',
    description: 'What providers bill of an entity’s own.',
  });
