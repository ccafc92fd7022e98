import { z } from 'zod';
import { guardPolicySchema } from './guardPolicy';
import { GuardOverride } from './GuardReport';

const MOST_FILES = 5000;
const LONGEST_PATH = 1000;
const LONGEST_FILE = 512 * 1024;

function text(most: number) {
  const error = `must be a text of 1 to ${most} characters`;
  return z
    .string({ error })
    .min(1, { error })
    .max(most, { error })
    .refine(value => !value.includes('\0'), {
      error: 'must have no NUL characters',
    });
}

const tooMany = `must have at most ${MOST_FILES} entries`;

/** Manifests of one side of a change, and the files that are no manifests. */
const side = z.strictObject({
  files: z
    .array(
      z.strictObject({
        path: text(LONGEST_PATH).describe(
          'As people call it; it must end in .yaml, .yml or .json.',
        ),
        text: z
          .string({ error: 'must be a text' })
          .max(LONGEST_FILE, {
            error: `must have at most ${LONGEST_FILE} characters`,
          })
          .describe('Documents of YAML or JSON, rendered.'),
      }),
      { error: 'must be a list of files' },
    )
    .max(MOST_FILES, { error: tooMany }),
  unread: z
    .array(
      z.strictObject({
        file: text(LONGEST_PATH),
        why: text(2000),
        content: text(100)
          .optional()
          .describe(
            'A hash of its text; a file without one counts as changed.',
          ),
      }),
    )
    .max(MOST_FILES, { error: tooMany })
    .default([])
    .describe('What could not be read before: its cost is not known.'),
});

/**
 * What `POST /v1/guard` is asked: a change, as manifests or as a file of Infracost,
 * whose it is, and the policy to judge it by.
 *
 * @public
 */
export const guardRequestSchema = z
  .strictObject({
    manifests: z
      .strictObject({
        cluster: text(253).describe('A name under `headroom.clusters`.'),
        after: side.describe('Manifests with the change.'),
        before: side
          .optional()
          .describe(
            'The same without it, empty for what is new; absent = not known.',
          ),
      })
      .optional(),
    infracost: z
      .looseObject({})
      .optional()
      .describe('As `infracost diff --format json` writes it.'),
    currency: z
      .string()
      .regex(/^[A-Z]{3}$/, { error: 'must be an ISO 4217 code such as USD' })
      .optional()
      .describe(
        'ISO 4217, one of those in the settings; else the stored one. Of a file of Infracost its own.',
      ),
    entityRef: text(500)
      .optional()
      .describe('The service that is changed, or the group that will own it.'),
    change: text(300)
      .optional()
      .describe(
        'Names the change, for overrides, e.g. `github.com/acme/web/pull/12`.',
      ),
    policy: guardPolicySchema.prefault({}),
  })
  .superRefine(({ manifests, infracost, currency }, context) => {
    if ((manifests === undefined) === (infracost === undefined)) {
      context.addIssue({
        code: 'custom',
        path: ['manifests'],
        message: 'must be there, or infracost, and not both',
      });
    }
    if (infracost !== undefined && currency !== undefined) {
      context.addIssue({
        code: 'custom',
        path: ['currency'],
        message: 'must not be there, as the Infracost JSON says its own',
      });
    }
  });

/** See {@link guardRequestSchema}. @public */
export type GuardRequest = z.output<typeof guardRequestSchema>;

/** As {@link GuardRequest}, with what has a default left out. @public */
export type GuardRequestInput = z.input<typeof guardRequestSchema>;

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/;

/**
 * What lets a change pass that is denied: of what it is a change, which one, why, and
 * until when.
 *
 * @public
 */
export const guardOverrideSchema = z.strictObject({
  entityRef: text(500).describe(
    'The service or the group, as the guard is asked for it.',
  ),
  change: text(300).describe('As the guard is asked for it.'),
  reason: z
    .string({ error: 'must be a text' })
    .trim()
    .min(1, { error: 'must not be empty' })
    .max(1000, { error: 'must have at most 1000 characters' })
    .refine(value => !value.includes('\0'), {
      error: 'must have no NUL characters',
    }),
  until: z
    .string({ error: 'must be an instant such as 2026-12-05T00:00:00Z' })
    .refine(value => INSTANT.test(value) && !Number.isNaN(Date.parse(value)), {
      error: 'must be an instant such as 2026-12-05T00:00:00Z',
    })
    .describe('From then on it counts no more; at most 90 days ahead.'),
});

/** See {@link guardOverrideSchema}. @public */
export type GuardOverrideRequest = z.output<typeof guardOverrideSchema>;

/** An override as it is kept. @public */
export interface SavedGuardOverride extends GuardOverride {
  entityRef: string;
  change: string;
}
