import { SourceProblem } from '@headroom/common';
import {
  Comparison,
  GpuAdvice,
  GpuEnergy,
  GpuPriceEntry,
  GpuReadingFault,
  GpuReport,
  GpuVerdict,
  wordGpuReport,
} from '@headroom/plugin-cost-common';
import { ReportRequest } from '../../core/report/ReportRequest';
import { EnergyAnswer, EnergyPrice } from './EnergyAnswer';
import { DayTotals, GpuReportFold } from './GpuReportFold';
import { addMicros, costOf, noMicros, toGpuMoney } from './GpuTotals';

/** Cells of device × day that an answer lists; 2,000 devices of 30 days. */
const MAX_LISTED_DAYS = 60_000;
const MAX_LISTED = 2000;
const MAX_ADVICE = 500;

/** Everything a GPU report is made of. */
export interface GpuReportInput {
  entityRef?: string;
  status: GpuReport['status'];
  restricted: boolean;
  simulated: ReadonlySet<string>;
  request: ReportRequest;
  days: readonly string[];
  fold: GpuReportFold;
  prices: readonly GpuPriceEntry[];
  energyPrice?: EnergyPrice;
  /** GPU money against the window before; absent when nothing is known of that. */
  previous?: Comparison;
  problems: SourceProblem[];
}

const FAULTS = {
  impossible: 'readingsImpossible',
  latched: 'readingsLatched',
  unlabelled: 'readingsUnlabelled',
  'profiling-silent': 'readingsSilent',
  'too-few': 'readingsFew',
} as const satisfies Record<GpuReadingFault, string>;

/** Assembles the answer to "are my GPUs working?". Pure. */
export function buildGpuReport(input: GpuReportInput): GpuReport {
  const { fold, days, request, entityRef } = input;
  const micros = noMicros();
  addMicros(micros, fold.withoutDevice);
  let unusedHours = 0;
  let reclaimableHours = 0;
  const verdicts: Partial<Record<GpuVerdict, number>> = {};
  const bases = new Map<string, number>();
  for (const device of fold.devices.values()) {
    addMicros(micros, device.micros);
    const ofDevice = device.weightedUnused();
    unusedHours += ofDevice.unusedHours;
    reclaimableHours += ofDevice.reclaimableHours;
    const verdict = device.verdict();
    verdicts[verdict] = (verdicts[verdict] ?? 0) + 1;
    device
      .bases()
      .forEach((hours, basis) =>
        bases.set(basis, (bases.get(basis) ?? 0) + hours),
      );
  }
  const boards = fold.boards.all();
  addMicros(micros, {
    stranded: boards.reduce((sum, board) => sum + board.micros, 0n),
  });
  const listed = listedDevices(fold, days.length);
  const answer = EnergyAnswer.create(fold);
  const energy = answer.report(input.energyPrice);
  const energyOfDays = answer.days();
  const energyOfDevices = answer.devices();
  const { start, end, timezone, partialDay } = request.window;
  return {
    ...(entityRef && { entityRef }),
    status: input.status,
    window: { start, end, timezone, ...(partialDay && { partialDay }) },
    currency: request.conversion.currency,
    simulated: [...fold.clusters].some(name => input.simulated.has(name)),
    restricted: input.restricted,
    headline: {
      deviceHours: fold.deviceHours,
      heldHours: fold.total.held,
      knownHours: fold.total.known,
      busyHours: fold.total.busy,
      unusedHours,
      reclaimableHours,
      money: toGpuMoney(micros),
      ...(input.previous && { previous: input.previous }),
    },
    ...(energy && { energy }),
    bases: [...bases]
      .map(([basis, hours]) => ({ basis, hours }))
      .sort((a, b) => b.hours - a.hours),
    readings: fold.readings,
    setAside: fold.setAside,
    days: days.flatMap(day =>
      dayOf(day, fold.days.get(day), energyOfDays.get(day)),
    ),
    heatMap: fold.heatMap.cells(),
    verdicts,
    devices: listed.map(device => ({
      ...device.row(days),
      energy: energyOfDevices.get(device.device.id),
    })),
    boards: boards.map(board => ({
      cluster: board.device.cluster,
      node: board.device.node,
      board: board.device.board,
      model: board.device.model,
      instances: [...board.instances].sort(),
      strandedShare: board.hours > 0 ? board.stranded / board.hours : 0,
      strandedMicros: board.micros.toString(),
    })),
    advice: adviceOf(input),
    problems: [...input.problems, ...problemsOf(input, listed.length)],
  };
}

