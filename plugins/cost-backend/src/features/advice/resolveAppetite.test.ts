import { AppetiteConfig } from '../../core/config/AdviceConfig';
import { AppetiteSubject, resolveAppetite } from './resolveAppetite';

const CONFIG: AppetiteConfig = {
  default: 'standard',
  lifecycles: { experimental: 'dev', production: 'critical' },
  rules: [
    { namespace: 'ci-*-runners', appetite: 'dev' },
    { labels: { 'app.io/tier': 'gold*' }, appetite: 'critical' },
    { cluster: 'eu', workload: '*', namespace: 'pay', appetite: 'critical' },
  ],
};

const subject = (change: Partial<AppetiteSubject> = {}): AppetiteSubject => ({
  cluster: 'us',
  namespace: 'shop',
  workload: 'web',
  labels: {},
  labelsSanitized: false,
  ...change,
});

const resolve = (change: Partial<AppetiteSubject>) =>
  resolveAppetite(subject(change), CONFIG);

describe('resolveAppetite', () => {
  it('takes the first that says something', () => {
    const everything = {
      workloadAnnotation: 'dev',
      entityAnnotation: 'critical',
      namespace: 'ci-1-runners',
      lifecycle: 'production',
    };
    expect(resolve(everything)).toEqual({ value: 'dev', origin: 'annotation' });
    expect(resolve({ ...everything, workloadAnnotation: undefined })).toEqual({
      value: 'critical',
      origin: 'annotation',
    });
    const { namespace, lifecycle } = everything;
    expect(resolve({ namespace, lifecycle })).toEqual({
      value: 'dev',
      origin: 'policy',
    });
    expect(resolve({ lifecycle })).toEqual({
      value: 'critical',
      origin: 'lifecycle',
    });
    expect(resolve({ lifecycle: 'toString' })).toEqual({
      value: 'standard',
      origin: 'default',
    });
  });

  it('reports an annotation nobody understands, and asks the next', () => {
    expect(
      resolve({ workloadAnnotation: 'Dev', entityAnnotation: 'critical' }),
    ).toEqual({
      value: 'critical',
      origin: 'annotation',
      problem: expect.objectContaining({
        message:
          'The annotation headroom.io/appetite of shop/web or its service is "Dev"; it must be one of dev, standard, critical. Until then critical is used',
      }),
    });
    expect(resolve({ entityAnnotation: '' })).toMatchObject({
      value: 'standard',
      origin: 'default',
      problem: { message: expect.stringContaining('is ""') },
    });
  });

  it.each<[Partial<AppetiteSubject>, string]>([
    [{ namespace: 'ci-runners' }, 'default'],
    [{ namespace: 'ci--runners' }, 'policy'],
    [{ namespace: 'ci-a-runners-runners' }, 'policy'],
    [{ namespace: 'ci-a-runners-x' }, 'default'],
    [{ labels: { 'app.io/tier': 'golden' } }, 'policy'],
    [{ labels: { 'app.io/tier': 'old' } }, 'default'],
    [{ labels: { app_io_tier: 'gold' }, labelsSanitized: true }, 'policy'],
    [{ kubernetesLabels: { 'app.io/tier': 'gold' } }, 'policy'],
    [{ labels: { app_io_tier: 'gold' } }, 'default'],
    [{ cluster: 'eu', namespace: 'pay' }, 'policy'],
    [{ namespace: 'pay' }, 'default'],
  ])('%j is decided by %s', (change, origin) => {
    expect(resolve(change).origin).toBe(origin);
  });
});
