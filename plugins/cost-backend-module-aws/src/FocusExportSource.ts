import { NotFoundError } from '@backstage/errors';
import { BillCharge } from '@headroom/plugin-cost-common';
import {
  BillDelivery,
  BillReading,
  BillSource,
} from '@headroom/plugin-cost-node';
import { BillFiles } from './files/BillFiles';
import { deliveriesOf, FileDelivery, isManifest } from './layout/deliveriesOf';
import { ChargeFiles } from './read/ChargeFiles';
import { dataFormatOf } from './read/dataFormat';
import { FileTable } from './read/FileTable';

/**
 * A FOCUS export, of whatever provider, in a folder or a bucket: CSV, gzip and
 * Parquet, in the layout of AWS Data Exports, of Azure's exports, or as single
 * files.
 */
export class FocusExportSource implements BillSource {
  readonly id: string;
  readonly #files: BillFiles;
  /** As they were listed last, by name. */
  #listed = new Map<string, FileDelivery>();

  static create(options: { id: string; files: BillFiles }) {
    return new FocusExportSource(options);
  }

  private constructor({ id, files }: { id: string; files: BillFiles }) {
    this.id = id;
    this.#files = files;
  }

  async deliveries(signal: AbortSignal): Promise<FileDelivery[]> {
    const deliveries = await this.#list(signal);
    this.#listed = new Map(deliveries.map(each => [each.name, each]));
    return deliveries;
  }

  async open({ name, version }: BillDelivery, signal: AbortSignal) {
    // Listed anew: a request may reach a replica that has never read the bill.
    const listed = await this.#list(signal);
    const found = listed.find(
      each => each.name === name && each.version === version,
    );
    return found && FileTable.open(this.#files, found.files, signal);
  }

  async #list(signal: AbortSignal): Promise<FileDelivery[]> {
    const files = await this.#files.list(signal);
    const manifests = new Map<string, string>();
    for (const manifest of files.filter(isManifest)) {
      const { path } = manifest;
      manifests.set(path, await this.#files.text(path, signal));
    }
    return deliveriesOf(files, manifests);
  }

  async *charges(
    delivery: BillDelivery,
    { tags, signal }: Omit<BillReading, 'notes'>,
  ): AsyncGenerator<BillCharge[]> {
    const { files } = this.#find(delivery);
    const reader = ChargeFiles.create({ tags });
    for (const file of files) {
      const local = await this.#files.local(file, signal);
      try {
        yield* reader.read(
          {
            name: file,
            path: local.path,
            format: dataFormatOf(file) ?? 'csv',
          },
          signal,
        );
      } finally {
        await local.release();
      }
    }
  }

  #find({ name, version }: BillDelivery): FileDelivery {
    const found = this.#listed.get(name);
    if (found?.version !== version) {
      throw new NotFoundError(
        `${
          this.#files.place
        } has ${name} no longer as it was listed; the next turn reads what there is now`,
      );
    }
    return found;
  }
}
