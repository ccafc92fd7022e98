import { Theme } from '@material-ui/core/styles';
import { CostPart, nobodyColor, partColor } from '../colors';

/** Id of the hatching of a part within one chart. */
export function hatchId(chartId: string, part: CostPart): string {
  return `${chartId}-hatch-${part}`;
}

/** Id of the ground behind days without data. */
export function gapId(chartId: string): string {
  return `${chartId}-gap`;
}

/**
 * Fills of a chart: one hatching a part for days that aren't whole, one for
 * gaps. Not a component: recharts draws plain elements among its children and
 * leaves components it doesn't know out.
 */
export function chartPatterns(
  chartId: string,
  parts: CostPart[],
  theme: Theme,
) {
  return (
    <defs>
      {parts.map(part => (
        <pattern
          key={part}
          id={hatchId(chartId, part)}
          width={6}
          height={6}
          patternUnits="userSpaceOnUse"
          patternTransform="rotate(45)"
        >
          <rect
            width={6}
            height={6}
            fill={partColor(part, theme)}
            fillOpacity={0.25}
          />
          <rect width={3} height={6} fill={partColor(part, theme)} />
        </pattern>
      ))}
      <pattern
        id={gapId(chartId)}
        width={8}
        height={8}
        patternUnits="userSpaceOnUse"
      >
        <circle
          cx={4}
          cy={4}
          r={0.9}
          fill={nobodyColor(theme)}
          fillOpacity={0.6}
        />
      </pattern>
    </defs>
  );
}
