/**
 * What a Kubernetes API must answer, as cases that any of them can be put to.
 *
 * @packageDocumentation
 */
import { discovery } from './discovery';
import { errors } from './errors';
import { lists } from './lists';
import { objects } from './objects';
import { pages } from './pages';
import { ConformanceCase } from './target';
import { watches } from './watches';
import { applying } from './writes/applying';
import { creating } from './writes/creating';
import { deleting } from './writes/deleting';
import { patches } from './writes/patches';
import { pods } from './writes/pods';
import { scaling } from './writes/scaling';

export { DEMO_FIXTURE } from './demoFixture';
export type { ConformanceCase, ConformanceTarget } from './target';

/**
 * How a Kubernetes API answers to reads and writes, as far as Headroom and
 * Backstage's Kubernetes plugin rely on it. The demo cluster passes them in its own tests, a
 * real API server in peers/kubernetes; where they differ the real one is right.
 */
export const CONFORMANCE: Record<string, ConformanceCase[]> = {
  discovery,
  'get and list': lists,
  pages,
  errors,
  watch: watches,
  objects,
  'patch and update': patches,
  'server-side apply': applying,
  scale: scaling,
  'eviction and resize': pods,
  create: creating,
  delete: deleting,
};
