import { AdviceDetail, ResourceAdvice } from '@headroom/plugin-cost-common';
import { Section, formatAmount } from '@headroom/react';
import { useCostTranslation } from '../../useCostTranslation';
import { PlainTable } from './PlainTable';

/** What a VPA recommends beside what is set and what is advised here; nothing without a VPA. */
export function VpaSection(props: { detail: AdviceDetail }) {
  const { cpu, memory, vpa } = props.detail.advice;
  const { t } = useCostTranslation();
  if (!vpa) {
    return null;
  }
  const amount = (resource: 'cpu' | 'memory', value: number | undefined) =>
    value === undefined ? '\u2013' : formatAmount(resource, value);
  const said = (
    name: string,
    values: { cpuCores?: number; memoryBytes?: number } | undefined,
  ) =>
    values
      ? [
          {
            name,
            cells: [
              amount('cpu', values.cpuCores),
              amount('memory', values.memoryBytes),
            ],
          },
        ]
      : [];
  const own = (advice: ResourceAdvice) =>
    (advice.proposed ?? advice.held)?.request ?? advice.current.request;
  const held = !cpu.proposed && !memory.proposed && (cpu.held || memory.held);
  return (
    <Section
      title={t('advice.detail.vpa')}
      subtitle={t('advice.detail.vpaSubtitle', {
        name: vpa.name,
        mode: vpa.updateMode,
      })}
    >
      <PlainTable
        label={t('advice.detail.vpaLabel')}
        head={[
          t('advice.detail.vpaSource'),
          t('advice.table.cpu'),
          t('advice.table.memory'),
        ]}
        rows={[
          ...said(t('advice.detail.today'), {
            cpuCores: cpu.current.request,
            memoryBytes: memory.current.request,
          }),
          ...said(t(held ? 'advice.detail.oursHeld' : 'advice.detail.ours'), {
            cpuCores: own(cpu),
            memoryBytes: own(memory),
          }),
          ...said(t('advice.detail.vpaTarget'), vpa.target),
          ...said(t('advice.detail.vpaLower'), vpa.lowerBound),
          ...said(t('advice.detail.vpaUpper'), vpa.upperBound),
          ...said(t('advice.detail.vpaUncapped'), vpa.uncappedTarget),
        ]}
      />
    </Section>
  );
}
