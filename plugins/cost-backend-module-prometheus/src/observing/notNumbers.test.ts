import { HourWindow } from '../reading/HourWindow';
import { Problems } from '../reading/Problems';
import { reportNotNumbers } from './notNumbers';

const start = new Date('2026-03-02T10:00:00Z');
const at = (seconds: number) => start.getTime() / 1000 + seconds;
const window = HourWindow.create(start, new Date('2026-03-02T12:00:00Z'));

function reported(labels: Record<string, string>, ...unknownAt: number[]) {
  const problems = Problems.create();
  reportNotNumbers(problems, window, [{ labels, samples: [], unknownAt }]);
  return problems.list();
}

const request = {
  headroom_part: 'request',
  namespace: 'shop',
  pod: 'web-1',
  container: 'web',
  resource: 'cpu',
};

describe('reportNotNumbers', () => {
  it('says the series, the hour, what was taken instead and who mends it', () => {
    expect(reported(request, at(3900), at(4200))).toMatchObject([
      {
        code: 'not-a-number',
        severity: 'warning',
        hour: '2026-03-02T11:00:00.000Z',
        subject: 'shop/web-1/web (cpu)',
        message:
          'kube_pod_container_resource_requests is NaN or infinite for a part of this hour: shop/web-1/web (cpu); the lower of what was said before and after is taken, and nothing where the whole hour has none. The query kube_pod_container_resource_requests != kube_pod_container_resource_requests shows who says so: mend that exporter or the rule that records it.',
      },
    ]);
  });

  it('counts the end of an hour to it, and what is before the window to none', () => {
    const hours = (...times: number[]) =>
      reported(request, ...times).map(({ hour }) => hour?.slice(11, 13));
    expect(hours(at(3600))).toEqual(['10']);
    expect(hours(at(0))).toEqual([]);
    expect(hours(at(300), at(7200))).toEqual(['10', '11']);
  });

  it('is a remark of what only advice reads', () => {
    const [{ severity, subject }] = reported(
      { ...request, headroom_part: 'limit' },
      at(3600),
    );
    expect([severity, subject]).toEqual(['info', 'shop/web-1/web (cpu)']);
  });
});
