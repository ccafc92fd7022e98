import { variableOf } from './portalPorts.mjs';
import { isFree } from './ports.mjs';
import { Sentence } from './say.mjs';

/**
 * Throws a Sentence for the first port of a portal that another program listens
 * on, with the line that starts Headroom on another one.
 *
 * @param {ReturnType<import('./portalPorts.mjs').portalPorts>} ports
 */
export async function refuseTakenPorts(ports) {
  for (const [name, port] of Object.entries(ports)) {
    if (!(await isFree(port))) {
      throw new Sentence(
        `Port ${port} is taken by another program. Stop that program, or choose another port: ${variableOf(
          name,
        )}=${port + 1000} npm start`,
      );
    }
  }
}
