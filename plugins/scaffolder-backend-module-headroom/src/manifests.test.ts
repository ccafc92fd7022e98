import { judgeManifests } from './manifests';

const VALUES = `githubConfigUrl: https://github.com/acme
runnerScaleSetName: spot
minRunners: 3
maxRunners: 1
`;

describe('judgeManifests', () => {
  it('judges values of the chart of runner scale sets beside a kustomization', () => {
    const { findings } = judgeManifests(
      new Map([
        [
          'manifests/kustomization.yaml',
          'kind: Kustomization\napiVersion: kustomize.config.k8s.io/v1beta1\nresources: [namespace.yaml]\n',
        ],
        [
          'manifests/namespace.yaml',
          'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: arc-runners\n',
        ],
        ['manifests/values.yaml', VALUES],
      ]),
      { kustomize: true },
    );
    expect(findings.map(({ rule, file }) => `${rule} ${file}`)).toEqual([
      'M46 manifests/values.yaml',
    ]);
  });
});
