import { parseAllDocuments } from 'yaml';
import { z } from 'zod';
import { Merged } from './Forge';

/** Who sets in the demo what Git says, as `managedFields` have it. */
const MANAGER = 'argocd-controller';

const quantities = z.record(z.string(), z.union([z.string(), z.number()]));
const containerSchema = z.object({
  name: z.string(),
  resources: z
    .object({ requests: quantities.optional(), limits: quantities.optional() })
    .nullish(),
});
const podSchema = z.object({ containers: z.array(containerSchema) });
const templateSchema = z.object({ template: z.object({ spec: podSchema }) });
const manifestSchema = z.object({
  kind: z.enum(['Deployment', 'StatefulSet', 'CronJob']),
  metadata: z.object({ name: z.string(), namespace: z.string() }),
  spec: z.union([
    templateSchema,
    z.object({ jobTemplate: z.object({ spec: templateSchema }) }),
  ]),
});

type Manifest = z.infer<typeof manifestSchema>;
type Container = z.infer<typeof containerSchema>;

const PATHS: Record<Manifest['kind'], string> = {
  Deployment: 'apis/apps/v1/namespaces/{namespace}/deployments',
  StatefulSet: 'apis/apps/v1/namespaces/{namespace}/statefulsets',
  CronJob: 'apis/batch/v1/namespaces/{namespace}/cronjobs',
};

/**
 * Has the clusters follow what was merged: requests and limits of the manifests that
 * changed, as an agent that deploys from Git would set them.
 *
 * @param urls - of the Kubernetes APIs, by the name of the cluster
 * @returns a sentence for each file that could not be followed
 */
export async function followGit(
  { files }: Merged,
  urls: Readonly<Record<string, string>>,
): Promise<string[]> {
  const problems: string[] = [];
  for (const { path, text } of files) {
    const url = urls[path.split('/')[0]];
    if (url) {
      for (const document of parseAllDocuments(text)) {
        const problem = await follow(document.toJS(), url);
        if (problem) {
          problems.push(`${path}: ${problem}`);
        }
      }
    }
  }
  return problems;
}

async function follow(
  document: unknown,
  url: string,
): Promise<string | undefined> {
  const parsed = manifestSchema.safeParse(document);
  if (!parsed.success) {
    return 'it is no Deployment, StatefulSet or CronJob with containers.';
  }
  const { kind, metadata } = parsed.data;
  const path = PATHS[kind].replace('{namespace}', metadata.namespace);
  const object = `${url}/${path}/${metadata.name}`;
  const live = manifestSchema.safeParse(await (await fetch(object)).json());
  if (!live.success) {
    return `the cluster has no ${kind} ${metadata.namespace}/${metadata.name}.`;
  }
  const response = await fetch(`${object}?fieldManager=${MANAGER}`, {
    method: 'PATCH',
    headers: { 'Content-Type': 'application/strategic-merge-patch+json' },
    body: JSON.stringify({
      spec: specWith(
        kind,
        containersOf(parsed.data).map(wanted =>
          resourcesPatch(
            wanted,
            containersOf(live.data).find(({ name }) => name === wanted.name),
          ),
        ),
      ),
    }),
  });
  const answer = await response.text();
  return response.ok ? undefined : `the cluster refused it: ${answer}`;
}

function containersOf({ spec }: Manifest): Container[] {
  const { template } = 'template' in spec ? spec : spec.jobTemplate.spec;
  return template.spec.containers;
}

/** What is not in the manifest any more is taken away. */
function resourcesPatch(wanted: Container, live: Container | undefined) {
  const part = (name: 'requests' | 'limits') => {
    const gone = Object.keys(live?.resources?.[name] ?? {}).map(key => [
      key,
      null,
    ]);
    return { ...Object.fromEntries(gone), ...wanted.resources?.[name] };
  };
  return {
    name: wanted.name,
    resources: { requests: part('requests'), limits: part('limits') },
  };
}

function specWith(kind: Manifest['kind'], containers: object[]) {
  const template = { spec: { containers } };
  return kind === 'CronJob'
    ? { jobTemplate: { spec: { template } } }
    : { template };
}
