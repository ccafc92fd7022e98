import { InputError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import {
  formatManifestPath,
  ManifestFinding,
} from '@headroom/plugin-scaling-common';
import { SchemaJudge, SchemaVerdict } from '@headroom/plugin-scaling-node';
import { stringify } from 'yaml';
import { judgeManifests } from '../manifests';
import { readFolder } from '../workspace';

export const VALIDATE_EXAMPLES = [
  { path: 'manifests' },
  {
    path: 'deploy',
    kustomize: true,
    failOn: 'warning',
    waivers: [
      {
        rule: 'M9',
        name: 'preview',
        reason: 'A preview has one replica, nobody waits for it.',
      },
    ],
  },
];

interface Said {
  rule: string;
  severity: 'error' | 'warning';
  object: string;
  field: string;
  message: string;
  file?: string;
  line?: number;
}

/** `headroom:manifests:validate`: what is wrong with manifests of the workspace. */
export function createValidateAction(options: {
  /** Strict schemas, where a folder of them is configured. */
  schemas?: () => Promise<SchemaJudge>;
}) {
  return createTemplateAction({
    id: 'headroom:manifests:validate',
    description:
      'Checks Kubernetes manifests of the workspace by the rules of Headroom and, where schemas are configured, by strict schemas. Kustomizations are built in process first.',
    supportsDryRun: true,
    examples: VALIDATE_EXAMPLES.map((input, index) => ({
      description:
        index === 0
          ? 'The manifests that headroom:manifests:render wrote'
          : 'Manifests of your own, where a warning fails too, with a waiver',
      example: stringify({
        steps: [{ id: 'check', action: 'headroom:manifests:validate', input }],
      }),
    })),
    schema: {
      input: {
        path: z =>
          z.string({ description: 'A folder of the workspace.' }).default('.'),
        kustomize: z =>
          z
            .boolean({
              description: 'Whether kustomizations among them are built first.',
            })
            .default(true),
        failOn: z =>
          z
            .enum(['error', 'warning', 'never'], {
              description: 'From which severity on the step fails.',
            })
            .default('error'),
        waivers: z =>
          z
            .array(
              z.object({
                rule: z.string({ description: 'Such as M9.' }),
                kind: z.string().optional(),
                name: z.string({ description: 'Of the object.' }).optional(),
                reason: z.string().min(1),
              }),
              { description: 'Findings that are left out, each with why.' },
            )
            .default([]),
        kubernetesVersion: z => z.string().optional(),
      },
      output: {
        findings: z =>
          z.array(
            z.object({
              rule: z.string(),
              severity: z.enum(['error', 'warning']),
              object: z.string(),
              field: z.string(),
              message: z.string(),
              file: z.string().optional(),
              line: z.number().optional(),
            }),
            { description: 'What is wrong, with what would be right.' },
          ),
        objects: z => z.number({ description: 'How many were checked.' }),
        notJudged: z =>
          z.array(z.string(), {
            description: 'Kinds whose schema is not known, e.g. v1 Pod.',
          }),
      },
    },
    async handler(ctx) {
      const {
        path = '.',
        kustomize = true,
        failOn = 'error',
        waivers = [],
        kubernetesVersion,
      } = ctx.input;
      const files = await readFolder(ctx.workspacePath, path, ctx.signal);
      const { objects, findings, unread } = judgeManifests(files, {
        kustomize,
        context: { kubernetesVersion },
      });
      if (objects.length === 0) {
        throw new InputError(
          `path is "${path}", which holds no objects of Kubernetes; it must be the folder of the manifests.`,
        );
      }
      const judge = await options.schemas?.();
      ctx.signal?.throwIfAborted();
      const verdicts = objects.map(({ object }) =>
        judge ? judge.judge(object) : unknown(object),
      );
      const notJudged = [
        ...new Set(verdicts.flatMap(({ notJudged: each }) => each)),
      ].sort();
      const all = [
        ...findings.map(ofRule),
        ...verdicts.flatMap(({ problems }) =>
          problems.map(
            ({ object, field, message }): Said => ({
              rule: 'schema',
              severity: 'error',
              object,
              field,
              message,
            }),
          ),
        ),
        ...unread.map(
          (message): Said => ({
            rule: 'file',
            severity: 'error',
            object: '',
            field: '',
            message,
          }),
        ),
      ];
      const waived = (said: Said) =>
        waivers.find(
          waiver =>
            waiver.rule === said.rule &&
            (waiver.kind === undefined ||
              said.object.startsWith(`${waiver.kind} `)) &&
            (waiver.name === undefined ||
              said.object.endsWith(` ${waiver.name}`)),
        );
      const kept = all.filter(said => {
        const waiver = waived(said);
        if (waiver) {
          ctx.logger.info(
            `${said.rule} is waived for ${said.object}: ${waiver.reason}`,
          );
        }
        return !waiver;
      });
      kept.forEach(said => ctx.logger.warn(line(said)));
      if (notJudged.length > 0) {
        ctx.logger.info(
          `Not judged by a schema, as none is known: ${notJudged.join(', ')}.`,
        );
      }
      ctx.logger.info(
        `${objects.length} objects are checked; ${kept.length} findings.`,
      );
      ctx.output('findings', kept);
      ctx.output('objects', objects.length);
      ctx.output('notJudged', notJudged);
      const failing = kept.filter(
        ({ severity }) =>
          failOn === 'warning' || (failOn === 'error' && severity === 'error'),
      );
      if (failing.length > 0) {
        throw new InputError(failing.map(line).join('\n'));
      }
    },
  });
}

function ofRule(finding: ManifestFinding): Said {
  const { rule, severity, object, path, said, file, line: at } = finding;
  return {
    rule,
    severity,
    object: `${object.kind} ${object.name}`,
    field: formatManifestPath(path),
    message: said.message,
    ...(file !== undefined && { file }),
    ...(at !== undefined && { line: at }),
  };
}

function unknown(object: { readonly [key: string]: unknown }): SchemaVerdict {
  return {
    problems: [],
    notJudged: [`${String(object.apiVersion)} ${String(object.kind)}`],
  };
}

function line({ rule, object, file, line: at, field, message }: Said): string {
  const where = file === undefined ? object : `${file}:${at ?? 1} ${object}`;
  return `${rule} ${where}${field && ` at ${field}`}: ${message}`.trim();
}
