import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** kubectl as an administrator. */
export class Kubectl {
  #program;
  #kubeconfig;

  constructor(program, kubeconfig) {
    this.#program = program;
    this.#kubeconfig = kubeconfig;
  }

  /**
   * @param {string[]} args
   * @param {string} input what it reads
   * @returns {Promise<string>} what it wrote
   * @throws {Error} with the end of its complaint.
   */
  async run(args, input = '') {
    const child = spawn(
      this.#program,
      ['kubectl', `--kubeconfig=${this.#kubeconfig}`, ...args],
      { stdio: ['pipe', 'pipe', 'pipe'] },
    );
    let output = '';
    let errors = '';
    child.stdout.on('data', text => (output += text));
    child.stderr.on('data', text => (errors = `${errors}${text}`.slice(-500)));
    child.stdin.on('error', () => {}); // it ended without reading
    child.stdin.end(input);
    const [code] = await once(child, 'close');
    if (code !== 0) {
      throw new Error(`kubectl ${args.join(' ')} failed: ${errors.trim()}`);
    }
    return output;
  }

  /** Makes objects, or what they are told to be of those that there are. */
  async apply(objects) {
    const list = { apiVersion: 'v1', kind: 'List', items: objects };
    await this.run(['apply', '--filename=-'], JSON.stringify(list));
  }

  /** Server-side, which takes what is too large for the annotation of a client-side apply. */
  async applyFiles(files) {
    await this.run([
      'apply',
      '--server-side',
      ...files.map(file => `--filename=${file}`),
    ]);
  }

  /** A folder with a `kustomization.yaml`. */
  async applyFolder(folder) {
    await this.run(['apply', '--server-side', `--kustomize=${folder}`]);
  }

  /** @param {object[]} operations of RFC 6902 */
  async patch(what, operations) {
    const patch = JSON.stringify(operations);
    await this.run(['patch', what, '--type=json', `--patch=${patch}`]);
  }

  async get(...args) {
    return JSON.parse(await this.run(['get', ...args, '--output=json']));
  }
}
