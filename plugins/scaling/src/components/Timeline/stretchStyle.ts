import { Theme } from '@material-ui/core/styles';
import { StretchKind } from './stretches';

/** Kinds of stretches in the order of the legend. */
export const STRETCH_KINDS: readonly StretchKind[] = [
  'bounds',
  'lead',
  'zero',
  'left',
];

/** Each kind has a colour and a pattern of its own, light and dark; its words say the same. */
export function stretchPart(kind: StretchKind, theme: Theme) {
  const dark = theme.palette.type === 'dark';
  switch (kind) {
    case 'bounds':
      return { color: dark ? '#4A94E8' : '#0A4F96', fill: 'solid' } as const;
    case 'lead':
      return { color: dark ? '#F2A93B' : '#8A5300', fill: 'stripes' } as const;
    case 'zero':
      return { color: dark ? '#BDBDBD' : '#595959', fill: 'outline' } as const;
    default:
      return { color: dark ? '#BDBDBD' : '#6B6B6B', fill: 'dots' } as const;
  }
}