function dayOf(
  day: string,
  totals: DayTotals | undefined,
  energy: GpuEnergy | undefined,
) {
  return totals
    ? [
        {
          day,
          heldHours: totals.held,
          knownHours: totals.known,
          busyHours: totals.known > 0 ? totals.busy : null,
          idleHours: totals.idle,
          memoryHeldShare:
            totals.memoryOfBytes > 0
              ? totals.memoryBytes / totals.memoryOfBytes
              : null,
          ...(energy && { energy }),
        },
      ]
    : [];
}

/** Those that cost most, as many as an answer can carry; all of them count in the totals. */
function listedDevices(fold: GpuReportFold, days: number) {
  const limit = Math.min(
    MAX_LISTED,
    Math.max(1, Math.floor(MAX_LISTED_DAYS / Math.max(1, days))),
  );
  return [...fold.devices.values()]
    .map(device => ({ device, cost: costOf(device.micros) }))
    .sort((a, b) => {
      if (a.cost === b.cost) {
        return a.device.device.id - b.device.device.id;
      }
      return a.cost < b.cost ? 1 : -1;
    })
    .slice(0, limit)
    .map(({ device }) => device);
}

/** The best a workload: what can be done before what is withheld, then by money. */
function adviceOf({ fold, prices }: GpuReportInput): GpuAdvice[] {
  return [...fold.workloads.values()]
    .flatMap(workload => workload.advice(fold.end, prices))
    .sort((a, b) => {
      if (Boolean(a.withheld) !== Boolean(b.withheld)) {
        return a.withheld ? 1 : -1;
      }
      return Number(BigInt(b.savingMicros) - BigInt(a.savingMicros));
    })
    .slice(0, MAX_ADVICE);
}

/** 84,000 rather than 84000. */
const grouped = (count: number) =>
  new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 }).format(count);

function problemsOf({ fold }: GpuReportInput, listed: number): SourceProblem[] {
  const problems: SourceProblem[] = [];
  const all = Object.values(fold.setAside).reduce(
    (sum, count) => sum + count,
    fold.readings,
  );
  for (const [fault, count] of Object.entries(fold.setAside)) {
    if (count > 0) {
      problems.push({
        code: `gpu-readings-${fault}`,
        severity: 'warning',
        ...wordGpuReport(FAULTS[fault as GpuReadingFault], {
          readings: grouped(count),
          all: grouped(all),
        }),
      });
    }
  }
  const ownerUnknown = [...fold.days.values()].reduce(
    (sum, day) => sum + day.ownerUnknown,
    0,
  );
  if (ownerUnknown > 0) {
    problems.push({
      code: 'gpu-owner-unknown',
      severity: 'warning',
      ...wordGpuReport('ownerUnknown', { hours: ownerUnknown.toFixed(1) }),
    });
  }
  if (fold.withoutDevice.unknown > 0n && fold.devices.size > 0) {
    problems.push({
      code: 'gpu-cost-without-device',
      severity: 'warning',
      ...wordGpuReport('costWithoutDevice'),
    });
  }
  if (listed < fold.devices.size) {
    problems.push({
      code: 'gpu-devices-not-listed',
      severity: 'info',
      ...wordGpuReport('devicesNotListed', {
        listed,
        all: fold.devices.size,
      }),
    });
  }
  return problems;
}
