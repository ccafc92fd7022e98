import { makeStyles, useTheme } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { KeyboardEvent, memo, useRef, useState } from 'react';
import { useCostTranslation } from '../../useCostTranslation';
import { nobodyColor } from '../colors';
import { HeatHour, HOURS_A_DAY } from './heatHours';
import { heatColors } from './heatScale';
import { useHeatText } from './useHeatText';

const DAYS = 7;
const STEPS: Record<string, [number, number]> = {
  ArrowRight: [0, 1],
  ArrowLeft: [0, -1],
  ArrowDown: [1, 0],
  ArrowUp: [-1, 0],
};

const useStyles = makeStyles(theme => ({
  scroll: { overflowX: 'auto', padding: 3 },
  grid: {
    display: 'table',
    width: '100%',
    minWidth: 820,
    tableLayout: 'fixed',
  },
  row: { display: 'table-row' },
  head: {
    display: 'table-cell',
    fontSize: 12,
    fontWeight: 'normal',
    textAlign: 'left',
    color: theme.palette.text.secondary,
    padding: '0 2px 2px 0',
  },
  name: { width: 84 },
  cell: {
    display: 'table-cell',
    height: 30,
    textAlign: 'center',
    verticalAlign: 'middle',
    fontSize: 12,
    fontVariantNumeric: 'tabular-nums',
    border: `1px solid ${theme.palette.background.paper}`,
    '&:focus': {
      outline: `2px solid ${theme.palette.text.primary}`,
      outlineOffset: -1,
    },
  },
  readout: { minHeight: 24, fontVariantNumeric: 'tabular-nums' },
}));

/** Ground of a cell without a share: the stripes of Idle where nobody held a device, nothing where nothing is known. */
function emptyGround(hour: HeatHour, color: string): object {
  return !hour.gap && hour.held === 0
    ? {
        backgroundImage: `repeating-linear-gradient(135deg, ${color} 0 1px, transparent 1px 5px)`,
      }
    : {};
}

/** Text of a cell: percent, or a sign of its own where there is none. */
function cellText(hour: HeatHour): string {
  if (hour.share !== undefined) {
    return String(Math.round(hour.share * 100));
  }
  if (hour.gap) {
    return '\u2013';
  }
  return hour.held === 0 ? '' : '?';
}

/** 168 cells, one of them reached by Tab and the others by arrow keys; what has the focus or the pointer is said in full below. */
export const HeatGrid = memo(function Grid(props: {
  hours: HeatHour[];
  label: string;
  /** Whether hours nobody held are idle, or only not held by what is counted. */
  everything: boolean;
}) {
  const { hours, label, everything } = props;
  const classes = useStyles();
  const theme = useTheme();
  const { t } = useCostTranslation();
  const textOf = useHeatText(everything);
  const root = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState(0);
  const [shown, setShown] = useState<number>();
  const scheme = theme.palette.type === 'dark' ? 'dark' : 'light';

  const move = (event: KeyboardEvent) => {
    const step = STEPS[event.key];
    const day = Math.floor(active / HOURS_A_DAY);
    const hour = active % HOURS_A_DAY;
    let next: number;
    if (step) {
      next =
        ((day + step[0] + DAYS) % DAYS) * HOURS_A_DAY +
        ((hour + step[1] + HOURS_A_DAY) % HOURS_A_DAY);
    } else if (event.key === 'Home' || event.key === 'End') {
      next = day * HOURS_A_DAY + (event.key === 'End' ? HOURS_A_DAY - 1 : 0);
    } else {
      return;
    }
    event.preventDefault();
    setActive(next);
    root.current?.querySelector<HTMLElement>(`[data-hour="${next}"]`)?.focus();
  };

  return (
    <>
      <div className={classes.scroll}>
        <div
          ref={root}
          role="grid"
          tabIndex={-1}
          aria-label={label}
          className={classes.grid}
          onKeyDown={move}
          onMouseLeave={() => setShown(undefined)}
        >
          <div role="row" className={classes.row}>
            <span
              role="columnheader"
              className={`${classes.head} ${classes.name}`}
            >
              {t('gpuUse.heat.day')}
            </span>
            {Array.from({ length: HOURS_A_DAY }, (_, hour) => (
              <span
                key={hour}
                role="columnheader"
                className={classes.head}
                style={{ textAlign: 'center' }}
              >
                {String(hour).padStart(2, '0')}
              </span>
            ))}
          </div>
          {Array.from({ length: DAYS }, (_, day) => (
            <div key={day} role="row" className={classes.row}>
              <span
                role="rowheader"
                className={classes.head}
                style={{ verticalAlign: 'middle' }}
              >
                {hours[day * HOURS_A_DAY]?.day}
              </span>
              {hours
                .slice(day * HOURS_A_DAY, (day + 1) * HOURS_A_DAY)
                .map(hour => {
                  const colors =
                    hour.share === undefined
                      ? undefined
                      : heatColors(hour.share, scheme);
                  return (
                    <span
                      key={hour.index}
                      role="gridcell"
                      data-hour={hour.index}
                      tabIndex={hour.index === active ? 0 : -1}
                      aria-label={textOf(hour)}
                      className={classes.cell}
                      style={
                        colors
                          ? {
                              backgroundColor: colors.ground,
                              color: colors.text,
                            }
                          : emptyGround(hour, nobodyColor(theme))
                      }
                      onFocus={() => {
                        setActive(hour.index);
                        setShown(hour.index);
                      }}
                      onBlur={() => setShown(undefined)}
                      onMouseEnter={() => setShown(hour.index)}
                    >
                      {cellText(hour)}
                    </span>
                  );
                })}
            </div>
          ))}
        </div>
      </div>
      <Typography
        variant="body2"
        color="textSecondary"
        className={classes.readout}
      >
        {shown === undefined ? t('gpuUse.heat.help') : textOf(hours[shown])}
      </Typography>
    </>
  );
});
