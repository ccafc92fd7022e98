import { mockServices } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import { createKubernetesAccess } from './KubernetesAccess';

const logger = mockServices.logger.mock();
const url = 'https://kubernetes.example.com';

function accessTo(clusters: object[], backstage: object[] = []) {
  return createKubernetesAccess({
    config: new ConfigReader({
      headroom: { clusters },
      kubernetes: {
        clusterLocatorMethods: [
          { type: 'catalog' },
          { type: 'config', clusters: backstage },
        ],
      },
    } as never),
    logger,
  });
}

describe('createKubernetesAccess', () => {
  it('takes the cluster of the same name in Backstage’s configuration', () => {
    const access = accessTo(
      [{ name: 'eu' }, { name: 'us' }],
      [
        {
          name: 'us',
          url: `${url}/us/`,
          authProvider: 'serviceAccount',
          serviceAccountToken: 'token-us',
          caData: 'Y2E=',
        },
        { name: 'eu', url, serviceAccountToken: 't', skipTLSVerify: true },
      ],
    );
    const us = access.kubeConfigFor('us')!;
    expect(us.getCurrentCluster()).toMatchObject({
      name: 'us',
      server: `${url}/us`,
      caData: 'Y2E=',
      skipTLSVerify: false,
    });
    expect(us.getCurrentUser()).toMatchObject({ token: 'token-us' });
    expect(access.kubeConfigFor('eu')!.getCurrentCluster()).toMatchObject({
      name: 'eu',
      skipTLSVerify: true,
    });
    expect(access.timeoutMsFor('eu')).toBe(30_000);
  });

  it.each([
    'gke_shop_europe-west1_Prod',
    'arn:aws:eks:eu-central-1:123456789012:cluster/prod',
    'Prod (EU) #1',
  ])('finds the cluster %s there', name => {
    const access = accessTo(
      [{ name }],
      [{ name, url, serviceAccountToken: 'token' }],
    );
    const kubeConfig = access.kubeConfigFor(name)!;
    expect(kubeConfig.getCurrentCluster()).toMatchObject({ name, server: url });
    expect(kubeConfig.getCurrentUser()).toMatchObject({ token: 'token' });
  });

  it('takes what Headroom is told over it', () => {
    const access = accessTo(
      [
        {
          name: 'us',
          kubernetes: {
            url,
            token: 'mine',
            caFile: '/ca.pem',
            timeoutSeconds: 5,
          },
        },
      ],
      [{ name: 'us', url: `${url}/other`, serviceAccountToken: 'theirs' }],
    );
    const us = access.kubeConfigFor('us')!;
    expect(us.getCurrentCluster()).toMatchObject({
      server: url,
      caFile: '/ca.pem',
    });
    expect(us.getCurrentUser()).toMatchObject({ token: 'mine' });
    expect(access.timeoutMsFor('us')).toBe(5000);
  });

  it('acts as another identity than it reads as, and only where one is configured', () => {
    const kubernetes = { url, token: 'reads', caData: 'Y2E=' };
    const access = accessTo(
      [
        { name: 'us', kubernetes: { ...kubernetes, act: { token: 'acts' } } },
        { name: 'eu', kubernetes },
        { name: 'ap' },
      ],
      [{ name: 'ap', url, serviceAccountToken: 'reads' }],
    );
    expect(access.kubeConfigFor('us')!.getCurrentUser()?.token).toBe('reads');
    const acting = access.actingKubeConfigFor('us')!;
    expect(acting.getCurrentUser()?.token).toBe('acts');
    expect(acting.getCurrentCluster()).toMatchObject({
      name: 'us',
      server: url,
      caData: 'Y2E=',
    });
    for (const name of ['eu', 'ap', 'another']) {
      expect(access.actingKubeConfigFor(name)).toBeUndefined();
    }
  });

  it('has none for clusters that people or clouds sign in to, and says so', () => {
    const access = accessTo(
      [{ name: 'us' }, { name: 'eu' }],
      [{ name: 'us', url, authProvider: 'google' }],
    );
    expect(access.kubeConfigFor('us')).toBeUndefined();
    expect(access.kubeConfigFor('eu')).toBeUndefined();
    expect(access.kubeConfigFor('another')).toBeUndefined();
    expect(logger.info).toHaveBeenCalledWith(
      expect.stringContaining('cluster us:'),
    );
  });

  it.each([
    { url: `${url}/`, token: 'hunter2' },
    { url, token: 'hunter2\n' },
    { url, token: 'hunter2', caData: '-----hunter2-----' },
    { url, token: 'hunter2', caData: 'YQ==', caFile: '/ca.pem' },
    { url, token: 'hunter2', insecure: true },
    { url, token: 'hunter2', act: { token: 'hunter2' } },
    { url, act: { token: 'hunter2\n' } },
  ])('names no secret when it refuses %j', kubernetes => {
    let message = '';
    try {
      accessTo([{ name: 'us', kubernetes }]);
    } catch (error) {
      message = String(error);
    }
    expect(message).toContain('headroom.clusters[0].kubernetes');
    expect(message).not.toContain('hunter2');
  });
});
