import Button from '@material-ui/core/Button';
import Dialog from '@material-ui/core/Dialog';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogTitle from '@material-ui/core/DialogTitle';
import Typography from '@material-ui/core/Typography';
import { useId } from 'react';
import { formatDay, formatDayRange } from '../../format';
import { useCostTranslation } from '../../useCostTranslation';
import { Origin } from '@headroom/plugin-cost-common';
import { CostTranslate } from '../costColumns';
import { FigureName } from '../Headline';
import { FigureStepList } from './FigureStepList';
import {
  FigureSubject,
  figureSteps,
  figureWindow,
  toldAs,
} from './figureSteps';
import { LinkTable } from './LinkTable';
import { OriginPart } from './OriginPart';
import { PriceTable } from './PriceTable';
import { SourceList } from './SourceList';

/** What is shared among services. Namespaces are shared when idle capacity is, not before. */
function sharingText(sharing: Origin['sharing'], t: CostTranslate): string {
  if (sharing.idle === 'separate') {
    return t('origin.sharingIdle.separate');
  }
  const namespaces =
    sharing.sharedNamespaces.length > 0
      ? t(`origin.sharedNamespaces.${sharing.split}`, {
          namespaces: sharing.sharedNamespaces.join(', '),
        })
      : t('origin.sharedNamespaces.none');
  return `${t('origin.sharingIdle.shared')} ${namespaces}`;
}

/** Where a figure comes from: its formula with the numbers, window, sources, prices, links and sharing. */
export function OriginDialog(props: {
  /** The figure asked for; undefined = closed. */
  figure: FigureName | undefined;
  subject: FigureSubject;
  fileName: string;
  onClose: () => void;
}) {
  const { figure, subject, fileName, onClose } = props;
  const { report, origin } = subject;
  const { t } = useCostTranslation();
  const titleId = useId();
  if (!figure) {
    return null;
  }
  const { window, conversion } = report;
  const ownWindow = figureWindow(figure, subject);
  const isOfMonth = ownWindow !== window;
  const windowText = formatDayRange(window.start, window.end);
  return (
    <Dialog
      open
      onClose={onClose}
      maxWidth="md"
      fullWidth
      aria-labelledby={titleId}
    >
      <DialogTitle id={titleId}>
        {t('origin.title', { figure: t(`origin.figure.${figure}`) })}
      </DialogTitle>
      <DialogContent tabIndex={0}>
        <OriginPart title={t('origin.meaning')}>
          <Typography variant="body2">
            {t(`origin.explain.${toldAs(figure, subject)}`)}
          </Typography>
        </OriginPart>
        <OriginPart title={t('origin.formula')}>
          <FigureStepList steps={figureSteps(figure, subject, t)} />
        </OriginPart>
        <OriginPart title={t('origin.window')}>
          {t('origin.windowText', {
            window: formatDayRange(ownWindow.start, ownWindow.end),
            timezone: window.timezone,
          })}
          {window.partialDay &&
            window.partialDay >= ownWindow.start &&
            window.partialDay < ownWindow.end &&
            `. ${t('origin.partialDay', {
              day: formatDay(window.partialDay),
            })}`}
          {conversion && (
            <div>
              {t('origin.conversion', {
                from: conversion.from,
                to: conversion.to,
                rates: conversion.rates
                  .map(({ validFrom, rate }) =>
                    t('origin.rate', { rate, day: formatDay(validFrom) }),
                  )
                  .join('; '),
              })}
            </div>
          )}
        </OriginPart>
        {origin?.sources && (
          <OriginPart title={t('origin.sources')}>
            <SourceList sources={origin.sources} timezone={window.timezone} />
          </OriginPart>
        )}
        {origin?.sharing && (
          <OriginPart title={t('origin.sharing')}>
            {sharingText(origin.sharing, t)}
          </OriginPart>
        )}
        {origin?.prices && (
          <OriginPart
            title={
              isOfMonth
                ? t('origin.pricesOf', { window: windowText })
                : t('origin.prices')
            }
          >
            <PriceTable prices={origin.prices} fileName={fileName} />
          </OriginPart>
        )}
        {origin?.links && (
          <OriginPart title={t('origin.links')}>
            <LinkTable links={origin.links} fileName={fileName} />
          </OriginPart>
        )}
        {!origin && (
          <OriginPart title={t('origin.sources')}>
            {t('origin.perService')}
          </OriginPart>
        )}
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>{t('close')}</Button>
      </DialogActions>
    </Dialog>
  );
}
