import { FixedHeap } from '@headroom/common';
import { Container } from '../objects';
import { BINARY, sizeIn } from './sizes';
import {
  commandWords,
  evidenceOf,
  imageName,
  programName,
  variableWords,
  Word,
} from './words';

/**
 * Variables that hold options of a JVM, by what wins: the launcher reads
 * _JAVA_OPTIONS last and JAVA_TOOL_OPTIONS first, and the command line (which
 * the scripts of servers build from the others) lies between.
 */
const BEFORE_ARGS = ['_JAVA_OPTIONS'];
const AFTER_ARGS = [
  'ES_JAVA_OPTS',
  'OPENSEARCH_JAVA_OPTS',
  'LS_JAVA_OPTS',
  'KAFKA_HEAP_OPTS',
  'CATALINA_OPTS',
  'JAVA_OPTS',
  'JAVA_OPTIONS',
  'JVM_OPTS',
  'JDK_JAVA_OPTIONS',
  'JAVA_TOOL_OPTIONS',
];

const JVM_IMAGE =
  /(temurin|openjdk|corretto|zulu|liberica|graalvm|semeru|(^|[-_])j(dk|re)\d*($|[-_])|(^|[-_])java\d*($|[-_])|tomcat|jetty|wildfly|spring|keycloak|kafka|cassandra|zookeeper|solr|jenkins|elasticsearch|opensearch|logstash|trino|neo4j)/i;
/** Images of programs in other languages that have a JVM's name in theirs. */
const NO_JVM_IMAGE = /(exporter|operator|dashboards|^kafka-ui$|javascript)/i;

/** Share of the memory a JVM takes for its heap when nothing is said (MaxRAMPercentage). */
const DEFAULT_HEAP_SHARE = 0.25;
/** Elasticsearch takes half for its heap when nothing is said. */
const ELASTICSEARCH_HEAP_SHARE = 0.5;

/** A JVM, whose heap is what it was told, or a share of the limit. @internal */
export function jvmHeap(container: Container): FixedHeap | undefined {
  const sources = [
    ...BEFORE_ARGS.map(name => variableWords(container, name)),
    commandWords(container),
    ...AFTER_ARGS.map(name => variableWords(container, name)),
  ];
  const runtime = runtimeOf(container);
  // A size beats a share, wherever each of them stands.
  const told = firstOf(sources, sizeOption) ?? firstOf(sources, shareOption);
  if (told) {
    return { runtime, ...told };
  }
  const image = imageName(container);
  const isImage = JVM_IMAGE.test(image) && !NO_JVM_IMAGE.test(image);
  const isCommand = programName(container) === 'java';
  if (!isImage && !isCommand) {
    return undefined;
  }
  return {
    runtime,
    evidence: isCommand ? 'command java' : `image ${image}`,
    heapShareOfLimit:
      runtime === 'elasticsearch'
        ? ELASTICSEARCH_HEAP_SHARE
        : DEFAULT_HEAP_SHARE,
  };
}

function runtimeOf(container: Container): string {
  const names = [
    imageName(container),
    ...(container.env ?? []).map(({ name }) => name),
  ];
  if (names.some(name => /^(opensearch$|OPENSEARCH_JAVA_OPTS$)/.test(name))) {
    return 'opensearch';
  }
  return names.some(name => /^(elasticsearch$|ES_JAVA_OPTS$)/.test(name))
    ? 'elasticsearch'
    : 'jvm';
}

type Told = Omit<FixedHeap, 'runtime'>;

function firstOf(
  sources: Word[][],
  read: (word: Word) => Told | undefined,
): Told | undefined {
  for (const words of sources) {
    // Of the same option, the last one counts.
    const told = words.map(read).filter(Boolean).at(-1);
    if (told) {
      return told;
    }
  }
  return undefined;
}

function sizeOption(word: Word): Told | undefined {
  const match = /^(?:-Xmx|-XX:MaxHeapSize=)(\d+[kmgt]?)$/i.exec(word.text);
  const heapBytes = match ? sizeIn(match[1], BINARY) : undefined;
  return heapBytes
    ? { evidence: evidenceOf(word, word.text), heapBytes }
    : undefined;
}

function shareOption(word: Word): Told | undefined {
  const percentage = /^-XX:MaxRAMPercentage=(\d+(?:\.\d+)?)$/.exec(word.text);
  const fraction = /^-XX:MaxRAMFraction=([1-9]\d*)$/.exec(word.text);
  const share = percentage
    ? Number(percentage[1]) / 100
    : fraction && 1 / Number(fraction[1]);
  return share && share <= 1
    ? { evidence: evidenceOf(word, word.text), heapShareOfLimit: share }
    : undefined;
}
