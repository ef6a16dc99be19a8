import semver from 'semver'
import type { Lines } from './lines.ts'

// Where src/contract differs from every Cluster API on purpose, by the end of the line.
const looser: Record<string, string> = {
  'spec.topology.classRef required': 'v1beta1 Clusters have class instead',
  'Ref.apiGroup required': 'v1beta1 references have apiVersion instead',
}
const stricter: Record<string, string> = {
  '.metadata required': 'the controllers send objects that are stored',
  'metadata.name required': 'the controllers send objects that are stored',
  'metadata.namespace required': 'the controllers send objects that are stored',
  'patchType enum JSONPatch,JSONMergePatch': 'the controller knows no other (PatchType)',
  'failurePolicy enum Ignore,Fail': 'the controller refuses others when it validates Discovery',
}
// Left out of requests by the controllers (cleanupCluster and its like).
const neverSent = /\.(cluster|machine|machineSet)\.(status|metadata\.managedFields)\b/

// What a release changed: a contract of an older release may differ in these lines, and below these paths where only one
// of both has the field.
const converted = 'the Cluster was converted from a v1beta2 one, which has it'
const changes: Record<string, Record<string, string>> = {
  '1.13.0': {
    'request.cluster.spec.': 'lifecycle hooks got a v1beta1 Cluster',
    'request.cluster.spec.topology.class required': 'v1beta2 Clusters have classRef instead',
    'request.cluster.spec required': converted,
    'request.cluster.spec.controlPlaneRef.kind required': converted,
    'request.cluster.spec.controlPlaneRef.name required': converted,
    'request.cluster.spec.infrastructureRef.kind required': converted,
    'request.cluster.spec.infrastructureRef.name required': converted,
    'response.variables[].metadata': 'the name of deprecatedV1Beta1Metadata before',
    'response.variables[].deprecatedV1Beta1Metadata': 'named metadata before',
  },
}

/**
 * How src/contract differs from the contract of a version of Cluster API, in lines such as
 * `missing BeforeClusterCreate request.cluster.spec.paused boolean`. Missing is what only Cluster API has, surplus what
 * only src/contract has.
 */
export function contractDifferences(ours: Lines, theirs: Lines, version: string): string[] {
  const known = Object.entries(changes).flatMap(([release, lines]) =>
    semver.lt(version, release) ? Object.keys(lines) : [],
  )
  return [
    ...onlyIn(theirs, ours, looser, known).map((line) => `missing ${line}`),
    ...onlyIn(ours, theirs, stricter, known).map((line) => `surplus ${line}`),
  ]
}

function onlyIn(
  left: Lines,
  right: Lines,
  allowed: Record<string, string>,
  known: readonly string[],
): string[] {
  return [...left].flatMap(([hook, lines]) => {
    const others = right.get(hook)
    if (others === undefined) return [hook]
    const subjects = new Set(others.map(subjectOf))
    const isKnown = (line: string) =>
      known.some(
        (start) => line === start || (line.startsWith(start) && !subjects.has(subjectOf(line))),
      )
    return lines
      .filter((line) => !others.includes(line) && !neverSent.test(line) && !isKnown(line))
      .filter((line) => !Object.keys(allowed).some((end) => line.endsWith(end)))
      .map((line) => `${hook} ${line}`)
  })
}

/** What a line is about: a field, and for `required` the object that has it. */
function subjectOf(line: string): string {
  const [path = '', word] = line.split(' ')
  return word === 'required' ? path.slice(0, path.lastIndexOf('.')) : path
}
