import { Theme } from '@material-ui/core/styles';
import { ChartPart } from './types';

/** The grey of the ground behind days without data, which no part has. */
function groundColor(theme: Theme): string {
  return theme.palette.type === 'dark' ? '#BDBDBD' : '#6B6B6B';
}

function patternId(chartId: string, part: ChartPart, partial: boolean): string {
  return `${chartId}-${partial ? 'hatch' : 'fill'}-${part.id}`;
}

/** Id of the ground behind days without data. */
export function gapId(chartId: string): string {
  return `${chartId}-gap`;
}

/** How a part is filled: solid parts hatched where a day is not whole. */
export function fillOf(
  chartId: string,
  part: ChartPart,
  partial: boolean,
): string {
  const { fill = 'solid', color } = part;
  if (fill === 'outline') {
    return 'none';
  }
  return fill === 'solid' && !partial
    ? color
    : `url(#${patternId(chartId, part, fill === 'solid')})`;
}

function PatternBody({ color, fill }: ChartPart) {
  switch (fill) {
    case 'stripes':
      return <rect width={1.5} height={6} fill={color} />;
    case 'dots':
      return <circle cx={3} cy={3} r={1.1} fill={color} />;
    case 'shade':
      return <rect width={6} height={6} fill={color} fillOpacity={0.15} />;
    default:
      return (
        <>
          <rect width={6} height={6} fill={color} fillOpacity={0.25} />
          <rect width={3} height={6} fill={color} />
        </>
      );
  }
}

function isDiagonal({ fill = 'solid' }: ChartPart): boolean {
  return fill === 'solid' || fill === 'stripes';
}

/**
 * The patterns that a chart is filled with: one for each part, and one for the
 * ground behind gaps. This is a function and no component, because recharts draws
 * plain elements among its children and leaves out components it doesn't know.
 */
export function partPatterns(
  chartId: string,
  parts: readonly ChartPart[],
  theme: Theme,
) {
  return (
    <defs>
      {parts.map(part => (
        <pattern
          key={part.id}
          id={patternId(chartId, part, (part.fill ?? 'solid') === 'solid')}
          width={6}
          height={6}
          patternUnits="userSpaceOnUse"
          patternTransform={isDiagonal(part) ? 'rotate(45)' : undefined}
        >
          <PatternBody {...part} />
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
          fill={groundColor(theme)}
          fillOpacity={0.6}
        />
      </pattern>
    </defs>
  );
}
