import { ManifestFindingView } from '@headroom/plugin-scaling-common';
import { fixText } from './fixText';

const finding: ManifestFindingView = {
  rule: 'M1',
  severity: 'error',
  object: {
    apiVersion: 'autoscaling.k8s.io/v1',
    kind: 'VerticalPodAutoscaler',
    namespace: 'shop',
    name: 'web',
  },
  path: ['spec', 'updatePolicy', 'updateMode'],
  said: { message: 's' },
  why: { message: 'w' },
  fix: {
    patch: [
      { op: 'replace', path: '/spec/updatePolicy/updateMode', value: "O'ff" },
    ],
  },
};

it('is a command of the cluster, quoted for a shell', () => {
  expect(fixText(finding)).toBe(
    `kubectl patch -n shop verticalpodautoscaler.v1.autoscaling.k8s.io web --type=json -p '[{"op":"replace","path":"/spec/updatePolicy/updateMode","value":"O'\\''ff"}]'`,
  );
});

it.each([
  [
    ['    a: Off'],
    ['    a: "Off"'],
    '@@ -9,1 +9,1 @@\n-    a: Off\n+    a: "Off"\n',
  ],
  [[], ['  b: 1', '  c: 2'], '@@ -8,0 +9,2 @@\n+  b: 1\n+  c: 2\n'],
  [['  b: 1'], [], '@@ -9,1 +8,0 @@\n-  b: 1\n'],
])('is a diff of a file', (before, after, hunk) => {
  expect(
    fixText({
      ...finding,
      file: 'deploy/web.yaml',
      fix: { patch: [], lines: { from: 9, before, after } },
    }),
  ).toBe(`--- a/deploy/web.yaml\n+++ b/deploy/web.yaml\n${hunk}`);
});

it('is nothing where it is a decision', () => {
  expect(fixText({ ...finding, fix: undefined })).toBeUndefined();
});
