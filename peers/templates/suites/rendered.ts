import {
  buildKustomization,
  findKustomizations,
  KubernetesJson,
} from '@headroom/plugin-scaling-common';
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { peer } from './peer';

/** An object as a template made it. */
export type Manifest = KubernetesJson & {
  apiVersion: string;
  kind: string;
  metadata: { name: string; namespace?: string } & KubernetesJson;
};

/** One template with one set of answers. */
export interface RenderedSet {
  template: string;
  /** Which answers, such as `production-critical`. */
  answers: string;
  title: string;
  folder: string;
  /** By their path in the folder. */
  files: Map<string, string>;
  /** What its kustomizations make, in order. */
  objects: Manifest[];
}

function foldersIn(folder: string): string[] {
  return readdirSync(folder)
    .filter(name => statSync(path.join(folder, name)).isDirectory())
    .sort();
}

function filesIn(folder: string): Map<string, string> {
  const names = (readdirSync(folder, { recursive: true }) as string[]).filter(
    name => statSync(path.join(folder, name)).isFile(),
  );
  return new Map(
    names.map(name => [name, readFileSync(path.join(folder, name), 'utf8')]),
  );
}

function readSet(template: string, answers: string): RenderedSet {
  const folder = path.join(peer.rendered, template, answers);
  const files = filesIn(folder);
  const objects = findKustomizations(files).flatMap(
    root => buildKustomization(files, root) as Manifest[],
  );
  const title = `${template}, ${answers}`;
  return { template, answers, title, folder, files, objects };
}

/** Templates of programs: there is nothing in them that a cluster would get. */
const WITHOUT_MANIFESTS = [
  'object-storage-lifecycle',
  'postgres-partitions',
  'worm-audit-bucket',
];

const all = foldersIn(peer.rendered).flatMap(template =>
  foldersIn(path.join(peer.rendered, template)).map(answers =>
    readSet(template, answers),
  ),
);

/** Everything that was rendered for a cluster. */
export const renderedSets: readonly RenderedSet[] = all.filter(
  ({ template }) => !WITHOUT_MANIFESTS.includes(template),
);

assert.ok(renderedSets.length > 0, 'nothing is rendered');
assert.deepEqual(
  all
    .filter(
      ({ template, objects }) =>
        (objects.length === 0) !== WITHOUT_MANIFESTS.includes(template),
    )
    .map(({ title }) => title),
  [],
  'a template has manifests or none, and is named otherwise',
);

/** What was rendered of a template of programs. */
export function programSets(template: string): readonly RenderedSet[] {
  assert.ok(WITHOUT_MANIFESTS.includes(template));
  const sets = all.filter(set => set.template === template);
  assert.ok(sets.length > 0, `${template} is not rendered`);
  return sets;
}

/** The sets of templates that make a service, by its workload. */
export const serviceSets = renderedSets.filter(({ objects }) =>
  objects.some(({ kind }) => /^(Deployment|StatefulSet|CronJob)$/.test(kind)),
);

/** One set, which has to be there. */
export function setOf(template: string, answers: string): RenderedSet {
  const found = renderedSets.find(
    set => set.template === template && set.answers === answers,
  );
  assert.ok(found, `${template} is not rendered with ${answers}`);
  return found;
}
