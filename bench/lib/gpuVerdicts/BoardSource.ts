import {
  ContainerHour,
  NodeHour,
  Observations,
} from '@headroom/plugin-cost-common';
import { SourceQuery, UsageSource } from '@headroom/plugin-cost-node';
import {
  deviceHours,
  gpuNodes,
  GpuReadings,
  HourWindow,
  Problems,
  sharesOfBoards,
} from '@headroom/plugin-cost-backend-module-prometheus/testUtils';
import { BenchBoard, exporterAnswer } from './exporterAnswer';

/** Usage of a cluster of boards that a pod each holds, read as the Prometheus source reads exporters. */
export class BoardSource implements UsageSource {
  readonly id = 'bench-boards';
  readonly #boards: readonly BenchBoard[];

  static create(boards: readonly BenchBoard[]) {
    return new BoardSource(boards);
  }

  private constructor(boards: readonly BenchBoard[]) {
    this.#boards = boards;
  }

  supports(): boolean {
    return true;
  }

  async observe({ start, end }: SourceQuery): Promise<Observations> {
    const window = HourWindow.create(start, end);
    const problems = Problems.create();
    const answer = exporterAnswer(this.#boards, start, end);
    const readings = GpuReadings.read(window, answer, problems);
    const shares = sharesOfBoards(readings.devices(), problems);
    const hours = window.indexes().map(index => {
      const hour = window.hour(index);
      const nodes = this.#nodes(hour);
      const containers = this.#boards.map(board => heldBy(board, hour));
      const devices = deviceHours(
        index,
        window,
        readings,
        gpuNodes(nodes, containers, () => undefined),
        device => shares.get(device) ?? 1,
        problems,
      );
      return { nodes, containers, devices };
    });
    return {
      nodes: hours.flatMap(({ nodes }) => nodes),
      containers: hours.flatMap(({ containers }) => containers),
      devices: hours.flatMap(({ devices }) => devices),
      volumes: [],
      network: [],
      missingHours: [],
      problems: problems.list(),
      queries: 1,
    };
  }

  #nodes(hour: string): NodeHour[] {
    const models = new Map(
      this.#boards.map(({ node, model }) => [node, model]),
    );
    return [...models].map(([node, gpuModel]) => ({
      hour,
      node,
      capacityType: 'on-demand',
      cpuCores: 192,
      memoryBytes: 2 ** 41,
      gpuDevices: this.#boards.filter(board => board.node === node).length,
      gpuModel,
      upSeconds: 3600,
    }));
  }
}

function heldBy({ name, node }: BenchBoard, hour: string): ContainerHour {
  return {
    hour,
    namespace: 'bench',
    pod: name,
    container: 'main',
    node,
    workloadKind: 'Deployment',
    workload: name,
    labels: {},
    runSeconds: 3600,
    gpuRequestDeviceSeconds: 3600,
  };
}
