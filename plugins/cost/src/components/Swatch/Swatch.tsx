import { useTheme } from '@material-ui/core/styles';
import { CostPart, nobodyColor, partColor } from '../colors';

/** What a swatch stands for. */
export type SwatchKind = CostPart | 'idle' | 'unallocated';

const SIZE = 12;

/** Stripes for Idle, dots for Unallocated: told apart without colour. */
function NobodyPattern(props: { kind: 'idle' | 'unallocated'; color: string }) {
  const { kind, color } = props;
  return (
    <>
      <rect
        x={0.5}
        y={0.5}
        width={SIZE - 1}
        height={SIZE - 1}
        fill="none"
        stroke={color}
      />
      {kind === 'idle' ? (
        <path
          d="M0 6L6 0M0 12L12 0M6 12L12 6"
          stroke={color}
          strokeWidth={1.5}
        />
      ) : (
        <g fill={color}>
          <circle cx={4} cy={4} r={1.2} />
          <circle cx={8} cy={4} r={1.2} />
          <circle cx={4} cy={8} r={1.2} />
          <circle cx={8} cy={8} r={1.2} />
        </g>
      )}
    </>
  );
}

/** The little square before a label; the label says the same in words. */
export function Swatch(props: { kind: SwatchKind }) {
  const { kind } = props;
  const theme = useTheme();
  return (
    <svg
      width={SIZE}
      height={SIZE}
      aria-hidden="true"
      focusable="false"
      style={{ verticalAlign: '-1px', marginRight: 6, flex: 'none' }}
    >
      {kind === 'idle' || kind === 'unallocated' ? (
        <NobodyPattern kind={kind} color={nobodyColor(theme)} />
      ) : (
        <rect width={SIZE} height={SIZE} rx={2} fill={partColor(kind, theme)} />
      )}
    </svg>
  );
}
