/** kube-score with its default checks, and kubeconform on strict schemas. */
import { JUDGE_WAIVERS } from '@headroom/plugin-scaling-common';
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { peer, run, scratchFolder } from './peer';
import { renderedSets, RenderedSet } from './rendered';
import { SchemaFolder, writeSchemas } from './schemas';

const KUBERNETES = '1.36';
const folder = scratchFolder('judges');

/** What kube-score says of an object; a grade is 1 for an error, 5 for a warning. */
interface Scored {
  object_name: string;
  type_meta: { kind: string };
  checks: Array<{
    check: { id: string };
    grade: number;
    skipped: boolean;
    comments: Array<{
      path: string;
      summary: string;
      description: string;
    }> | null;
  }>;
}

const ALL_RIGHT = 10;
const waived = new Set<string>();

function fileOf({ template, answers, objects }: RenderedSet): string {
  const file = path.join(folder, `${template}--${answers}.yaml`);
  writeFileSync(
    file,
    objects.map(object => `---\n${JSON.stringify(object)}\n`).join(''),
  );
  return file;
}

/** What it says that no waiver is for. */
async function complaintsOf(file: string): Promise<string[]> {
  const { output, errors } = await run(peer.kubeScore, [
    'score',
    '--output-format=json',
    `--kubernetes-version=v${KUBERNETES}`,
    file,
  ]);
  assert.ok(output, errors);
  const scored: Scored[] = JSON.parse(output) ?? [];
  return scored.flatMap(({ object_name: name, type_meta: { kind }, checks }) =>
    checks
      .filter(({ grade, skipped }) => !skipped && grade < ALL_RIGHT)
      .flatMap(({ check: { id }, comments }) =>
        (comments ?? [{ path: '', summary: 'no comment' }])
          .filter(({ summary }) => !isWaived(id, summary))
          .map(({ summary }) => `${id}: ${kind} ${name}: ${summary}`),
      ),
  );
}

function isWaived(id: string, summary: string): boolean {
  const waiver = JUDGE_WAIVERS.find(
    ({ check, said }) =>
      check === `kube-score/${id}` && (said === undefined || said === summary),
  );
  if (waiver) {
    waived.add(waiver.check);
  }
  return waiver !== undefined;
}

describe('kube-score', () => {
  for (const set of renderedSets) {
    it(`has nothing to say of ${set.title}`, async () => {
      assert.deepEqual(await complaintsOf(fileOf(set)), []);
    });
  }

  it('needs each of its waivers', () => {
    assert.deepEqual(
      JUDGE_WAIVERS.map(({ check }) => check)
        .filter(check => check.startsWith('kube-score/'))
        .filter(check => !waived.has(check)),
      [],
    );
  });
});

interface Judged {
  filename: string;
  kind: string;
  name: string;
  status: string;
  msg: string;
}

describe('kubeconform, strictly', () => {
  let schemas: SchemaFolder;
  let judged: Judged[];

  const judge = async (target: string): Promise<Judged[]> => {
    const { output, errors } = await run(peer.kubeconform, [
      '-strict',
      '-output=json',
      '-verbose',
      // Without --data there is none for the kinds of operators; counted and said.
      ...(peer.data === undefined ? ['-ignore-missing-schemas'] : []),
      `-schema-location=${schemas.location}`,
      target,
    ]);
    assert.ok(output, errors);
    return JSON.parse(output).resources;
  };

  before(async () => {
    schemas = await writeSchemas(scratchFolder('schemas'));
    renderedSets.forEach(fileOf);
    judged = await judge(folder);
  });

  after(() => {
    const skipped = judged
      .filter(({ status }) => status === 'statusSkipped')
      .map(({ kind }) => kind);
    for (const kind of new Set(skipped)) {
      const count = skipped.filter(each => each === kind).length;
      process.stdout.write(`Not judged, no schema: ${count} × ${kind}\n`);
    }
  });

  for (const set of renderedSets) {
    it(`finds ${set.title} valid`, () => {
      const file = fileOf(set);
      const found = judged.filter(({ filename }) => filename === file);
      assert.equal(found.length, set.objects.length);
      assert.deepEqual(
        found
          .filter(({ status }) => !/^status(Valid|Skipped)$/.test(status))
          .map(({ kind, name, msg }) => `${kind} ${name}: ${msg}`),
        [],
      );
    });
  }

  it('would refuse a field that there is not', async () => {
    const file = path.join(scratchFolder('wrong'), 'wrong.yaml');
    writeFileSync(
      file,
      JSON.stringify({
        apiVersion: 'policy/v1',
        kind: 'PodDisruptionBudget',
        metadata: { name: 'web' },
        spec: { maxUnavailble: 1 },
      }),
    );
    const [{ status, msg }] = await judge(file);
    assert.equal(status, 'statusInvalid');
    assert.match(msg, /maxUnavailble/);
  });
});
