import { createTemplateFilter } from '@backstage/plugin-scaffolder-node/alpha';
import { parseQuantity } from '@headroom/common';
import { Cron } from 'croner';

function quantityOf(text: string | number): number {
  const quantity = parseQuantity(String(text));
  if (quantity === undefined) {
    throw new Error(
      `"${text}" is no quantity; it must be one such as 250m, 1.5 or 512Mi`,
    );
  }
  return quantity;
}

/** Five fields; a zone by its IANA name. */
function cronOf(expression: string, zone: string): Cron {
  if (expression.trim().split(/\s+/).length !== 5) {
    throw new Error(
      `"${expression}" is no cron expression; it must have five fields such as "0 7 * * 1-5"`,
    );
  }
  return new Cron(expression, { timezone: zone, paused: true });
}

/** Filters over quantities of Kubernetes and cron expressions. */
export const FILTERS = [
  createTemplateFilter({
    id: 'quantityBytes',
    description: 'How many bytes a quantity is.',
    examples: [
      {
        description: 'Of a request',
        example: '${{ "512Mi" | quantityBytes }}',
        notes: '536870912',
      },
    ],
    schema: z =>
      z
        .function()
        .args(z.union([z.string(), z.number()]))
        .returns(z.number()),
    filter: quantityOf,
  }),
  createTemplateFilter({
    id: 'quantityCores',
    description: 'How many cores a quantity is.',
    examples: [
      {
        description: 'Of a request',
        example: '${{ "250m" | quantityCores }}',
        notes: '0.25',
      },
    ],
    schema: z =>
      z
        .function()
        .args(z.union([z.string(), z.number()]))
        .returns(z.number()),
    filter: quantityOf,
  }),
  createTemplateFilter({
    id: 'multiplyQuantity',
    description:
      'A quantity so many times, in the same unit: whole, or in thousandths where it is not.',
    examples: [
      {
        description: 'Of all replicas',
        example: '${{ "256Mi" | multiplyQuantity(3) }}',
        notes: '768Mi',
      },
      {
        description: 'Of a core',
        example: '${{ "1" | multiplyQuantity(0.25) }}',
        notes: '250m',
      },
    ],
    schema: z => z.function().args(z.string(), z.number()).returns(z.string()),
    filter: (text: string, times: number) => {
      quantityOf(text);
      const [, amount, unit] = /^([+-]?[\d.]+)(.*)$/.exec(text) ?? [];
      const product = Math.round(Number(amount) * times * 1e6) / 1e6;
      if (Number.isInteger(product)) {
        return `${product}${unit}`;
      }
      // Below a unit the next smaller one is whole, or rounded up.
      if (unit === '' || unit === 'm') {
        return `${Math.ceil(product * (unit === '' ? 1000 : 1))}m`;
      }
      return `${Math.ceil(quantityOf(text) * times)}`;
    },
  }),
  createTemplateFilter({
    id: 'cronNext',
    description: 'When a cron expression is next due after a moment, in UTC.',
    examples: [
      {
        description: 'The first run of a month',
        example:
          '${{ "0 7 * * 1-5" | cronNext("Europe/Berlin", "2026-11-28T00:00:00Z") }}',
        notes: '2026-11-30T06:00:00.000Z',
      },
    ],
    schema: z =>
      z.function().args(z.string(), z.string(), z.string()).returns(z.string()),
    filter: (expression: string, zone: string, after: string) => {
      const next = cronOf(expression, zone).nextRun(new Date(after));
      if (!next) {
        throw new Error(`"${expression}" is never due after ${after}`);
      }
      return next.toISOString();
    },
  }),
  createTemplateFilter({
    id: 'isCron',
    description: 'Whether a text is a cron expression of five fields.',
    examples: [
      {
        description: 'Of a form',
        example: '${{ "0 25 * * *" | isCron }}',
        notes: 'false',
      },
    ],
    schema: z => z.function().args(z.string()).returns(z.boolean()),
    filter: (expression: string) => {
      try {
        cronOf(expression, 'UTC');
        return true;
      } catch {
        return false;
      }
    },
  }),
];
