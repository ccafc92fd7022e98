import { Theme } from '@material-ui/core/styles';
import { ReferenceLine } from 'recharts';
import { ChartLine } from './chartLines';
import { lineStyle } from './lineStyle';

/** Space between the labels of lines that stand close to each other. */
const LABEL_STEP = 14;

/**
 * Lines of requests and limits for a chart: across it where the axis of amounts
 * is `y`, down it where it is `x`. Labels of neighbours are set below each
 * other. Not a component: recharts looks at its direct children.
 */
export function lineMarks(options: {
  axis: 'x' | 'y';
  lines: readonly ChartLine[];
  end: number;
  label: (line: ChartLine) => string;
  theme: Theme;
}) {
  const { axis, lines, end, label, theme } = options;
  const shown = lines
    .filter(({ value }) => value <= end)
    .sort((a, b) => a.value - b.value);
  const drawn = shown.map(line => (
    <ReferenceLine
      key={line.id}
      {...{ [axis]: line.value }}
      {...lineStyle(line.id, theme)}
      ifOverflow="extendDomain"
    />
  ));
  // After all of the lines, so that none crosses out the label of another.
  const labels = shown.map((line, index) => {
    const nearEnd = line.value > end * 0.6;
    return (
      <ReferenceLine
        key={`${line.id}-label`}
        {...{ [axis]: line.value }}
        stroke="none"
        ifOverflow="extendDomain"
        label={{
          value: label(line),
          fill: theme.palette.text.primary,
          fontSize: 12,
          // Stays readable where it lies on a line or on the use.
          stroke: theme.palette.background.paper,
          strokeWidth: 3,
          paintOrder: 'stroke',
          ...(axis === 'x'
            ? {
                position: nearEnd ? 'insideTopRight' : 'insideTopLeft',
                dy: index * LABEL_STEP,
              }
            : {
                position:
                  index % 2 === 0 ? 'insideBottomLeft' : 'insideBottomRight',
              }),
        }}
      />
    );
  });
  return [...drawn, ...labels];
}
