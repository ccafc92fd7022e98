import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { renderService, ServiceContext } from '@headroom/plugin-scaling-common';
import path from 'node:path';
import { stringify } from 'yaml';
import { readService, serviceInput } from '../service';
import { writeBelow } from '../workspace';

export const RENDER_EXAMPLE = {
  parameters: {
    name: 'checkout',
    namespace: 'shop',
    cluster: 'us-west',
    owner: 'group:default/shop',
    environment: 'production',
    minReplicas: 2,
    maxReplicas: 6,
  },
  fixed: { kind: 'web-service', image: 'ghcr.io/example/checkout:1.0.0' },
  path: 'manifests',
};

/** `headroom:manifests:render`: the manifests of a service, written into the workspace. */
export function createRenderAction(options: { known: () => ServiceContext }) {
  return createTemplateAction({
    id: 'headroom:manifests:render',
    description:
      'Writes the Kubernetes manifests of a service: workload, autoscaler, disruption budget, network policy, alerts, dashboard and a kustomization. The same service gives the same files.',
    supportsDryRun: true,
    examples: [
      {
        description: 'A web service of two to six replicas',
        example: stringify({
          steps: [
            {
              id: 'manifests',
              action: 'headroom:manifests:render',
              input: RENDER_EXAMPLE,
            },
          ],
        }),
      },
    ],
    schema: {
      input: {
        ...serviceInput,
        path: z =>
          z
            .string({ description: 'A folder of the workspace.' })
            .default('manifests'),
        ruleLabels: z =>
          z
            .record(z.string(), {
              description:
                'Labels that the `ruleSelector` of the Prometheus operator asks of rules.',
            })
            .optional(),
      },
      output: {
        files: z =>
          z.array(z.string(), {
            description: 'Paths in the workspace, e.g. manifests/service.yaml.',
          }),
        issues: z =>
          z.array(z.object({ field: z.string(), message: z.string() }), {
            description: 'What is a risk and was written all the same.',
          }),
        kind: z => z.string({ description: 'e.g. web-service' }),
      },
    },
    async handler(ctx) {
      const { path: folder = 'manifests', ruleLabels } = ctx.input;
      const { spec, warnings } = readService(ctx.input, options.known());
      const files: string[] = [];
      for (const file of renderService(spec, { ruleLabels })) {
        ctx.signal?.throwIfAborted();
        const name = path.posix.join(folder, file.path);
        await writeBelow(ctx.workspacePath, name, file.text);
        files.push(name);
      }
      const issues = warnings.map(({ path: field, text }) => ({
        field,
        message: text.message,
      }));
      issues.forEach(({ field, message }) =>
        ctx.logger.warn(`${field}: ${message}`),
      );
      ctx.logger.info(`${files.length} files are written below ${folder}.`);
      ctx.output('files', files);
      ctx.output('issues', issues);
      ctx.output('kind', spec.kind);
    },
  });
}
