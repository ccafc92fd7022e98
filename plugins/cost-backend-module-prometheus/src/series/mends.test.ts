import { MISSING, MissingCode } from './codes';
import { missingText, seriesOf } from './mends';

describe('missingText', () => {
  it.each(Object.keys(MISSING) as MissingCode[])(
    'of %s says the effect and what mends it, in sentences',
    code => {
      const text = missingText(code);
      expect(text).toContain(seriesOf(MISSING[code]).effect);
      expect(text).toMatch(/ Take it out of .*Relabelings.*\{ .* \}\)\.$/);
      expect(text).not.toMatch(/undefined/);
    },
  );

  it('names the collector of kube-state-metrics', () => {
    expect(missingText('no-claims')).toMatch(
      /--metric-denylist.*persistentvolumeclaims among its --resources.*metricDenylist: \[\]/,
    );
  });
});
