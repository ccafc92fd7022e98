import { useTheme } from '@material-ui/core/styles';
import { useId } from 'react';
import { fillOf, partPatterns } from './partPatterns';
import { ChartPart } from './types';

const SIZE = 12;

/**
 * The little square before a part's label, filled as the part is in charts; the
 * label says the same in words.
 *
 * @public
 */
export function PartMark(props: { part: Pick<ChartPart, 'color' | 'fill'> }) {
  const part = { ...props.part, id: 'mark', label: '' };
  const theme = useTheme();
  // Colons of React's ids don't survive url(#…).
  const id = useId().replace(/:/g, '');
  const isSolid = (part.fill ?? 'solid') === 'solid';
  return (
    <svg
      width={SIZE}
      height={SIZE}
      aria-hidden="true"
      focusable="false"
      style={{ verticalAlign: '-1px', marginRight: 6, flex: 'none' }}
    >
      {!isSolid && partPatterns(id, [part], theme)}
      <rect
        x={0.5}
        y={0.5}
        width={SIZE - 1}
        height={SIZE - 1}
        rx={isSolid ? 2 : 0}
        fill={fillOf(id, part, false)}
        stroke={part.color}
      />
    </svg>
  );
}
