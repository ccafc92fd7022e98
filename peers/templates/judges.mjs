/**
 * What judges manifests beside the API server, built with Go and kept outside the
 * checkout.
 *
 * @typedef {{ kubeScore: string, kubeconform: string }} Judges
 */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureGoProgram, goVersion } from '../lib/goProgram.mjs';

const TARGETS = {
  'kube-score': 'github.com/zegl/kube-score/cmd/kube-score',
  kubeconform: 'github.com/yannh/kubeconform/cmd/kubeconform',
};

/**
 * @param {(line: string) => void} say
 * @returns {Promise<Judges>}
 * @throws {Error} one sentence that names what is missing or failed.
 */
export async function ensureJudges(say) {
  const go = goVersion();
  const build = async name => {
    const source = fileURLToPath(new URL(`programs/${name}`, import.meta.url));
    const targets = [TARGETS[name]];
    const folder = await ensureGoProgram({
      ...{ peer: 'templates', source, name, targets, go, say },
    });
    return path.join(folder, name);
  };
  return {
    kubeScore: await build('kube-score'),
    kubeconform: await build('kubeconform'),
  };
}
