import { gravestOf, levelOf } from '../exit-code.ts'
import type { Effect, GuardVerdict } from '../result.ts'

/** What an edit does in one line, such as `this edit rolls out 3 Machines of default/demo: spec.files[0].content`; undefined for nothing. */
export function editLine(effects: readonly Effect[]): string | undefined {
  const verdict = gravestOf(effects.map((effect) => effect.verdict))
  if (verdict === 'nothing') return undefined
  // What changes Machines is said before what a hook decides.
  const verdicts = new Set(effects.map((effect) => effect.verdict))
  verdicts.delete('nothing')
  const phrases = [...verdicts]
    .toSorted((a, b) => levelOf(a) - levelOf(b))
    .map((one) =>
      phraseOf(
        one,
        effects.filter((effect) => effect.verdict === one),
      ),
    )
  return `this edit ${phrases.join('; ')}`
}

function phraseOf(verdict: GuardVerdict, effects: readonly Effect[]): string {
  const clusters = [...new Set(effects.map(({ cluster }) => cluster))].filter(Boolean)
  const where = clusters.length > 1 ? `${clusters.length} Clusters` : (clusters[0] ?? '')
  const reason = effects.find((effect) => effect.reason !== undefined)?.reason ?? ''
  const paths = [...new Set(effects.flatMap(({ changes }) => changes.map(({ path }) => path)))]
  const shown = shorten(paths) ?? reason
  const words: Readonly<Record<GuardVerdict, string>> = {
    nothing: 'changes nothing',
    'in place': `changes ${where} in place: ${shown}`,
    'provider decides': `lets a provider decide about ${where}: ${shown}`,
    'rolls out': `rolls out ${machinesOf(effects)} of ${where}: ${shown}`,
    'decides otherwise': `changes what ${effects[0]?.holder} says${where && ` of ${where}`}: ${reason}`,
    'could not tell': `may change ${where || 'Clusters'}, which nobody can tell: ${shown}`,
    error: `breaks ${effects[0]?.holder}: ${reason}`,
  }
  return words[verdict]
}

/** The first of several paths; the others are as many as they are. */
function shorten([first, ...others]: readonly string[]): string | undefined {
  const shown = first?.replace(/^spec\.template\./, '')
  return others.length === 0 ? shown : `${shown} and ${others.length} more`
}

/** Of one part of a Cluster, several recordings may say the same. */
function machinesOf(effects: readonly Effect[]): string {
  const byHolder = new Map<string, number | undefined>()
  for (const { cluster, holder, machines, replaced = machines } of effects) {
    const key = `${cluster} ${holder}`
    const known = byHolder.get(key) ?? 0
    byHolder.set(key, replaced === undefined ? undefined : Math.max(known, replaced))
  }
  let sum = 0
  for (const count of byHolder.values()) {
    if (count === undefined) return 'all Machines'
    sum += count
  }
  return `${sum} Machine${sum === 1 ? '' : 's'}`
}
