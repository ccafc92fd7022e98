import { execFile, execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { parse, parseAllDocuments } from 'yaml';

jest.setTimeout(120_000);

const TOP = resolve(__dirname, '../../../../../..');
const BIN = join(TOP, 'plugins/cost-backend/bin/headroom-guard.js');
const GUARD = join(TOP, 'integrations/guard');

interface Ran {
  code: number;
  out: string;
  err: string;
}

function run(
  command: string,
  args: string[],
  { cwd, env = {} }: { cwd: string; env?: Record<string, string> },
): Promise<Ran> {
  return new Promise(done =>
    execFile(
      command,
      args,
      { cwd, env: { ...process.env, ...env } },
      (error, out, err) => done({ code: Number(error?.code ?? 0), out, err }),
    ),
  );
}

describe('docs/integrations/guard.md', () => {
  it('says what its example says', async () => {
    const page = readFileSync(join(TOP, 'docs/integrations/guard.md'), 'utf8');
    const [, command] = /```sh\nyarn guard ([^`]*)```/.exec(page) ?? [];
    const [, answer] = /```text\n([^`]*)```/.exec(page) ?? [];
    const args = command.split(/[\s\\]+/).filter(Boolean);
    const { code, out } = await run(process.execPath, [BIN, ...args], {
      cwd: TOP,
    });
    expect([code, out]).toEqual([0, answer]);
  });
});

describe('the steps of pipelines', () => {
  let root: string;
  let base: string;
  const repository = () => join(root, 'repository');
  const git = (...args: string[]) =>
    execFileSync(
      'git',
      ['-c', 'user.name=a', '-c', 'user.email=a@b', ...args],
      {
        cwd: repository(),
        encoding: 'utf8',
      },
    ).trim();
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(repository(), path)), { recursive: true });
    writeFileSync(join(repository(), path), text);
  };
  const example = (name: string) =>
    readFileSync(join(GUARD, 'example', name), 'utf8');

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'guard-steps-'));
    mkdirSync(repository());
    git('init', '--quiet', '--initial-branch', 'main');
    write('my deploy/web.yaml', example('before.yaml'));
    write('policy.yaml', 'deny: { increase: "50" }');
    write('book.yaml', example('price-book.yaml'));
    git('add', '.');
    git('commit', '--quiet', '--message', 'base');
    base = git('rev-parse', 'HEAD');
    git('remote', 'add', 'origin', repository());
    write('my deploy/web.yaml', example('after.yaml'));
    write('new/web.yaml', example('before.yaml'));
  });

  afterEach(() => rmSync(root, { recursive: true }));

  const inputs = (path: string) => ({
    INPUT_PATH: path,
    INPUT_BEFORE: '',
    INPUT_INFRACOST: '',
    INPUT_POLICY: 'policy.yaml',
    INPUT_PRICE_BOOK: 'book.yaml',
    INPUT_PORTAL: '',
    INPUT_CLUSTER: '',
    INPUT_ENTITY: '',
    INPUT_KEY: 'shop/web',
    INPUT_COMMENT: 'false',
    INPUT_COMMAND: `${process.execPath} ${BIN}`,
    HEADROOM_GITLAB_TOKEN: '',
  });

  /** Changes of others that came to the base since, and what is merged into them. */
  function merge(): { head: string; newest: string } {
    git('checkout', '--quiet', '-b', 'change');
    git('add', '.');
    git('commit', '--quiet', '--message', 'change');
    const head = git('rev-parse', 'HEAD');
    git('checkout', '--quiet', 'main');
    write(
      'my deploy/other.yaml',
      example('after.yaml').replace(/web/g, 'other'),
    );
    git('add', '.');
    git('commit', '--quiet', '--message', 'of others');
    const newest = git('rev-parse', 'HEAD');
    git('merge', '--quiet', '--no-edit', 'change');
    return { head, newest };
  }

  async function runAction(path: string, head = '') {
    const action = parse(readFileSync(join(GUARD, 'action.yml'), 'utf8'));
    const [step] = action.runs.steps;
    expect(step.run).not.toContain('${{');
    const files = {
      output: join(root, 'output'),
      summary: join(root, 'summary'),
    };
    const ran = await run('bash', ['-e', '-c', step.run], {
      cwd: repository(),
      env: {
        ...inputs(path),
        BASE_SHA: base,
        HEAD_SHA: head,
        HEADROOM_PULL_REQUEST: '12',
        GITHUB_SERVER_URL: 'https://github.com',
        GITHUB_REPOSITORY: 'acme/web',
        GITHUB_OUTPUT: files.output,
        GITHUB_STEP_SUMMARY: files.summary,
      },
    });
    const read = (file: string) =>
      existsSync(file) ? readFileSync(file, 'utf8') : '';
    return { ...ran, output: read(files.output), summary: read(files.summary) };
  }

  it('compare in GitHub Actions with the base, and fail where it is denied', async () => {
    const { code, output, summary, err } = await runAction('my deploy');
    expect(err).toBe('');
    expect(code).toBe(1);
    expect(output).toContain('verdict=deny\n');
    expect(summary).toContain(
      '| Deployment shop/web | USD 36.50 to USD 109.50 |',
    );
    expect(git('worktree', 'list').split('\n')).toHaveLength(1);
  });

  it('hold nothing of the base against a change in GitHub Actions', async () => {
    const { head } = merge();
    const { code, err, summary } = await runAction('my deploy', head);
    expect([code, err]).toEqual([1, '']);
    expect(summary).toContain('| Deployment shop/web | USD 36.50');
    expect(summary).not.toContain('| Deployment shop/other | — |');
    // A change that was merged with the base itself is compared with the base.
    const old = await runAction('my deploy', base);
    expect(old.summary).toContain('| Deployment shop/other | — |');
  });

  it('know in GitHub Actions that all of it is new', async () => {
    const { output, summary } = await runAction('new/web.yaml');
    expect(output).toContain('verdict=deny\n');
    expect(summary).toContain('| **All** | USD 0.00 |');
  });

  it('say in GitHub Actions what is wrong', async () => {
    const { code, err, output } = await runAction('nowhere');
    expect([code, output]).toEqual([2, '']);
    expect(err).toContain('nowhere, which is not there');
  });

  async function runGitlab(more: Record<string, string> = {}) {
    const text = readFileSync(join(GUARD, 'gitlab.yml'), 'utf8');
    const [, template] = parseAllDocuments(text).map(each => each.toJS());
    const [script] = template['headroom-guard'].script;
    expect(script).not.toContain('$[[');
    const ran = await run('sh', ['-c', script], {
      cwd: repository(),
      env: {
        ...inputs('my deploy'),
        CI_SERVER_HOST: 'gitlab.com',
        CI_PROJECT_PATH: 'acme/web',
        CI_MERGE_REQUEST_IID: '12',
        CI_MERGE_REQUEST_DIFF_BASE_SHA: base,
        ...more,
      },
    });
    const path = join(repository(), 'headroom-guard.md');
    return { ...ran, comment: readFileSync(path, 'utf8') };
  }

  it('compare in GitLab CI with the base', async () => {
    const { code, out, comment } = await runGitlab();
    expect(code).toBe(1);
    expect(out).toMatch(/^deny: This change costs at least USD 51\.10/);
    expect(comment).toMatch(/^<!-- headroom-guard: shop\/web -->/);
  });

  it('hold nothing of the target against a change in GitLab CI', async () => {
    const { newest } = merge();
    const { comment } = await runGitlab({
      CI_MERGE_REQUEST_TARGET_BRANCH_SHA: newest,
    });
    expect(comment).toContain('| Deployment shop/web | USD 36.50');
    expect(comment).not.toContain('| Deployment shop/other | — |');
  });
});
