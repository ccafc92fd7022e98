/** Catches the files that a page hands to the browser from now on, instead of saving them. */
export function catchDownloads(): () => Promise<
  Array<{ fileName: string; text: string }>
> {
  const files: Array<{ fileName: string; blob: Blob }> = [];
  const blobs: Blob[] = [];
  URL.createObjectURL = blob => {
    blobs.push(blob as Blob);
    return `blob:${blobs.length}`;
  };
  URL.revokeObjectURL = () => undefined;
  jest
    .spyOn(HTMLAnchorElement.prototype, 'click')
    .mockImplementation(function click(this: HTMLAnchorElement) {
      if (this.download) {
        files.push({ fileName: this.download, blob: blobs.at(-1)! });
      }
    });
  return () =>
    Promise.all(
      files.map(async ({ fileName, blob }) => ({
        fileName,
        text: await blob.text(),
      })),
    );
}
