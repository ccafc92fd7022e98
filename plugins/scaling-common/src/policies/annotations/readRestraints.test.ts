import fc from 'fast-check';
import { AnnotatedSubject } from './AnnotatedSubject';
import { readRestraints } from './readRestraints';

const WEB: AnnotatedSubject = {
  on: 'workload',
  cluster: 'eu-1',
  namespace: 'shop',
  kind: 'Deployment',
  name: 'web',
};

const holdsOf = (text: string) =>
  readRestraints({ 'headroom.io/hold': text }, WEB).holds;
const BY = 'headroom.io/hold (Deployment shop/web)';

it('forbids nothing where nothing is said', () => {
  expect(readRestraints({}, WEB)).toEqual({ holds: [] });
  expect(holdsOf('false')).toEqual([]);
});

it.each([
  ['true', { by: BY }],
  ['', { by: BY }],
  ['It is being moved', { by: BY, reason: 'It is being moved' }],
  [
    'until 2026-12-01T18:00:00+01:00',
    { by: BY, until: '2026-12-01T17:00:00.000Z' },
  ],
  [
    'until 2026-12-01T18:00Z by user:default/ada because it moves',
    {
      by: 'user:default/ada',
      reason: 'it moves',
      until: '2026-12-01T18:00:00.000Z',
    },
  ],
])('holds for %p', (text, hold) => {
  expect(holdsOf(text)).toEqual([hold]);
});

it('holds without an end where the end is no time that there is', () => {
  expect(holdsOf('until 2026-13-45T18:00:00Z')).toEqual([
    { by: BY, reason: 'until 2026-13-45T18:00:00Z' },
  ]);
});

it('says how many must run, and who says so', () => {
  const { holds, minimumReplicas } = readRestraints(
    { 'headroom.io/min-replicas': ' 2 ' },
    { on: 'entity', entityRef: 'component:default/web' },
  );
  expect(holds).toEqual([]);
  expect(minimumReplicas).toMatchObject({
    replicas: 2,
    because: {
      message:
        'The annotation headroom.io/min-replicas of component:default/web says so.',
    },
  });
});

it.each(['two', '-1', '1.5', '', '99999999', '1e3'])(
  'holds for a minimum of %p, as nobody knows how many must run',
  text => {
    const { holds, minimumReplicas } = readRestraints(
      { 'headroom.io/min-replicas': text },
      WEB,
    );
    expect(minimumReplicas).toBeUndefined();
    expect(holds).toEqual([
      {
        by: 'headroom.io/min-replicas (Deployment shop/web)',
        reason: expect.stringContaining(`"${text}" is no number of replicas`),
      },
    ]);
  },
);

it('holds for every text but false, and is bounded', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 2000 }), text => {
      const holds = holdsOf(text);
      expect(holds).toHaveLength(text.trim() === 'false' ? 0 : 1);
      expect((holds[0]?.reason ?? '').length).toBeLessThanOrEqual(300);
    }),
  );
});
