/**
 * The programs for buckets before moto's S3. With every set of answers their own tests
 * are run by `skeletons`; here are those that differ in what a server is asked.
 *
 * moto is no S3: of a rule it drops sizes and numbers of versions, it shortens a lock
 * when asked to, and of a policy it reads no conditions. So the programs are seen to
 * notice just that, and with what moto knows they are seen to work.
 */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { after, beforeEach, describe, it } from 'node:test';
import { Finished, peer, run, scratchFolder } from './peer';
import { environmentWith, siteOf } from './python';
import { programSets, RenderedSet } from './rendered';

type Json = any;

const AWS = {
  AWS_ENDPOINT_URL: peer.s3.url,
  AWS_ACCESS_KEY_ID: 'peer',
  AWS_SECRET_ACCESS_KEY: 'peer',
  AWS_CONFIG_FILE: '/dev/null',
  AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
  AWS_EC2_METADATA_DISABLED: 'true',
};

const LIFECYCLES =
  /^(archive-none-expire-false-prefix-exports|archive-DEEP-ARCHIVE-expire-true-prefix)-$/;
const AUDITS =
  /^(mode-GOVERNANCE-encryption-AES256-days-36500|mode-COMPLIANCE-encryption-aws-kms-days-1|the-region-without-a-constraint)$/;

/** Some of what was rendered. */
function chosen(template: string, answers: RegExp): RenderedSet[] {
  const sets = programSets(template).filter(set => answers.test(set.answers));
  assert.ok(sets.length > 1, `the chosen sets of ${template} are not there`);
  return sets;
}

/** A rendered repository of which files may be changed. */
class Repository {
  readonly folder = scratchFolder('repository');
  readonly #set: RenderedSet;

  constructor(set: RenderedSet) {
    this.#set = set;
    cpSync(set.folder, this.folder, { recursive: true });
  }

  read(file: string): Json {
    return JSON.parse(readFileSync(path.join(this.folder, file), 'utf8'));
  }

  write(file: string, content: Json): void {
    writeFileSync(path.join(this.folder, file), JSON.stringify(content));
  }

  async run(program: string, ...args: string[]): Promise<Finished> {
    const requirements = this.#set.files.get('requirements.txt')!;
    const env = environmentWith({
      ...AWS,
      PYTHONPATH: await siteOf(this.folder, requirements),
    });
    const words = [program, ...args];
    return run(peer.python.command, words, { cwd: this.folder, env });
  }
}

/** Answers one line with one line; to start a client takes longer than to use it. */
const CLIENT = `
import boto3, json, sys
from botocore.exceptions import ClientError
for line in sys.stdin:
    expression, values = json.loads(line)
    s3 = boto3.client("s3", region_name=values.get("region", "us-east-1"))
    try:
        answer = eval(expression)
    except ClientError as error:
        answer = {"refused": error.response["Error"]["Code"]}
    print(json.dumps(answer, default=str), flush=True)
`;
const client = spawn(peer.python.command, ['-c', CLIENT], {
  env: environmentWith({ ...AWS, PYTHONPATH: peer.s3.site }),
  stdio: ['pipe', 'pipe', 'inherit'],
});
const answers = createInterface(client.stdout)[Symbol.asyncIterator]();
after(() => client.stdin.end());

/** What an S3 says of itself to another client than that of the programs. */
async function ask(expression: string, values: Json = {}): Promise<Json> {
  client.stdin.write(`${JSON.stringify([expression, values])}\n`);
  const { value, done } = await answers.next();
  assert.ok(!done, 'the client ended');
  return JSON.parse(value);
}

function ends({ code, output, errors }: Finished, expected: number): string {
  assert.equal(code, expected, `${output}${errors}`);
  return `${output}${errors}`;
}

beforeEach(async () => {
  const { ok } = await fetch(`${peer.s3.url}/moto-api/reset`, {
    method: 'POST',
  });
  assert.ok(ok);
});

const BY_HAND = {
  ID: 'by-hand',
  Status: 'Enabled',
  Filter: { Prefix: 'tmp/' },
  Expiration: { Days: 3 },
};

/** Without what moto drops. */
function known({ Filter, NoncurrentVersionExpiration, ...rule }: Json): Json {
  const { Prefix = '' } = Filter.And ?? Filter;
  return {
    ...rule,
    Filter: { Prefix },
    ...(NoncurrentVersionExpiration && {
      NoncurrentVersionExpiration: {
        NoncurrentDays: NoncurrentVersionExpiration.NoncurrentDays,
      },
    }),
  };
}

const byId = (rules: Json[]) =>
  [...rules].sort((one, other) => (one.ID < other.ID ? -1 : 1));

