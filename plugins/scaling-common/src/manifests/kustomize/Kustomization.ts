import { parse } from 'yaml';
import { z } from 'zod';
import { KustomizeError } from './KustomizeError';

const texts = z.record(z.string(), z.string());
const options = z.strictObject({
  disableNameSuffixHash: z.boolean().optional(),
  labels: texts.optional(),
  annotations: texts.optional(),
  immutable: z.boolean().optional(),
});

const target = z.strictObject({
  group: z.string().optional(),
  version: z.string().optional(),
  kind: z.string().optional(),
  name: z.string().optional(),
  namespace: z.string().optional(),
  labelSelector: z.string().optional(),
  annotationSelector: z.string().optional(),
});

const kustomization = z.strictObject({
  apiVersion: z.literal('kustomize.config.k8s.io/v1beta1').optional(),
  kind: z.literal('Kustomization').optional(),
  metadata: z.unknown().optional(),
  resources: z.array(z.string()).default([]),
  namespace: z.string().optional(),
  labels: z
    .array(
      z.strictObject({
        pairs: texts,
        includeSelectors: z.boolean().default(false),
        includeTemplates: z.boolean().default(false),
      }),
    )
    .default([]),
  commonAnnotations: texts.default({}),
  images: z
    .array(
      z.strictObject({
        name: z.string(),
        newName: z.string().optional(),
        newTag: z.string().optional(),
        digest: z.string().optional(),
      }),
    )
    .default([]),
  patches: z
    .array(
      z.strictObject({
        path: z.string().optional(),
        patch: z.string().optional(),
        target: target.optional(),
        options: z.strictObject({}).optional(),
      }),
    )
    .default([]),
  configMapGenerator: z
    .array(
      z.strictObject({
        name: z.string(),
        namespace: z.string().optional(),
        behavior: z.literal('create').optional(),
        files: z.array(z.string()).default([]),
        literals: z.array(z.string()).default([]),
        envs: z.array(z.string()).default([]),
        options: options.optional(),
      }),
    )
    .default([]),
  generatorOptions: options.optional(),
});

/** What of a kustomization is built here; anything else is refused by name. */
export type Kustomization = z.output<typeof kustomization>;
export type KustomizationLabels = Kustomization['labels'][number];
export type KustomizationImage = Kustomization['images'][number];
export type KustomizationPatch = Kustomization['patches'][number];
export type PatchTarget = z.output<typeof target>;
export type ConfigMapGenerator = Kustomization['configMapGenerator'][number];
export type GeneratorOptions = z.output<typeof options>;

export const KUSTOMIZATION_FILES = [
  'kustomization.yaml',
  'kustomization.yml',
  'Kustomization',
] as const;

/** @throws KustomizeError that names the field. */
export function readKustomization(file: string, text: string): Kustomization {
  let value: unknown;
  try {
    value = parse(text) ?? {};
  } catch (error) {
    throw new KustomizeError(
      `${file} is no YAML: ${String((error as Error).message).split('\n')[0]}`,
    );
  }
  const read = kustomization.safeParse(value);
  if (read.success) {
    return read.data;
  }
  const said = read.error.issues.map(issue => {
    const at = issue.path.join('.');
    return issue.code === 'unrecognized_keys'
      ? `${file} has ${issue.keys
          .map(key => (at ? `${at}.${key}` : key))
          .join(', ')}, which is not built here; build it with kustomize first.`
      : `${file} has a ${at || 'content'} that can't be read: ${
          issue.message
        }.`;
  });
  throw new KustomizeError(said.join(' '));
}
