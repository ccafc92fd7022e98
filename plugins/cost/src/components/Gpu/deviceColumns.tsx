import { Fragment, ReactNode } from 'react';
import { Said } from '@headroom/common';
import { GpuDeviceRow } from '@headroom/plugin-cost-common';
import {
  DataColumn,
  formatBytes,
  formatCount,
  formatQuantity,
  formatShare,
  toMicros,
} from '@headroom/react';
import { moneyColumn } from '../costColumns';
import { energyColumns } from './energyColumns';
import { busyShareOf, deviceName, setAsideCount } from './gpuNumbers';
import { Lines } from './Lines';
import { VerdictTag } from './VerdictTag';
import { CostTranslate } from '../../useCostTranslation';

const UNKNOWN = '\u2013';

/** How many tenants the cell names; its tooltip names the others. */
const MOST_TENANTS = 2;

/** `namespace/workload` that may go on below after the slash or a dash. */
function breakable(name: string): ReactNode {
  return name.split(/(?<=[/-])/).map((part, index) => (
    <Fragment key={index}>
      {index > 0 && <wbr />}
      {part}
    </Fragment>
  ));
}

function tenantNames(device: GpuDeviceRow): string[] {
  return device.tenants.map(
    ({ namespace, workload }) => `${namespace}/${workload}`,
  );
}

/** What a device is cut into, in a few words. */
function sharingDetail(device: GpuDeviceRow, t: CostTranslate): string {
  return [
    device.profile,
    device.replicas !== undefined &&
      t('gpuUse.devices.replicas', { replicas: String(device.replicas) }),
    device.boardShare < 1 &&
      t('gpuUse.devices.share', { share: formatShare(device.boardShare) }),
  ]
    .filter(Boolean)
    .join(', ');
}

function faultText(device: GpuDeviceRow, t: CostTranslate): string {
  return Object.entries(device.setAside)
    .map(([fault, count]) =>
      t('gpuUse.faultCount', {
        readings: formatQuantity(count ?? 0),
        fault: t(`gpuUse.fault.${fault as keyof GpuDeviceRow['setAside']}`),
      }),
    )
    .join(', ');
}

/** Columns of the table of GPU devices and slices. */
export function deviceColumns(
  currency: string,
  t: CostTranslate,
  wordingOf: (said: Said) => string,
  /** Whether power is known of any device. */
  energy: boolean,
): DataColumn<GpuDeviceRow>[] {
  const share = (device: GpuDeviceRow) =>
    busyShareOf(device.busyHours, device.knownHours);
  return [
    {
      id: 'device',
      title: t('gpuUse.devices.device'),
      value: device =>
        [device.board, device.instance, device.node, device.cluster].join(' '),
      render: device => (
        <Lines
          first={deviceName(device)}
          second={`${device.node} · ${device.cluster}`}
          title={device.board}
          nowrap
        />
      ),
    },
    {
      id: 'model',
      title: t('gpuUse.devices.model'),
      value: device =>
        [device.model, t(`gpuUse.sharing.${device.sharing}`), device.profile]
          .filter(Boolean)
          .join(' '),
      render: device => (
        <Lines
          first={device.model ?? UNKNOWN}
          second={[
            t(`gpuUse.sharing.${device.sharing}`),
            sharingDetail(device, t),
          ]
            .filter(Boolean)
            .join(' · ')}
          width={170}
        />
      ),
    },
    {
      id: 'tenants',
      title: t('gpuUse.devices.tenants'),
      value: device => tenantNames(device).join(', ') || undefined,
      render: device => {
        const names = tenantNames(device);
        if (names.length === 0) {
          return t('gpuUse.devices.nobody');
        }
        const more = names.length - MOST_TENANTS;
        return (
          <Lines
            first={names.slice(0, MOST_TENANTS).map((name, index) => (
              <Fragment key={name}>
                {index > 0 && ', '}
                {breakable(name)}
              </Fragment>
            ))}
            second={more > 0 && t('gpuUse.devices.more', { count: more })}
            title={names.join(', ')}
            width={170}
          />
        );
      },
    },
    {
      id: 'held',
      title: t('gpuUse.devices.held'),
      hint: t('gpuUse.devices.heldHint'),
      numeric: true,
      value: device => device.heldHours,
      render: device => (
        <Lines
          first={
            device.hours > 0
              ? formatShare(device.heldHours / device.hours)
              : UNKNOWN
          }
          second={t('gpuUse.devices.heldOf', {
            held: formatQuantity(device.heldHours),
            all: formatQuantity(device.hours),
          })}
        />
      ),
    },
    {
      id: 'busy',
      title: t('gpuUse.devices.busy'),
      hint: t('gpuUse.devices.busyHint'),
      numeric: true,
      value: share,
      render: device => {
        const busy = share(device);
        return (
          <Lines
            first={busy === undefined ? UNKNOWN : formatShare(busy)}
            second={device.basis && t(`gpuUse.basis.${device.basis}`)}
          />
        );
      },
    },
    {
      id: 'memory',
      title: t('gpuUse.devices.memory'),
      hint: t('gpuUse.devices.memoryHint'),
      numeric: true,
      value: device =>
        device.memoryPeakBytes !== undefined && device.memoryBytes
          ? device.memoryPeakBytes / device.memoryBytes
          : undefined,
      render: device =>
        device.memoryPeakBytes === undefined ? (
          UNKNOWN
        ) : (
          <Lines
            first={formatBytes(device.memoryPeakBytes)}
            second={
              device.memoryBytes !== undefined &&
              t('gpuUse.devices.memoryOf', {
                used: formatShare(device.memoryPeakBytes / device.memoryBytes),
                all: formatBytes(device.memoryBytes),
              })
            }
          />
        ),
    },
    {
      id: 'verdict',
      title: t('gpuUse.devices.verdict'),
      value: device => t(`gpuUse.verdict.${device.verdict}`),
      render: device => (
        <Lines
          first={<VerdictTag verdict={device.verdict} />}
          second={wordingOf({
            message: device.verdictReason,
            wording: device.verdictWording,
          })}
          width={200}
        />
      ),
    },
    ...(energy
      ? energyColumns<GpuDeviceRow>({
          of: device => device.energy,
          currency,
          priced: false,
          summed: false,
          t,
        })
      : []),
    moneyColumn<GpuDeviceRow>({
      id: 'unused',
      title: t('gpuUse.devices.unused'),
      currency,
      micros: device =>
        device.verdict === 'unknown' && device.knownHours === 0
          ? undefined
          : toMicros(device.money.unused),
    }),
    {
      id: 'aside',
      title: t('gpuUse.devices.setAside'),
      hint: t('gpuUse.devices.setAsideHint'),
      numeric: true,
      value: device => setAsideCount(device.setAside),
      render: device => {
        const count = setAsideCount(device.setAside);
        return (
          <span title={faultText(device, t) || undefined}>
            {formatCount(count)}
          </span>
        );
      },
      csv: device => faultText(device, t) || 0,
    },
  ];
}
