import { makeStyles, useTheme } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { PartMark } from '@headroom/react';
import { KeyboardEvent, ReactNode, useRef, useState } from 'react';
import { boundsText, spanText } from '../../format';
import { useWidth } from './useWidth';
import { useScalingTranslation } from '../../useScalingTranslation';
import { StretchBar } from './StretchBar';
import { kindOf, nearest, placeOf, TimelineRow } from './stretches';
import { STRETCH_KINDS, stretchPart } from './stretchStyle';
import { ticksOf } from './ticks';

/** Of the names: at most so wide, and at most this share. */
const LABEL_WIDTH = 220;
const LABEL_SHARE = 0.25;
const ROW_HEIGHT = 28;

const useStyles = makeStyles(theme => ({
  root: { minWidth: 0 },
  line: { display: 'flex', alignItems: 'center' },
  label: {
    width: `${LABEL_SHARE * 100}%`,
    maxWidth: LABEL_WIDTH,
    flex: 'none',
    paddingRight: theme.spacing(1),
    fontSize: theme.typography.body2.fontSize,
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
  },
  track: {
    position: 'relative',
    flex: 1,
    minWidth: 0,
    height: ROW_HEIGHT,
    borderTop: `1px solid ${theme.palette.divider}`,
  },
  axis: {
    position: 'relative',
    flex: 1,
    height: 20,
    fontSize: 12,
    overflow: 'hidden',
  },
  tick: { position: 'absolute', whiteSpace: 'nowrap', paddingLeft: 3 },
  grid: {
    position: 'absolute',
    top: 0,
    bottom: 0,
    width: 0,
    borderLeft: `1px solid ${theme.palette.divider}`,
    pointerEvents: 'none',
  },
  day: { borderLeftColor: theme.palette.text.secondary },
  now: {
    position: 'absolute',
    top: -1,
    bottom: 0,
    width: 0,
    borderLeft: `2px solid ${theme.palette.error.main}`,
    zIndex: 1,
    pointerEvents: 'none',
  },
  legend: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(0.5, 2),
    margin: theme.spacing(1, 0, 0),
    padding: 0,
    listStyle: 'none',
    fontSize: theme.typography.body2.fontSize,
  },
  said: { minHeight: 40, marginTop: theme.spacing(1) },
}));

/**
 * What is wanted when, a line a workload. One stop of the Tab key; arrows lead from
 * stretch to stretch, and what is chosen is said below.
 */
