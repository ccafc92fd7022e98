import { spawnSync } from 'node:child_process';

const TOOLS = ['prometheus', 'promtool'];
const OLDEST = [2, 42];

/**
 * Makes sure that a Prometheus ≥ 2.42 and promtool can be run; installs Debian's
 * package as root.
 *
 * @throws {Error} that names what is missing and how to get it.
 */
export function ensurePrometheus() {
  let missing = missingTools();
  if (missing.length > 0 && process.getuid?.() === 0 && canRun('apt-get')) {
    process.stdout.write(`Installing ${missing.join(', ')} with apt-get …\n`);
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    for (const args of [
      ['update', '-qq'],
      ['install', '-y', '-qq', '--no-install-recommends', 'prometheus'],
    ]) {
      spawnSync('apt-get', args, {
        env,
        stdio: ['ignore', 'ignore', 'inherit'],
      });
    }
    missing = missingTools();
  }
  if (missing.length > 0) {
    throw new Error(
      `Missing: ${missing.join(
        ', ',
      )}. Install the Debian package "prometheus" (as root: apt-get install prometheus) or put the programs of https://prometheus.io/download on the PATH.`,
    );
  }
  const version = versionOf('prometheus');
  if (compare(version, OLDEST) < 0) {
    throw new Error(
      `prometheus is ${version.join('.')}; ${OLDEST.join(
        '.',
      )} or newer is needed.`,
    );
  }
  return version.join('.');
}

function canRun(program) {
  return !spawnSync(program, ['--version'], { stdio: 'ignore' }).error;
}

function missingTools() {
  return TOOLS.filter(tool => !canRun(tool));
}

function versionOf(program) {
  const { stdout, stderr } = spawnSync(program, ['--version'], {
    encoding: 'utf8',
  });
  const match = /version (\d+)\.(\d+)/.exec(`${stdout}${stderr}`);
  return match ? match.slice(1).map(Number) : [0, 0];
}

function compare([major, minor], [otherMajor, otherMinor]) {
  return major - otherMajor || minor - otherMinor;
}
