import { z } from 'zod';
import { linkProvenance } from './shared';

const linkedWorkload = z
  .object({
    cluster: z.string(),
    namespace: z.string(),
    kind: z.string().describe('E.g. `Deployment`.'),
    name: z.string(),
    entityRef: z.string(),
    provenance: linkProvenance,
  })
  .meta({
    id: 'LinkedWorkload',
    description: 'Which service a workload was counted for last.',
  });

export const linkedWorkloads = z
  .object({
    links: z.array(linkedWorkload),
    cursor: z
      .string()
      .optional()
      .describe('Asks for the next page; absent = this is the last.'),
  })
  .meta({
    id: 'LinkedWorkloads',
    description:
      'A page of the links of all workloads, also of those that are gone.',
  });
