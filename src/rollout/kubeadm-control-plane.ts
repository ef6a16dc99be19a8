import { isObject, type JsonObject } from '../json/json.ts'
import { at } from '../json/path.ts'
import { type ItemOfRequest, partThatCounts } from '../rules/patches.ts'
import { refusedPath } from './control-plane-webhook.ts'
import { kubeadmConfigOf, matchesKubeadmConfig, withoutEmpty } from './kubeadm-config.ts'
import { kubeadmConfigSpecInHub } from './kubeadm-hub.ts'
import { rules } from './rules.ts'
import { changesBetween, refusalOf } from './template.ts'
import type { Change, Effect, Rule } from './verdict.ts'

/** The Machines of a control plane by the way they were made; undefined: nobody knows. */
export type MachineRoles = { readonly init: number; readonly join: number } | undefined

interface Sizes {
  /** Kubernetes version of the Machines, `v1.36.4`. */
  readonly version: string
  readonly replicas: number | undefined
  readonly roles: MachineRoles
  /** Machines whose certificates expire within so many days; undefined: nobody knows. */
  expiring(days: number): number | undefined
}

/** What a change of a KubeadmControlPlaneTemplate means for the Machines of the control plane. */
export function compareKubeadmControlPlanes(
  before: ItemOfRequest,
  after: ItemOfRequest,
  sizes: Sizes,
): Effect {
  const refusal = refusalOf(before, after)
  if (refusal) return refusal
  const changes = changesBetween(before, after)
  if (changes.length === 0) return { verdict: 'nothing', changes, rules: [] }
  const refused = refusedPath(configSpecOf(before), configSpecOf(after))
  if (refused !== undefined)
    return {
      verdict: 'could not tell',
      changes,
      rules: [rules.controlPlaneRefused],
      needs: `a template that leaves ${refused} as it is`,
    }
  const effects = [
    configEffect(before, after, changes, sizes),
    ...rolloutEffects(before, after, changes, sizes),
  ]
  const rolling = effects.find(({ verdict }) => verdict !== 'in place')
  return (
    rolling ?? effects[0] ?? { verdict: 'in place', changes, rules: [rules.controlPlaneFields] }
  )
}

/** The kubeadmConfigSpec of a template of a control plane, in v1beta2. */
export function configSpecOf(item: ItemOfRequest): JsonObject {
  const spec = at(partThatCounts(item), 'spec', 'template', 'spec', 'kubeadmConfigSpec')
  const hub = kubeadmConfigSpecInHub(isObject(spec) ? spec : {}, item.object['apiVersion'])
  return Object(withoutEmpty(hub))
}

function configEffect(
  before: ItemOfRequest,
  after: ItemOfRequest,
  changes: readonly Change[],
  { version, replicas, roles }: Sizes,
): Effect {
  const stays = (role: 'init' | 'join') =>
    matchesKubeadmConfig(
      kubeadmConfigOf(configSpecOf(before), role, version),
      configSpecOf(after),
      version,
    )
  const [init, join] = [stays('init'), stays('join')]
  const effect = (
    verdict: Effect['verdict'],
    rules: readonly Rule[],
    more: Partial<Effect> = {},
  ) => ({
    ...{ verdict, changes, rules, rolls: { init: !init, join: !join } },
    ...more,
  })
  if (init && join) {
    const isOf = (part: string) => changes.some(({ path }) => path.includes(part))
    if (isOf('apiVersion')) return effect('in place', [rules.otherVersion])
    return effect('in place', [
      isOf('.kubeadmConfigSpec') ? rules.kubeadmIgnored : rules.controlPlaneFields,
    ])
  }
  if (!init && !join) return effect('rolls out', [rules.kubeadmConfig])
  const both = [rules.kubeadmConfig, rules.kubeadmInit]
  if (roles) {
    const machines = init ? roles.join : roles.init
    return machines > 0 ? effect('rolls out', both, { machines }) : effect('in place', both)
  }
  const needs =
    'the Machines of the control plane and their KubeadmConfigs (--objects): whether one was made by kubeadm init'
  // Of several Machines all but one joined.
  return effect(init && replicas !== 1 ? 'rolls out' : 'could not tell', both, { needs })
}

function rolloutEffects(
  before: ItemOfRequest,
  after: ItemOfRequest,
  changes: readonly Change[],
  { expiring }: Sizes,
): Effect[] {
  const effect = (verdict: Effect['verdict'], rule: Rule, more: Partial<Effect> = {}) => [
    { ...{ verdict, changes, rules: [rule], isForReplacement: true }, ...more },
  ]
  const [was, is] = [before, after].map((item) => rolloutOf(item))
  if (is?.after !== undefined && is.after !== was?.after)
    return effect('rolls out', rules.rolloutAfter)
  if (is?.days === undefined || is.days <= (was?.days ?? 0)) return []
  const machines = expiring(is.days)
  if (machines === undefined)
    return effect('could not tell', rules.rolloutBefore, {
      needs:
        'the Machines of the control plane (--objects): the dates in status.certificatesExpiryDate',
    })
  return effect(machines > 0 ? 'rolls out' : 'in place', rules.rolloutBefore, { machines })
}

function rolloutOf(item: ItemOfRequest) {
  const spec = at(partThatCounts(item), 'spec', 'template', 'spec')
  const days =
    at(spec, 'rollout', 'before', 'certificatesExpiryDays') ??
    at(spec, 'rolloutBefore', 'certificatesExpiryDays')
  const after = at(spec, 'rollout', 'after') ?? at(spec, 'rolloutAfter')
  return { after, days: days === undefined ? undefined : Number(days) }
}
