import { AuthService } from '@backstage/backend-plugin-api';
import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { ConflictError, InputError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import {
  Policy,
  policySchema,
  readAnnotationPolicy,
  ScalingApi,
  SCHEDULE_ANNOTATION,
} from '@headroom/plugin-scaling-common';
import { isDeepStrictEqual } from 'node:util';
import { parseAllDocuments, stringify } from 'yaml';
import { readFolder } from '../workspace';

export const POLICY_EXAMPLES = [
  { entityRef: 'component:default/checkout' },
  {
    entityRef: 'component:default/checkout',
    policy: {
      title: 'Nights of checkout',
      mode: 'observe',
      schedules: [
        {
          zone: 'Europe/Berlin',
          windows: [
            {
              type: 'weekly',
              days: ['mon', 'tue', 'wed', 'thu', 'fri'],
              times: { start: '07:00', end: '19:00' },
              wish: { type: 'untouched' },
            },
          ],
        },
      ],
      outside: { type: 'zero' },
    },
  },
];

type Policies = Pick<
  ScalingApi,
  'getPolicies' | 'createPolicy' | 'updatePolicy'
>;

/** `headroom:policy:register`: the hours of a service; the same again changes nothing. */
export function createPolicyAction(options: {
  now: () => number;
  auth: AuthService;
  scaling: Policies;
}) {
  const { now, auth, scaling } = options;
  return createTemplateAction({
    id: 'headroom:policy:register',
    description:
      'Registers the hours of a service. Those that its catalog-info.yaml says are read and checked, as the annotation is the policy; others are made by the scaling plugin. The same again changes nothing.',
    supportsDryRun: true,
    examples: POLICY_EXAMPLES.map(input => ({
      description: input.policy
        ? 'Hours that are not in the catalog-info.yaml'
        : `Hours of the annotation ${SCHEDULE_ANNOTATION}`,
      example: stringify({
        steps: [{ id: 'policy', action: 'headroom:policy:register', input }],
      }),
    })),
    schema: {
      input: {
        entityRef: z =>
          z
            .string({
              description:
                'e.g. component:default/checkout; only a dry run, in which nothing is registered, may have none.',
            })
            .optional(),
        policy: z =>
          z
            .record(z.unknown(), {
              description:
                'A policy without origin and scope; its id is made from the entity where it has none. Absent = the annotation.',
            })
            .optional(),
        catalogInfoPath: z =>
          z
            .string({ description: 'Where the annotation is.' })
            .default('catalog-info.yaml'),
      },
      output: {
        policyId: z => z.string({ description: 'Of the policy.' }),
        result: z =>
          z.enum(['annotation', 'created', 'updated', 'unchanged', 'dryRun'], {
            description: 'What was done.',
          }),
      },
    },
    async handler(ctx) {
      const { policy: asked, catalogInfoPath = 'catalog-info.yaml' } =
        ctx.input;
      const entityRef = refOf(ctx.input.entityRef, ctx.isDryRun === true);
      if (!asked) {
        const files = await readFolder(ctx.workspacePath, '.', ctx.signal);
        const annotations = annotationsOf(files.get(catalogInfoPath));
        if (annotations[SCHEDULE_ANNOTATION] === undefined) {
          throw new InputError(
            `policy is not given, and ${catalogInfoPath} has no annotation ${SCHEDULE_ANNOTATION}; one of them must say the hours.`,
          );
        }
        const read = readAnnotationPolicy(
          annotations,
          { on: 'entity', entityRef },
          { nowMs: now() },
        );
        const errors = read.issues.filter(
          ({ severity }) => severity === 'error',
        );
        if (!read.policy || errors.length > 0) {
          throw new InputError(
            errors.map(({ text }) => text.message).join(' '),
          );
        }
        ctx.logger.info(
          `${entityRef} has its hours in an annotation, which is a policy as soon as the catalog has read it.`,
        );
        ctx.output('policyId', read.policy.id);
        ctx.output('result', 'annotation');
        return;
      }
      const policy = policyOf(asked, entityRef);
      ctx.output('policyId', policy.id);
      if (ctx.isDryRun) {
        ctx.logger.info(
          `A dry run: the policy ${policy.id} is not registered.`,
        );
        ctx.output('result', 'dryRun');
        return;
      }
      const credentials = await ctx.getInitiatorCredentials();
      const result = await ctx.checkpoint({
        key: `policy.${policy.id}`,
        fn: async () => {
          const { token } = await auth.getPluginRequestToken({
            onBehalfOf: credentials,
            targetPluginId: 'scaling',
          });
          return register(scaling, policy, { token, signal: ctx.signal });
        },
      });
      ctx.logger.info(`The policy ${policy.id} is ${result}.`);
      ctx.output('result', result);
    },
  });
}

async function register(
  scaling: Policies,
  policy: Policy,
  options: { token: string; signal?: AbortSignal },
): Promise<'created' | 'updated' | 'unchanged'> {
  const { rows } = await scaling.getPolicies({ policyId: policy.id }, options);
  const found = rows.find(row => row.policy.id === policy.id);
  if (!found) {
    await scaling.createPolicy(policy, options);
    return 'created';
  }
  if (found.policy.origin.type !== 'page') {
    throw new ConflictError(
      `policy.id is "${policy.id}", which is a policy of the configuration; it must be another.`,
    );
  }
  // Who made it, and what people said for a while, is not a template's.
  const { by: _by, overrides, ...before } = found.policy;
  const { by: _, overrides: none, ...after } = policy;
  if (isDeepStrictEqual(before, { ...after, origin: found.policy.origin })) {
    return 'unchanged';
  }
  await scaling.updatePolicy({ ...policy, overrides }, options);
  return 'updated';
}

function policyOf(asked: Record<string, unknown>, entityRef: string): Policy {
  const read = policySchema.safeParse({
    id: `scaffolder:${entityRef}`,
    title: entityRef,
    ...asked,
    origin: { type: 'page' },
    scope: { type: 'service', entityRef },
  });
  if (!read.success) {
    throw new InputError(
      read.error.issues
        .map(
          issue =>
            `policy.${issue.path.join('.')} can't be read: ${issue.message}.`,
        )
        .join(' '),
    );
  }
  return read.data;
}

/** In a dry run the entity of an earlier step is only an example. */
function refOf(text: string | undefined, isDryRun: boolean): string {
  try {
    return stringifyEntityRef(
      parseEntityRef(text ?? '', {
        defaultKind: 'component',
        defaultNamespace: 'default',
      }),
    );
  } catch {
    if (isDryRun) {
      return 'component:default/dry-run';
    }
    throw new InputError(
      `entityRef is "${
        text ?? ''
      }"; it must be an entity reference such as component:default/checkout.`,
    );
  }
}

function annotationsOf(text: string | undefined): Record<string, string> {
  for (const document of parseAllDocuments(text ?? '')) {
    const entity = document.toJS() as {
      metadata?: { annotations?: Record<string, string> };
    } | null;
    if (entity?.metadata?.annotations) {
      return entity.metadata.annotations;
    }
  }
  return {};
}
