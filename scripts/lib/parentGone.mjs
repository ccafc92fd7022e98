/**
 * Calls back when whoever started this process is gone without having said so,
 * so that nothing stays behind: the process above of `ranUnderSupportedNode`,
 * or npm, which hands signals to its shell, where they end. A terminal's shell
 * that ends is no reason to stop.
 */
export function onParentGone(callback) {
  if (process.channel) {
    process.on('disconnect', callback);
    process.channel.unref();
  }
  if (process.env.npm_lifecycle_event) {
    const parent = process.ppid;
    setInterval(() => {
      if (process.ppid !== parent) callback();
    }, 500).unref();
  }
}
