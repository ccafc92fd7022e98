import { readFileSync } from 'fs';
import { resolve } from 'path';
import { PRIORITY_CLASSES } from './render/names';

const read = (file: string) =>
  readFileSync(resolve(__dirname, '../../../../templates', file), 'utf8');

const rendering = (file: string) =>
  readFileSync(resolve(__dirname, 'render', file), 'utf8');

/** What services ask of a cluster is what the templates of the platform give. */
describe('the templates of the platform', () => {
  it('make the priority classes that services name, and no others', () => {
    const text = read(
      'priority-classes/skeleton/manifests/priority-classes.yaml.njk',
    );
    expect(
      [...text.matchAll(/^ {2}name: (\S+)$/gm)].map(([, name]) => name).sort(),
    ).toEqual(Object.values(PRIORITY_CLASSES).sort());
  });

  it('taint nodes with what services tolerate', () => {
    const tolerated = [
      ...rendering('podSpec.ts').matchAll(
        /key: '([^']+)', operator: 'Exists'/g,
      ),
    ].map(([, key]) => key);
    expect(tolerated).toHaveLength(2);
    const pools = read('node-pools/skeleton/manifests/node-pools.yaml.njk');
    const flavor = read(
      'gpu-queue/skeleton/manifests/resource-flavor.yaml.njk',
    );
    for (const key of tolerated) {
      expect(pools).toContain(`- key: ${key}\n          value: "true"`);
      expect(flavor).toContain(`- key: ${key}\n`);
    }
  });

  it('cover in the queue of a team whatever a training requests', () => {
    const [, covered] =
      /coveredResources: (.+)/.exec(
        read('gpu-queue/skeleton/manifests/cluster-queue.yaml.njk'),
      ) ?? [];
    expect(JSON.parse(covered)).toEqual([
      'cpu',
      'memory',
      'ephemeral-storage',
      'nvidia.com/gpu',
    ]);
  });
});