describe('the lifecycle of a bucket', () => {
  for (const set of chosen('object-storage-lifecycle', LIFECYCLES)) {
    it(`comes to it, of ${set.title}`, async () => {
      const repository = new Repository(set);
      const { bucket, region } = repository.read('settings.json');
      const rulesOf = async () =>
        byId(
          (
            await ask(
              's3.get_bucket_lifecycle_configuration(Bucket=values["bucket"])',
              { bucket },
            )
          ).Rules,
        );
      await ask(
        's3.create_bucket(Bucket=values["bucket"], CreateBucketConfiguration={"LocationConstraint": values["place"]})',
        { bucket, region, place: region },
      );
      await ask(
        's3.put_bucket_lifecycle_configuration(Bucket=values["bucket"], LifecycleConfiguration={"Rules": [values["rule"]]})',
        { bucket, region, rule: BY_HAND },
      );

      assert.match(
        ends(await repository.run('lifecycle.py'), 0),
        /Nothing was changed/,
      );
      assert.deepEqual(await rulesOf(), [BY_HAND]);

      const rules: Json[] = repository.read('rules.json');
      const isWhole = known(rules[0]).Filter.Prefix === '';
      const allowed = isWhole ? ['--apply', '--widen'] : ['--apply'];
      if (isWhole) {
        const said = ends(await repository.run('lifecycle.py', '--apply'), 2);
        assert.match(said, /add --widen/);
      }

      const dropped = ends(await repository.run('lifecycle.py', ...allowed), 1);
      assert.match(dropped, /did not keep[\s\S]*ObjectSizeGreaterThan/);
      assert.deepEqual(await rulesOf(), [BY_HAND]);

      const taken = rules.map(known);
      repository.write('rules.json', taken);
      ends(await repository.run('lifecycle.py', ...allowed), 0);
      assert.deepEqual(await rulesOf(), byId([BY_HAND, ...taken]));
      assert.match(
        ends(await repository.run('lifecycle.py', '--apply'), 0),
        /has these rules already/,
      );

      const last = taken.pop();
      const wrong = { Days: 1, ExpiredObjectDeleteMarker: true };
      repository.write('rules.json', [
        ...taken,
        { ...last, Expiration: wrong },
      ]);
      assert.match(
        ends(await repository.run('lifecycle.py', '--apply', '--widen'), 1),
        /refused[\s\S]*MalformedXML/,
      );
      assert.deepEqual(await rulesOf(), byId([BY_HAND, ...taken, last]));

      repository.write('rules.json', []);
      ends(await repository.run('lifecycle.py', '--apply'), 0);
      assert.deepEqual(await rulesOf(), [BY_HAND]);
    });
  }
});

/** What moto does not refuse; who lifts a lock is a matter of the policy there. */
const MISSED = {
  GOVERNANCE: [
    'The lock is not shortened.',
    'The lock is not lifted by who asks for it.',
  ],
  COMPLIANCE: ['The lock is not shortened.'],
};

describe('an audit bucket', () => {
  for (const set of chosen('worm-audit-bucket', AUDITS)) {
    it(`keeps what is written, of ${set.title}`, async () => {
      const repository = new Repository(set);
      const settings = repository.read('settings.json');
      const { bucket, region, days } = settings;
      const mode: keyof typeof MISSED = settings.mode;
      const of = { bucket, region };
      const about = (expression: string, more: Json = {}) =>
        ask(expression, { ...of, ...more });
      const lock = async () => {
        const { ObjectLockConfiguration: found } = await about(
          's3.get_object_lock_configuration(Bucket=values["bucket"])',
        );
        // moto says zero years beside the days.
        const { Mode, Days } = found.Rule.DefaultRetention;
        return { enabled: found.ObjectLockEnabled, Mode, Days };
      };

      ends(await repository.run('bucket.py'), 0);
      assert.deepEqual((await about('s3.list_buckets()')).Buckets, []);

      const allowed = ['--apply'];
      if (mode === 'COMPLIANCE') {
        const said = ends(await repository.run('bucket.py', '--apply'), 2);
        assert.match(said, /Two people should agree/);
        assert.deepEqual((await about('s3.list_buckets()')).Buckets, []);
        allowed.push('--compliance', bucket);
      }
      ends(await repository.run('bucket.py', ...allowed), 0);
      ends(await repository.run('bucket.py', ...allowed), 0);
      const kept = { enabled: 'Enabled', Mode: mode, Days: days };
      assert.deepEqual(await lock(), kept);
      const { Status } = await about(
        's3.get_bucket_versioning(Bucket=values["bucket"])',
      );
      assert.equal(Status, 'Enabled');
      const { PublicAccessBlockConfiguration: closed } = await about(
        's3.get_public_access_block(Bucket=values["bucket"])',
      );
      assert.deepEqual([...new Set(Object.values(closed))], [true]);
      const { Policy } = await about(
        's3.get_bucket_policy(Bucket=values["bucket"])',
      );
      assert.deepEqual(JSON.parse(Policy), repository.read('policy.json'));

      if (days > 1) {
        repository.write('settings.json', { ...settings, days: days - 1 });
        const said = ends(await repository.run('bucket.py', ...allowed), 2);
        assert.match(said, /--shorten/);
        assert.deepEqual(await lock(), kept);
        repository.write('settings.json', settings);
      }

      // Without conditions it denies everything to everybody.
      ends(await repository.run('probe.py'), 2);
      await about('s3.delete_bucket_policy(Bucket=values["bucket"])');

      const { VersionId } = await about(
        's3.put_object(Bucket=values["bucket"], Key="log", Body=b"kept", ChecksumAlgorithm="SHA256")',
      );
      assert.deepEqual(
        await about(
          's3.delete_object(Bucket=values["bucket"], Key="log", VersionId=values["version"])',
          { version: VersionId },
        ),
        { refused: 'AccessDenied' },
      );
      assert.equal(
        await about(
          's3.get_object(Bucket=values["bucket"], Key="log", VersionId=values["version"])["Body"].read().decode()',
          { version: VersionId },
        ),
        'kept',
      );

      const said = ends(await repository.run('probe.py'), 1);
      const failed = [...said.matchAll(/^FAIL (.*)$/gm)].map(
        ([, what]) => what,
      );
      assert.deepEqual(failed, MISSED[mode]);
      assert.equal(said.match(/^ok /gm)?.length, 9 - failed.length);
    });
  }
});
