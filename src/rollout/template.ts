import { differences } from '../json/differences.ts'
import { isObject, type JsonObject } from '../json/json.ts'
import { at, field, joinPath, withValue } from '../json/path.ts'
import { type ItemOfRequest, ownLabelPaths, partThatCounts } from '../rules/patches.ts'
import { changesOf } from './changes.ts'
import { withKubeadmDefaults, withoutEmpty } from './kubeadm-config.ts'
import { kubeadmConfigSpecInHub } from './kubeadm-hub.ts'
import { compareOtherVersion, type KnownOfTemplate } from './other-version.ts'
import { rules } from './rules.ts'
import type { Change, Effect, Knowledge, Rule } from './verdict.ts'

type Complete = Knowledge['complete']

/**
 * What a change of a template means that the controller keeps as a template and rotates.
 *
 * @param rule Why a new template makes new Machines.
 */
export function compareTemplates(
  before: ItemOfRequest,
  after: ItemOfRequest,
  rule: Rule,
  known: KnownOfTemplate,
): Effect {
  const { complete } = known
  const refusal = refusalOf(before, after)
  if (refusal) return refusal
  const changes = changesBetween(before, after)
  if (changes.length === 0) return { verdict: 'nothing', changes, rules: [] }
  if (isOtherVersion(before, after) && !isOfKubeadm(after))
    return compareOtherVersion(changes, after, rule, known)
  const ofSpec = changes.filter(({ path }) => /^spec\b/.test(path))
  if (ofSpec.length === 0) return { verdict: 'in place', changes, rules: rulesInPlace(changes) }
  if (hasSame(['spec'], before, after, complete))
    return { verdict: 'in place', changes, rules: rulesInPlace(changes) }
  const needs = needOfDefinitions(ofSpec, after, complete)
  return { verdict: 'rolls out', changes, rules: [rules.templateRotates, rule], ...needs }
}

// Annotations that say which template of the ClusterClass it was.
const ofClusterAPI = /\["cluster\.x-k8s\.io\/cloned-from-(name|groupkind)"\]$/

const metadataOfTemplate = 'spec.template.metadata'

/** What a change means of which only a provider knows what it does. */
export function compareForProvider(
  before: ItemOfRequest,
  after: ItemOfRequest,
  complete: Complete,
): Effect {
  const refusal = refusalOf(before, after)
  if (refusal) return refusal
  const changes = changesBetween(before, after)
  if (changes.length === 0) return { verdict: 'nothing', changes, rules: [] }
  const isOfMetadata = changes.some(
    ({ path }) =>
      // A whole part of the template that comes or goes has the path of that part.
      (path.startsWith(metadataOfTemplate) || metadataOfTemplate.startsWith(path)) &&
      !ofClusterAPI.test(path),
  )
  if (!isOfMetadata && hasSame(specOfTemplate, before, after, complete))
    return { verdict: 'in place', changes, rules: rulesInPlace(changes) }
  return { verdict: 'provider decides', changes, rules: [rules.providerDecides] }
}

/** The fields that reach the Cluster and differ. */
export function changesBetween(before: ItemOfRequest, after: ItemOfRequest): Change[] {
  const kind = String(after.object['kind'])
  const own = ownLabelPaths(after)
  const part = (item: ItemOfRequest) => ({
    apiVersion: item.object['apiVersion'],
    ...partThatCounts(item),
  })
  return changesOf(part(before), part(after), kind).filter(({ path }) => !own.includes(path))
}

