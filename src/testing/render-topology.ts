import { createContext } from '../handler/create-context.ts'
import type { Extension } from '../handler/extension.ts'
import type { Hook } from '../handler/hook.ts'
import { clone } from '../json/clone.ts'
import { isObject, type JsonObject } from '../json/json.ts'
import { at } from '../json/path.ts'
import { renderTopology as render } from '../render/render.ts'
import type { Rendered, RenderInput } from '../render/types.ts'
import { type CallOptions, callHook, defaultServices, runHook } from './call-hook.ts'

/**
 * What a render needs: objects, as a YAML parser makes them of files or of what `kubectl get -o yaml` gives, in v1beta2 or
 * v1beta1. The text of a file is refused.
 *
 * @example
 * ```ts
 * const options: RenderOptions = {
 *   clusterClass: { kind: 'ClusterClass', metadata: { name: 'fleet' }, spec: {} },
 *   cluster: clusterOf({ variables: { region: 'eu' } }),
 *   templates: [],
 *   extension: [generatePatches],
 *   extensionConfig: { name: 'fleet-policy', settings: { registry: 'registry.example.com' } },
 * }
 * ```
 */
export interface RenderOptions {
  clusterClass: object
  /** Variables that it leaves out get the defaults of their schemas. */
  cluster: object
  /** All templates that the ClusterClass names. */
  templates: readonly object[]
  /** Stored objects of the Cluster, such as its control plane and MachineDeployments: unless given, it is a new Cluster. */
  objects?: readonly object[]
  /**
   * What the project serves; or its hooks, which get what the project registers only from `services`. Patches that name
   * handlers of others are left out, and the notes say so. Unless given, only inline patches are applied.
   */
  extension?: Extension | readonly Hook[]
  /**
   * The ExtensionConfig: handlers are named `<handler>.<name>`. The name may be left out where the ClusterClass names a single
   * extension. Settings of a patch come before these, key by key.
   */
  extensionConfig?: { name?: string; settings?: Readonly<Record<string, string>> }
  /**
   * What handlers get in place of the defaults, as `callHook` takes it. Unless given, settings and context are those that
   * the project serves, on an empty management cluster.
   */
  services?: CallOptions
}

/**
 * What the topology controller makes of a Cluster and its ClusterClass: the requests of GeneratePatches and ValidateTopology
 * in the order of `spec.patches`, inline patches among them, and the templates after each of them. A Failure or a patch that
 * the controller refuses ends it, as it ends a reconcile: the patch has the state `failed`, and `desired` is empty.
 *
 * Rejects with StartError when the objects do not belong together, with Error for a handler that the extension does not
 * have, with what a handler throws, and with TypeError for text in place of an object, and when the ClusterClass names several
 * extensions and `extensionConfig` does not say which of them `extension` is.
 *
 * @example
 * ```ts
 * declare const clusterClass: object, templates: object[]
 *
 * const cluster = clusterOf({ variables: { image: 'ami-1' } })
 * const rendered = await renderTopology({ clusterClass, cluster, templates, extension: [generatePatches] })
 * expect(rendered.patches.map(({ state }) => state)).toEqual(['applied'])
 * const { spec } = renderedTemplate(rendered, AWSMachineTemplate, { matchResources: { controlPlane: true } })
 * expect(spec.template.spec.ami).toEqual({ id: 'ami-1' })
 * ```
 */
export async function renderTopology(options: RenderOptions): Promise<Rendered> {
  const { extension, extensionConfig } = options
  const clusterClass = jsonOf(options.clusterClass, 'clusterClass')
  if (extension && extensionConfig?.name === undefined) refuseSeveral(clusterClass)
  return render({
    clusterClass,
    cluster: jsonOf(options.cluster, 'cluster'),
    templates: listOf(options.templates, 'templates'),
    objects: listOf(options.objects ?? [], 'objects'),
    call: callOf(options),
  })
}

// Another extension may have a handler of the same name: the hooks here would be called in its place.
function refuseSeveral(clusterClass: JsonObject): void {
  const patches = at(clusterClass, 'spec', 'patches')
  const handlers = (Array.isArray(patches) ? patches : []).flatMap((patch) =>
    Object.entries(Object(at(patch, 'external')))
      .filter(([key]) => key.endsWith('Extension'))
      .map(([, handler]) => String(handler)),
  )
  const names = [...new Set(handlers.map((handler) => handler.slice(handler.indexOf('.') + 1)))]
  if (names.length > 1)
    throw new TypeError(
      `the ClusterClass names several extensions, ${names.join(', ')}: say which one yours is with extensionConfig: { name }`,
    )
}

function listOf(objects: unknown, name: string): JsonObject[] {
  if (Array.isArray(objects))
    return objects.map((object, index) => jsonOf(object, `${name}[${index}]`))
  throw new TypeError(`${name} is no list of objects: ${remedy}`)
}

const remedy = 'read the text of a file with a YAML parser first'

// Handlers may change what they get, and a YAML parser makes dates of times: only the text is the same for all.
function jsonOf(object: unknown, name: string): JsonObject {
  const json: unknown = JSON.parse(JSON.stringify(object ?? null))
  if (isObject(json)) return json
  throw new TypeError(`${name} is no object: ${remedy}`)
}

function callOf({
  extension = [],
  extensionConfig = {},
  services,
}: RenderOptions): RenderInput['call'] {
  const { hooks, ...served } = 'hooks' in extension ? extension : { hooks: extension }
  return async (handler, hookName, request) => {
    const hook = findHook(hooks, handler, hookName, extensionConfig.name)
    if (!hook) return undefined
    const ofPatch = isObject(request['settings']) ? request['settings'] : {}
    const settings = { ...extensionConfig.settings, ...ofPatch }
    const sent = { ...clone(request), settings }
    if (services) return { ...(await callHook(hook, sent, services)) }
    const context = await createContext(served, sent, defaultServices())
    return { ...(await runHook(hook, sent, context)) }
  }
}

/** The hook of a handler `<name>.<ExtensionConfig>`. Throws Error when it is to be of the extension, which lacks it. */
function findHook(
  hooks: readonly Hook[],
  handler: string,
  hookName: string,
  configName: string | undefined,
): Hook | undefined {
  const [name = '', ...rest] = handler.split('.')
  if (configName !== undefined && configName !== rest.join('.')) return undefined
  const ofHook = hooks.filter(({ contract }) => contract.hook === hookName)
  const found = ofHook.find((hook) => hook.name === name)
  if (found || configName === undefined) return found
  const known = ofHook.map((hook) => hook.name).join(', ') || 'none'
  throw new Error(
    `the ClusterClass names ${handler} for ${hookName}: the extension has no such handler; there is ${known}`,
  )
}
