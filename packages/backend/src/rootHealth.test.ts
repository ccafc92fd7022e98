import { coreServices } from '@backstage/backend-plugin-api';
import { ServiceFactoryTester } from '@backstage/backend-test-utils';
import { readinessChecksRef } from '@headroom/node';
import { rootHealth } from './rootHealth';

async function started() {
  const tester = ServiceFactoryTester.from(rootHealth);
  const health = await tester.getSubject();
  const lifecycle = await tester.getService(coreServices.rootLifecycle);
  const checks = await tester.getService(readinessChecksRef);
  return { health, checks, lifecycle: lifecycle as unknown as Lifecycle };
}

interface Lifecycle {
  startup(): Promise<void>;
  beforeShutdown(): Promise<void>;
}

describe('rootHealth', () => {
  it('is not ready while something is missing that a plugin needs', async () => {
    const { health, checks, lifecycle } = await started();
    await lifecycle.startup();
    let there = true;
    checks.add('the database of costs', async () => there);
    expect(await health.getReadiness()).toEqual({
      status: 200,
      payload: { status: 'ok' },
    });
    there = false;
    expect(await health.getReadiness()).toEqual({
      status: 503,
      payload: {
        status: 'error',
        message: 'the database of costs does not answer',
      },
    });
    expect((await health.getLiveness()).status).toBe(200);
  });

  it('is not ready before it started and once it stops', async () => {
    const { health, lifecycle } = await started();
    expect((await health.getReadiness()).status).toBe(503);
    await lifecycle.startup();
    expect((await health.getReadiness()).status).toBe(200);
    await lifecycle.beforeShutdown();
    expect((await health.getReadiness()).status).toBe(503);
  });
});
