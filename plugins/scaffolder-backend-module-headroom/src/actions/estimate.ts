import { AuthService } from '@backstage/backend-plugin-api';
import { ServiceUnavailableError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { CostApi, CostEstimate } from '@headroom/plugin-cost-common';
import { demandsOf, ServiceContext } from '@headroom/plugin-scaling-common';
import { microsToDecimal } from '@headroom/common';
import { stringify } from 'yaml';
import { readService, serviceInput } from '../service';
import { RENDER_EXAMPLE } from './render';

const { path: _path, ...EXAMPLE } = RENDER_EXAMPLE;

/** `headroom:cost:estimate`: what a service will cost a month. */
export function createEstimateAction(options: {
  known: () => ServiceContext;
  auth: AuthService;
  cost: Pick<CostApi, 'estimate'>;
}) {
  const { known, auth, cost } = options;
  return createTemplateAction({
    id: 'headroom:cost:estimate',
    description:
      'Says what a service will cost a month, from the fewest to the most replicas, at the prices of its cluster. What has no price is unknown, and said.',
    supportsDryRun: true,
    examples: [
      {
        description: 'What a web service of two to six replicas will cost',
        example: stringify({
          steps: [
            { id: 'cost', action: 'headroom:cost:estimate', input: EXAMPLE },
          ],
        }),
      },
      {
        description: 'The same; the task fails unless everything has a price',
        example: stringify({
          steps: [
            {
              id: 'cost',
              action: 'headroom:cost:estimate',
              input: { ...EXAMPLE, mustBeKnown: true },
            },
          ],
        }),
      },
    ],
    schema: {
      input: {
        ...serviceInput,
        currency: z =>
          z
            .string({ description: 'ISO 4217; absent = the stored one.' })
            .optional(),
        mustBeKnown: z =>
          z
            .boolean({
              description: 'Whether it fails where something has no price.',
            })
            .default(false),
      },
      output: {
        known: z =>
          z.boolean({
            description:
              'Everything has a price; else it costs at least the amounts.',
          }),
        monthlyMin: z =>
          z
            .string({
              description: 'With the fewest replicas, e.g. 41.200000.',
            })
            .optional(),
        monthlyMax: z =>
          z.string({ description: 'With the most replicas.' }).optional(),
        currency: z => z.string({ description: 'ISO 4217' }).optional(),
        origin: z =>
          z.array(z.string(), {
            description: 'Where the prices come from, in sentences.',
          }),
        unknown: z =>
          z.array(z.string(), { description: 'What has no price, and why.' }),
      },
    },
    async handler(ctx) {
      const { currency, mustBeKnown = false } = ctx.input;
      const { spec } = readService(ctx.input, known());
      let estimate: CostEstimate | undefined;
      try {
        const { token } = await auth.getPluginRequestToken({
          onBehalfOf: await ctx.getInitiatorCredentials(),
          targetPluginId: 'cost',
        });
        estimate = await cost.estimate(
          {
            cluster: spec.cluster,
            ...(currency !== undefined && { currency }),
            pods: demandsOf(spec),
          },
          { token, signal: ctx.signal },
        );
      } catch (error) {
        ctx.signal?.throwIfAborted();
        ctx.logger.warn(`The cost could not be asked: ${error}`);
      }
      const unknown = estimate
        ? estimate.unknown.map(({ said }) => said.message)
        : ['What it costs is unknown, as the cost plugin did not answer.'];
      unknown.forEach(message => ctx.logger.warn(message));
      if (estimate) {
        // Once more, now that it is known what its budget has to be enough for.
        readService(ctx.input, {
          ...known(),
          minMonthly: {
            micros: BigInt(estimate.monthly.min),
            currency: estimate.currency,
          },
        });
      }
      if (mustBeKnown && !estimate?.complete) {
        throw new ServiceUnavailableError(unknown.join(' '));
      }
      ctx.output('known', estimate?.complete === true);
      ctx.output('unknown', unknown);
      ctx.output('origin', [
        ...new Set(
          estimate?.pods.flatMap(({ prices }) =>
            prices.map(({ said }) => said.message),
          ),
        ),
      ]);
      if (estimate) {
        const [min, max] = [estimate.monthly.min, estimate.monthly.max].map(
          micros => microsToDecimal(BigInt(micros)),
        );
        ctx.logger.info(
          `It will cost ${
            estimate.complete ? '' : 'at least '
          }${min} to ${max} ${estimate.currency} a month.`,
        );
        ctx.output('monthlyMin', min);
        ctx.output('monthlyMax', max);
        ctx.output('currency', estimate.currency);
      }
    },
  });
}
