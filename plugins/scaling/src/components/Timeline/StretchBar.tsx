import { makeStyles } from '@material-ui/core/styles';
import { forwardRef, KeyboardEvent } from 'react';
import { StretchKind } from './stretches';
import { stretchPart } from './stretchStyle';

const useStyles = makeStyles(theme => {
  const dark = theme.palette.type === 'dark';
  const colorOf = (kind: StretchKind) => stretchPart(kind, theme).color;
  return {
    root: {
      position: 'absolute',
      top: 4,
      bottom: 4,
      minWidth: 3,
      padding: '0 4px',
      border: '1px solid transparent',
      borderRadius: 3,
      overflow: 'hidden',
      whiteSpace: 'nowrap',
      textOverflow: 'ellipsis',
      font: 'inherit',
      fontSize: 12,
      lineHeight: '18px',
      textAlign: 'left',
      cursor: 'pointer',
      boxSizing: 'border-box',
      '&:focus-visible': {
        outline: `2px solid ${theme.palette.text.primary}`,
        outlineOffset: 1,
        zIndex: 2,
      },
    },
    chosen: { boxShadow: `0 0 0 2px ${theme.palette.text.primary}` },
    bounds: {
      backgroundColor: colorOf('bounds'),
      color: dark ? '#0B1A2B' : '#FFFFFF',
    },
    lead: {
      color: theme.palette.text.primary,
      borderColor: colorOf('lead'),
      background: `repeating-linear-gradient(45deg, ${colorOf(
        'lead',
      )} 0 2px, transparent 2px 7px)`,
    },
    zero: {
      color: theme.palette.text.primary,
      backgroundColor: 'transparent',
      borderColor: colorOf('zero'),
    },
    left: {
      color: theme.palette.text.primary,
      backgroundColor: 'transparent',
      borderColor: 'transparent',
      backgroundImage: `radial-gradient(${colorOf(
        'left',
      )} 0.9px, transparent 1px)`,
      backgroundSize: '8px 8px',
    },
  };
});

/** One stretch on a time line; pressing it says more below. */
export const StretchBar = forwardRef<
  HTMLButtonElement,
  {
    kind: StretchKind;
    /** Shares of the axis. */
    place: { left: number; width: number };
    /** What is wanted, in a few words. */
    text: string;
    /** The whole sentence. */
    label: string;
    chosen: boolean;
    tabbable: boolean;
    onChoose: () => void;
    onKeyDown: (event: KeyboardEvent) => void;
  }
>((props, ref) => {
  const { kind, place, text, label, chosen, tabbable } = props;
  const classes = useStyles();
  return (
    <button
      ref={ref}
      type="button"
      className={`${classes.root} ${classes[kind]} ${
        chosen ? classes.chosen : ''
      }`}
      style={{ left: `${place.left * 100}%`, width: `${place.width * 100}%` }}
      title={label}
      aria-label={label}
      aria-pressed={chosen}
      tabIndex={tabbable ? 0 : -1}
      onClick={props.onChoose}
      onFocus={props.onChoose}
      onKeyDown={props.onKeyDown}
    >
      {/* Under a pattern a word can't be read; the sentence below says it. */}
      {kind === 'bounds' || kind === 'zero' ? text : ''}
    </button>
  );
});