export function Timeline(props: {
  label: string;
  rows: readonly TimelineRow[];
  /** ISO 8601 UTC, both ends. */
  from: string;
  to: string;
  /** Drawn as a line, where it is on the axis. */
  now?: string;
  timezone: string;
  /** In place of the row's name. */
  labelOf?: (row: TimelineRow) => ReactNode;
}) {
  const { label, rows, from, to, now, timezone, labelOf } = props;
  const classes = useStyles();
  const theme = useTheme();
  const { t } = useScalingTranslation();
  const buttons = useRef(new Map<string, HTMLButtonElement>());
  const [chosen, choose] = useState<{ row: number; index: number }>();
  const fromMs = Date.parse(from);
  const toMs = Date.parse(to);
  const { ref: axis, width } = useWidth();
  const ticks = ticksOf(fromMs, toMs, timezone, width);
  const shareOf = (atMs: number) => (atMs - fromMs) / (toMs - fromMs);
  const nowShare = now === undefined ? -1 : shareOf(Date.parse(now));
  const shown = rows.map(row => ({
    ...row,
    stretches: row.stretches.filter(each => placeOf(each, fromMs, toMs)),
  }));
  const kinds = STRETCH_KINDS.filter(kind =>
    shown.some(row => row.stretches.some(each => kindOf(each) === kind)),
  );
  const focus = (row: number, index: number) =>
    buttons.current.get(`${row}-${index}`)?.focus();
  const onKey = (row: number, index: number) => (event: KeyboardEvent) => {
    const other = (step: 1 | -1) => {
      const start = Date.parse(shown[row].stretches[index].from);
      for (let next = row + step; shown[next]; next += step) {
        const at = nearest(shown[next], Math.max(start, fromMs));
        if (at >= 0) {
          focus(next, at);
          return;
        }
      }
    };
    const moves: Record<string, () => void> = {
      ArrowRight: () => focus(row, index + 1),
      ArrowLeft: () => focus(row, index - 1),
      ArrowDown: () => other(1),
      ArrowUp: () => other(-1),
      Home: () => focus(row, 0),
      End: () => focus(row, shown[row].stretches.length - 1),
    };
    if (moves[event.key]) {
      event.preventDefault();
      moves[event.key]();
    }
  };
  const sentence = (row: TimelineRow, index: number) => {
    const stretch = row.stretches[index];
    return t(stretch.lead ? 'timeline.leadSentence' : 'timeline.sentence', {
      name: row.name,
      span: spanText(stretch.from, stretch.to, timezone),
      wanted: boundsText(stretch.wanted, t),
      because: stretch.because,
    });
  };
  const first = shown.findIndex(row => row.stretches.length > 0);
  const isChosen = (row: number, index: number) =>
    chosen?.row === row && chosen.index === index;
  // The stretch that was chosen may be gone since.
  const hasChosen = Boolean(
    chosen && shown[chosen.row]?.stretches[chosen.index],
  );
  return (
    <div className={classes.root} role="group" aria-label={label}>
      <div className={classes.line} aria-hidden="true">
        <div className={classes.label}>{t('timeline.zone', { timezone })}</div>
        <div ref={axis} className={classes.axis}>
          {ticks.map(tick => (
            <span
              key={tick.atMs}
              className={classes.tick}
              style={{ left: `${shareOf(tick.atMs) * 100}%` }}
            >
              {tick.label}
            </span>
          ))}
        </div>
      </div>
      {shown.map((row, rowIndex) => (
        <div
          key={row.id}
          className={classes.line}
          role="group"
          aria-label={row.name}
        >
          <div
            className={classes.label}
            title={row.name}
            aria-hidden={!labelOf}
          >
            {labelOf ? labelOf(row) : row.name}
          </div>
          <div className={classes.track}>
            {ticks.map(tick => (
              <span
                key={tick.atMs}
                className={`${classes.grid} ${tick.day ? classes.day : ''}`}
                style={{ left: `${shareOf(tick.atMs) * 100}%` }}
              />
            ))}
            {nowShare >= 0 && nowShare <= 1 && (
              <span
                className={classes.now}
                style={{ left: `${nowShare * 100}%` }}
              />
            )}
            {row.stretches.map((stretch, index) => (
              <StretchBar
                key={`${stretch.from}-${stretch.lead ? 'lead' : ''}`}
                ref={element => {
                  const key = `${rowIndex}-${index}`;
                  if (element) {
                    buttons.current.set(key, element);
                  } else {
                    buttons.current.delete(key);
                  }
                }}
                kind={kindOf(stretch)}
                place={placeOf(stretch, fromMs, toMs)!}
                text={boundsText(stretch.wanted, t)}
                label={sentence(row, index)}
                chosen={isChosen(rowIndex, index)}
                tabbable={
                  hasChosen
                    ? isChosen(rowIndex, index)
                    : rowIndex === first && index === 0
                }
                onChoose={() => choose({ row: rowIndex, index })}
                onKeyDown={onKey(rowIndex, index)}
              />
            ))}
          </div>
        </div>
      ))}
      <ul className={classes.legend}>
        {kinds.map(kind => (
          <li key={kind}>
            <PartMark part={stretchPart(kind, theme)} />
            {t(`timeline.kind.${kind}`)}
          </li>
        ))}
      </ul>
      <Typography variant="body2" component="div" className={classes.said}>
        {hasChosen
          ? sentence(shown[chosen!.row], chosen!.index)
          : t('timeline.hint')}
      </Typography>
    </div>
  );
}
