import { ReviewPart } from '@headroom/plugin-cost-common';
import { Theme } from '@material-ui/core/styles';
import { nobodyColor } from '../colors';

const COLORS: Record<
  'light' | 'dark',
  Record<Exclude<ReviewPart, 'unsplit'>, string>
> = {
  light: {
    volume: '#5B4FC4',
    efficiency: '#2E7D32',
    price: '#B3261E',
    oneOff: '#6D4C41',
  },
  dark: {
    volume: '#B3A9FF',
    efficiency: '#8BD48F',
    price: '#FF9C94',
    oneOff: '#D7B9A8',
  },
};

/** The colour of a part of a change; order, legend and numbers say the same without it. */
export function reviewPartColor(part: ReviewPart, theme: Theme): string {
  return part === 'unsplit'
    ? nobodyColor(theme)
    : COLORS[theme.palette.type === 'dark' ? 'dark' : 'light'][part];
}
