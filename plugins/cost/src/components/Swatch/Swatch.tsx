import { useTheme } from '@material-ui/core/styles';
import { PartMark } from '@headroom/react';
import { CostPart, nobodyColor, partColor } from '../colors';

/** What a swatch stands for. */
export type SwatchKind = CostPart | 'idle' | 'unallocated';

/** The little square before a label: stripes for Idle and dots for Unallocated, told apart without colour. */
export function Swatch(props: { kind: SwatchKind }) {
  const { kind } = props;
  const theme = useTheme();
  const part =
    kind === 'idle' || kind === 'unallocated'
      ? ({
          color: nobodyColor(theme),
          fill: kind === 'idle' ? 'stripes' : 'dots',
        } as const)
      : { color: partColor(kind, theme) };
  return <PartMark part={part} />;
}
