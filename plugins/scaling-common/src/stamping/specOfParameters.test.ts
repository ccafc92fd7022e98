import { specOfParameters } from './specOfParameters';

describe('specOfParameters', () => {
  it('takes the decision, then fields by their names, and nothing else', () => {
    expect(
      specOfParameters(
        {
          decision: {
            kind: 'web-service',
            replicas: { min: 2, max: 10 },
            spot: false,
            answers: { traffic: 100 },
          },
          name: 'web',
          cluster: 'us-west',
          storage: '',
          budget: {},
          repoUrl: 'github.com?owner=a&repo=b',
          deployTo: 'us-west',
        },
        { kind: 'api-gateway', port: 8080 },
      ),
    ).toEqual({
      kind: 'web-service',
      port: 8080,
      replicas: { min: 2, max: 10 },
      spot: false,
      name: 'web',
      cluster: 'us-west',
    });
  });

  it('lets flat values win', () => {
    expect(
      specOfParameters({
        decision: {
          replicas: { min: 2, max: 10 },
          requests: { cpu: '1', memory: '1Gi', ephemeralStorage: '1Gi' },
        },
        maxReplicas: 4,
        cpu: '500m',
      }),
    ).toEqual({
      replicas: { min: 2, max: 4 },
      requests: { cpu: '500m', memory: '1Gi', ephemeralStorage: '1Gi' },
    });
  });

  it('is empty where a form is', () => {
    expect(specOfParameters({})).toEqual({});
    expect(specOfParameters({ decision: null })).toEqual({});
  });
});
