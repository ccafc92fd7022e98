import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { Sentence, say } from './say.mjs';

const CANDIDATES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/**
 * A Chromium to test in: the one named by HEADROOM_CHROMIUM, the system's, or,
 * for root on Debian, the one apt-get installs.
 *
 * @returns {string} its path
 */
export function findChromium() {
  const named = process.env.HEADROOM_CHROMIUM;
  if (named) {
    if (!fs.existsSync(named)) {
      throw new Sentence(
        `HEADROOM_CHROMIUM names ${named}, which isn't there.`,
      );
    }
    return named;
  }
  return present() ?? installed() ?? refuse();
}

const present = () => CANDIDATES.find(file => fs.existsSync(file));

function installed() {
  if (process.getuid?.() !== 0) return undefined;
  say('Installing Chromium with apt-get …');
  for (const args of [['update'], ['install', '-y', 'chromium']]) {
    spawnSync('apt-get', ['-q', ...args], {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
  }
  return present();
}

function refuse() {
  throw new Sentence(
    'No Chromium found for the end-to-end tests. Install one (Debian: apt-get install chromium), or name one in HEADROOM_CHROMIUM.',
  );
}
