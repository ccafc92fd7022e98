import { errorApiRef, useApi } from '@backstage/core-plugin-api';
import Button from '@material-ui/core/Button';
import DownloadIcon from '@material-ui/icons/GetApp';
import { useState } from 'react';
import { saveBlob } from '../download/download';
import { errorKind, errorMessage } from '../states/errorKind';

/** Downloads a file that the back end makes, and says why when it can't. @public */
export function DownloadButton(props: {
  label: string;
  hint: string;
  fileName: string;
  load: () => Promise<Blob>;
  /** What to say when nobody answers. */
  failed: string;
  /** What to say when the back end says no. */
  refused: (reason: string) => string;
}) {
  const { label, hint, fileName, load, failed, refused } = props;
  const errorApi = useApi(errorApiRef);
  const [busy, setBusy] = useState(false);
  const download = async () => {
    setBusy(true);
    try {
      saveBlob(fileName, await load());
    } catch (error) {
      errorApi.post(
        new Error(
          // Fetch rejects with a TypeError when nobody answers at all.
          error instanceof TypeError ||
          errorKind(error as Error) === 'unavailable'
            ? failed
            : refused(errorMessage(error as Error)),
        ),
      );
    } finally {
      setBusy(false);
    }
  };
  return (
    <Button
      size="small"
      startIcon={<DownloadIcon />}
      disabled={busy}
      onClick={download}
      title={hint}
    >
      {label}
    </Button>
  );
}
