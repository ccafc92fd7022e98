import { oneOf, textOf } from '@headroom/node';
import {
  BILL_BASES,
  BILL_DIMENSIONS,
  BILL_PAYER_SORTS,
} from '@headroom/plugin-cost-common';
import { z } from 'zod';
import { pageQuery } from '../../core/pageQuery';
import { billMonth } from './billMonth';

const MAX_TEXT = 253;

const asked = {
  month: billMonth
    .optional()
    .describe('Month of the billing period; default: the newest there is.'),
  basis: oneOf(BILL_BASES)
    .default('effective')
    .describe(
      '`billed` sums to the invoice; `effective` has what was paid in advance where it was used.',
    ),
};

/** What a bill can be asked for. */
export const billQuery = z.strictObject({
  ...asked,
  groupBy: oneOf(BILL_DIMENSIONS).default('service'),
});

/** What those who pay for a bill can be asked for. */
export const billPayersQuery = z.strictObject({
  ...asked,
  currency: textOf(MAX_TEXT)
    .optional()
    .describe('One that the month is billed in; default: the first of them.'),
  q: textOf(MAX_TEXT)
    .optional()
    .describe('Text in the title or in the reference of an entity.'),
  sort: oneOf(BILL_PAYER_SORTS)
    .default('paid')
    .describe('What is not known comes last in either order.'),
  order: oneOf(['asc', 'desc'])
    .optional()
    .describe('Else `asc` of services and `desc` of amounts.'),
  ...pageQuery,
});
