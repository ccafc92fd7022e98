import { z } from 'zod';
import { validDay } from '@headroom/common';

const PRICE = /^\d+(\.\d+)?([eE][+-]?\d{1,2})?$/;

const price = z
  .union([z.number(), z.string()], {
    error: 'must be a price of 0 or more, such as 0.192',
  })
  .transform(value => String(value).trim())
  .refine(value => PRICE.test(value), {
    error: issue =>
      `is ${String(
        issue.input,
      )}; it must be a price of 0 or more, such as 0.192`,
  });

const name = z.string().min(1, { error: 'must not be empty' });

const day = z.string().refine(validDay, {
  error: issue =>
    `is ${String(issue.input)}; it must be a day such as 2026-01-31`,
});

const capacityType = z.enum(['on-demand', 'spot'], {
  error: 'must be on-demand or spot',
});

const unitPrices = z
  .strictObject({
    cpuCoreHour: price,
    memoryGibHour: price,
    gpuDeviceHour: price,
    storageGibHour: price,
    networkZoneGib: price,
    networkRegionGib: price,
    networkInternetGib: price,
  })
  .partial();

/**
 * A price book as configuration has it. Prices may be numbers or strings and
 * come out as decimal strings; `capacityType` of nodes and pods is on-demand
 * unless it is stated; everything may be left out. Unknown keys and negative prices are
 * refused; the path of the issue names the field, and its message says what is right.
 *
 * @public
 */
export const priceBookSchema = z.strictObject({
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, { error: 'must be an ISO 4217 code such as USD' })
    .optional(),
  nodes: z
    .array(
      z.strictObject({
        instanceType: name,
        region: name.optional(),
        capacityType: capacityType.default('on-demand'),
        os: z
          .enum(['linux', 'windows'], { error: 'must be linux or windows' })
          .optional(),
        autoMode: z
          .boolean({ error: 'must be true (EKS Auto Mode) or false' })
          .optional(),
        hourlyPrice: price,
        validFrom: day.optional(),
        validTo: day.optional(),
      }),
    )
    .optional(),
  gpus: z
    .array(
      z.strictObject({
        model: name,
        hourlyPrice: price,
        capacityType: capacityType.optional(),
      }),
    )
    .optional(),
  storageClasses: z
    .array(
      z.strictObject({
        storageClass: name,
        gibHourPrice: price,
        region: name.optional(),
      }),
    )
    .optional(),
  pods: z
    .array(
      z.strictObject({
        platform: name,
        region: name.optional(),
        capacityType: capacityType.default('on-demand'),
        cpuCoreHour: price,
        memoryGibHour: price,
        gpuDeviceHour: price.optional(),
        validFrom: day.optional(),
        validTo: day.optional(),
      }),
    )
    .optional(),
  unitPrices: z
    .strictObject({ 'on-demand': unitPrices, spot: unitPrices })
    .partial()
    .optional(),
});