/** Why the change cannot come about at all; undefined when it can. */
export function refusalOf(before: ItemOfRequest, after: ItemOfRequest): Effect | undefined {
  const refuse = (changes: readonly Change[], rule: Rule, needs: string): Effect => ({
    verdict: 'could not tell',
    changes,
    rules: [rule],
    needs,
  })
  const [was, is] = [before, after].map(({ object }) => groupKindOf(object))
  if (was !== is) {
    const change = { path: 'kind', before: was, after: is, template: String(after.object['kind']) }
    const isBootstrap = after.holderReference.fieldPath.endsWith('bootstrap.configRef')
    const rule = isBootstrap ? rules.otherBootstrapKind : rules.otherKind
    return refuse([change], rule, `a template of the kind ${was}`)
  }
  const emptied = emptiedPath(partThatCounts(before)['spec'], partThatCounts(after)['spec'], 'spec')
  if (emptied === undefined) return undefined
  return refuse(
    changesBetween(before, after),
    rules.emptiedObject,
    `a template without ${emptied}: {}`,
  )
}

/** Why a change makes no new template. */
function rulesInPlace(changes: readonly Change[]): Rule[] {
  const isOf = (start: string) => changes.some(({ path }) => path.startsWith(start))
  return [
    ...(isOf('apiVersion') ? [rules.otherVersion] : []),
    ...(isOf('metadata') || isOf('spec.template.metadata') ? [rules.templateMetadata] : []),
    ...(isOf('spec.template.spec') && !isOf('apiVersion') ? [rules.templateDefaults] : []),
  ]
}

function groupKindOf({ apiVersion, kind }: JsonObject): string {
  return `${kind}.${String(apiVersion).replace(/\/[^/]*$/, '')}`
}

function isOtherVersion(before: ItemOfRequest, after: ItemOfRequest): boolean {
  return before.object['apiVersion'] !== after.object['apiVersion']
}

/** Whether it is a KubeadmConfigTemplate. */
export function isOfKubeadm({ object }: ItemOfRequest): boolean {
  return groupKindOf(object) === 'KubeadmConfigTemplate.bootstrap.cluster.x-k8s.io'
}

/** Whether the dry run finds no difference in a part. */
function hasSame(
  path: readonly string[],
  before: ItemOfRequest,
  after: ItemOfRequest,
  complete: Complete,
): boolean {
  const [left, right] = [before, after].map((item) => {
    const completed = complete ? { ...item, object: complete(item.object) } : item
    const part = partThatCounts(completed)
    return isOfKubeadm(item) ? kubeadmTemplate(part, item, isOtherVersion(before, after)) : part
  })
  return differences(at(left, ...path), at(right, ...path)).length === 0
}

const specOfTemplate = ['spec', 'template', 'spec']

// The API server stores v1beta2: what comes as v1beta1 goes through the types of both.
function kubeadmTemplate(
  part: JsonObject,
  { object }: ItemOfRequest,
  isMixed: boolean,
): JsonObject {
  const spec = at(part, ...specOfTemplate)
  const hub = kubeadmConfigSpecInHub(isObject(spec) ? spec : {}, object['apiVersion'])
  const completed = withKubeadmDefaults(hub)
  const isConverted = hub !== spec || isMixed
  return withValue(part, specOfTemplate, isConverted ? withoutEmpty(completed) : completed)
}

// Server-side apply makes null of it, which no schema takes.
function emptiedPath(before: unknown, after: unknown, path: string): string | undefined {
  if (!isObject(before) || !isObject(after)) return undefined
  if (Object.keys(after).length === 0) return Object.keys(before).length > 0 ? path : undefined
  for (const key of Object.keys(after)) {
    const emptied = emptiedPath(field(before, key), field(after, key), joinPath(path, key))
    if (emptied !== undefined) return emptied
  }
  return undefined
}

function needOfDefinitions(
  changes: readonly Change[],
  after: ItemOfRequest,
  complete: Complete,
): { needs: string } | undefined {
  // A field that comes or goes may have had that value as its default; items of lists and labels have none.
  const mayBeDefaults = changes.every(
    ({ path, before, after }) =>
      [before, after].includes(undefined) && /^spec\.template\.spec\..*[^\]]$/.test(path),
  )
  if (complete || !mayBeDefaults || isOfKubeadm(after)) return undefined
  return {
    needs: `the CustomResourceDefinition of ${after.object['kind']} (--crds): a field that is set to its default makes no new Machine`,
  }
}
