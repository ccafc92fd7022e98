import { createWorder } from '../wording';

/**
 * What keeps a connection from being made, in words that complete "can't be
 * reached: …".
 *
 * @public
 */
export const CONNECTION_SENTENCES = {
  unknownAuthority:
    'its certificate is signed by an authority that the back end does not know; give it the authority’s certificate',
  certificateExpired: 'its certificate has expired',
  certificateTooEarly:
    'its certificate is not valid yet; the clock of the back end may be slow',
  certificateOfOtherHost:
    'its certificate is for another host name than the one in the URL; use a name that the certificate has',
  unknownHost:
    'its host name is not known to the DNS of the back end; check the spelling in the URL (a name that ends in .svc is known inside of its own cluster only)',
  dnsSilent: 'the DNS of the back end gave no answer for its host name',
  nothingListens:
    'nothing listens at its host and port; check the port in the URL, and that it runs',
  noRoute:
    'the network of the back end has no way to its address; a name that ends in .svc works inside of its own cluster only',
  notInTime:
    'no connection was made in time; a firewall or a NetworkPolicy may drop what the back end sends',
  closed:
    'the connection was closed before an answer came; a port for HTTPS asked by http://, or a proxy that gives up, does that',
  notHttp:
    'what answers does not speak HTTP; the port may be that of something else',
  notTls:
    'it does not speak TLS as the back end does; a port for plain HTTP needs http:// in the URL',
  headersTooLarge: 'the headers of its answer are too large',
  unsendable:
    'the configured token or headers can’t be sent: they have a line break or another character that no header may have',
  blockedPort:
    'its port is one that HTTP clients refuse to ask, such as 25, 6000 or 6667; let it listen at another port, and say that in the URL',
  failed: 'the connection failed',
  failedUnsaid:
    'the connection failed and nothing says why; asking the URL with curl from where the back end runs says more',
  withCode: '{{reason}} ({{code}})',
} as const;

/** @public */
export const wordConnection = createWorder('connection', CONNECTION_SENTENCES);
