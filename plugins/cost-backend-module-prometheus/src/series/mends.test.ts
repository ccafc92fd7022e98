import { MISSING, MissingCode } from './codes';
import { seriesOf, wordMissing } from './mends';

describe('wordMissing', () => {
  it.each(Object.keys(MISSING) as MissingCode[])(
    'of %s says the effect and what mends it, in sentences',
    code => {
      const { message: text } = wordMissing(code);
      expect(text).toContain(seriesOf(MISSING[code]).effect.message);
      expect(text).toMatch(/ Take it out of .*Relabelings.*\{ .* \}\)\.$/);
      expect(text).not.toMatch(/undefined/);
    },
  );

  it('names the collector of kube-state-metrics', () => {
    expect(wordMissing('no-claims').message).toMatch(
      /--metric-denylist.*persistentvolumeclaims among its --resources.*metricDenylist: \[\]/,
    );
  });
});
