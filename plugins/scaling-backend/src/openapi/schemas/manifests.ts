import { z } from 'zod';
import { json, said } from './shared';

const finding = z
  .object({
    rule: z
      .templateLiteral([z.enum(['M', 'K']), z.number().int()])
      .describe('The number of the rule in the documentation.'),
    severity: z
      .enum(['error', 'warning'])
      .describe(
        '`error`: something does not work as it is written; `warning`: a risk.',
      ),
    object: z.object({
      apiVersion: z.string(),
      kind: z.string(),
      namespace: z.string().optional(),
      name: z.string(),
    }),
    path: z
      .array(z.union([z.string(), z.number()]))
      .describe('Keys and indices from the top of the object.'),
    file: z.string().optional(),
    line: z.number().optional().describe('From 1.'),
    said,
    why: said,
    fix: z
      .object({
        patch: z
          .array(
            z.object({
              op: z.enum(['add', 'replace', 'remove']),
              path: z.string(),
              value: json.optional(),
            }),
          )
          .describe('RFC 6902, over the object.'),
        lines: z
          .object({
            from: z.number(),
            before: z.array(z.string()),
            after: z.array(z.string()),
          })
          .optional()
          .describe('The lines of the file that change.'),
      })
      .optional()
      .describe('Absent = what mends it is a decision.'),
  })
  .meta({ id: 'ManifestFinding' });

const place = z.union([
  z.object({
    type: z.literal('cluster'),
    cluster: z.string(),
    namespace: z.string(),
  }),
  z.object({ type: z.literal('repository'), url: z.string() }),
]);

const more = z.number().describe('Findings beyond those given.');

export const manifestReport = z
  .object({
    entityRef: z.string(),
    places: z.array(
      z.object({
        place,
        objects: z.number(),
        findings: z.array(finding),
        more,
        unknown: z
          .array(said)
          .describe(
            'What could not be read, and so is neither found nor missed.',
          ),
      }),
    ),
    notes: z.array(said).describe('Why a place is not among them.'),
  })
  .meta({ id: 'ManifestReport' });

export const manifestCheck = z
  .object({
    objects: z.number(),
    findings: z.array(finding),
    more,
    unread: z.array(
      z.object({ file: z.string(), line: z.number().optional(), said }),
    ),
  })
  .meta({ id: 'ManifestCheck' });
