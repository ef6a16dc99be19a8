import { kinds } from './kinds.ts'
import type { Start } from './manifests.ts'
import { type Random, randomFrom } from './random.ts'

/** One edit that is to be made. */
export interface Planned {
  readonly number: number
  readonly kind: string
  /** Name of the Cluster. */
  readonly cluster: string
  readonly random: Random
}

// For kinds that make a difference in some Clusters only.
const fits: Readonly<Record<string, (start: Start) => boolean>> = {
  'maxSurge of the control plane': ({ controlPlane }) => controlPlane >= 3,
  'strategy that is the default': ({ controlPlane }) => controlPlane === 1,
  'what can be updated in place': ({ inPlace }) => inPlace,
  // An upgrade waits for Machines that nobody deletes.
  'Kubernetes version': ({ workers }) => workers.every(({ maxSurge }) => maxSurge !== 'OnDelete'),
}

/** So many edits: each kind once, then some of them again, spread evenly over the Clusters. */
export function planEdits(seed: number, count: number, starts: readonly Start[]): Planned[] {
  const random = randomFrom(seed)
  const names = Object.keys(kinds)
  const rounds = Math.ceil(count / names.length)
  const chosen = Array.from({ length: rounds }, () => random.shuffle(names))
    .flat()
    .slice(0, count)
  const load = new Map(starts.map(({ name }) => [name, 0]))
  const loadOf = ({ name }: Start) => load.get(name) ?? 0
  return random.shuffle(chosen).map((kind, index) => {
    const fitting = starts.filter((start) => fits[kind]?.(start) ?? true)
    const least = Math.min(...fitting.map(loadOf))
    const { name } = random.pick(fitting.filter((start) => loadOf(start) === least))
    load.set(name, least + 1)
    const number = index + 1
    return { number, kind, cluster: name, random: randomFrom(seed * 1000 + number) }
  })
}
