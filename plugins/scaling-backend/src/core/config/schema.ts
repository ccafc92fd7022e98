import { ActingMode } from '@headroom/common';
import { z } from 'zod';

const MODES = ['observe', 'propose', 'enforce'] as const satisfies ActingMode[];

const text = z.string().trim().min(1, { error: 'must not be empty' });
const names = z.array(text).min(1, { error: 'must not be empty' });
export const mode = z.enum(MODES, {
  error: `must be one of ${MODES.join(', ')}`,
});
const count = z
  .number()
  .int()
  .min(0, { error: 'must be a whole number, 0 or more' });
const percent = z
  .number()
  .min(0, { error: 'must be at least 0' })
  .max(100, { error: 'must be at most 100' });
const instant = z.iso
  .datetime({
    offset: true,
    error: 'must be an instant such as 2026-12-24T00:00:00Z',
  })
  .transform(value => new Date(value).toISOString());
const blast = z.strictObject({ count, percent });

const freezeWindow = z
  .strictObject({
    title: text,
    from: instant,
    to: instant,
    clusters: names.optional(),
    namespaces: names.optional(),
    all: z.boolean().optional(),
  })
  .refine(({ from, to }) => from < to, {
    error: 'ends before it begins; its to must be after its from',
  });

/** `headroom.scaling` without what has a reader of its own. */
export const scalingSchema = z.strictObject({
  mode: mode.default('enforce'),
  clusters: z
    .array(z.strictObject({ name: text, mode }))
    .default([])
    .refine(
      list => new Set(list.map(({ name }) => name)).size === list.length,
      { error: 'names a cluster twice; each has one mode' },
    ),
  annotations: z
    .strictObject({
      workloads: z
        .array(
          z.strictObject({
            clusters: names.optional(),
            namespaces: names.optional(),
            mode: mode.default('observe'),
          }),
        )
        .default([]),
      entities: z
        .array(
          z.strictObject({
            entities: names.optional(),
            mode: mode.default('observe'),
          }),
        )
        .default([]),
    })
    .default({ workloads: [], entities: [] }),
  calendars: z.array(z.unknown()).default([]),
  policies: z.array(z.unknown()).default([]),
  cycle: z.unknown().optional(),
  lease: z.unknown().optional(),
  entities: z.unknown().optional(),
  links: z.unknown().optional(),
  savings: z.unknown().optional(),
  rightsizing: z.unknown().optional(),
});

const seconds = z.number().gt(0, { error: 'must be above 0' });

/** `headroom.acting`: what holds for all that changes the outside world. */
export const actingSchema = z.strictObject({
  protectedNamespaces: names.default([]),
  freezeWindows: z.array(freezeWindow).default([]),
  blastRadius: z
    .strictObject({
      perRun: blast.optional(),
      perDay: blast.optional(),
      atLeast: count.optional(),
    })
    .default({}),
  inventory: z
    .strictObject({
      maxAgeSeconds: seconds.optional(),
      shrunkPercent: percent.optional(),
    })
    .default({}),
  rate: z.strictObject({ perTargetPerHour: count.optional() }).default({}),
  contested: z
    .strictObject({
      withinSeconds: seconds.optional(),
      times: z
        .number()
        .int()
        .min(1, { error: 'must be a whole number, at least 1' })
        .optional(),
    })
    .default({}),
});
