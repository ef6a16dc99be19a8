import { isObject } from '../json/json.ts'
import { at } from '../json/path.ts'
import { StartError } from '../messages/start-error.ts'
import { groupOf } from './metadata.ts'
import type { Template } from './parts.ts'
import type { TemplateReference } from './read-cluster-class.ts'
import type { RenderInput } from './types.ts'

/** Finds the template that a ClusterClass names. Throws StartError when it is not there. */
export type FindTemplate = (reference: TemplateReference) => Template

/** Looks for templates among those that are given. */
export function templateFinder(
  { templates, complete }: RenderInput,
  namespace: string,
  note: (sentence: string) => void,
): FindTemplate {
  return ({ apiVersion, kind, name }) => {
    const found = templates.find(
      (template) =>
        template['kind'] === kind &&
        groupOf(String(template['apiVersion'])) === groupOf(apiVersion) &&
        at(template, 'metadata', 'name') === name &&
        [undefined, namespace].includes(namespaceOf(template)),
    )
    if (!found)
      throw new StartError(
        `the ClusterClass names the ${kind} ${name} (${apiVersion}): it is not among the templates`,
      )
    if (found['apiVersion'] !== apiVersion)
      note(
        `The ${kind} ${name} is given in ${found['apiVersion']}, but the ClusterClass names ${apiVersion}: the API server would convert it.`,
      )
    if (at(found, 'metadata', 'resourceVersion') === undefined) note(lackedDefaults(complete))
    const object = complete ? complete(found) : found
    const metadata = isObject(object['metadata']) ? object['metadata'] : {}
    return {
      ...object,
      apiVersion: String(object['apiVersion']),
      kind,
      metadata: { namespace, ...metadata, name },
    }
  }
}

function namespaceOf(template: object): string | undefined {
  const namespace = at(template, 'metadata', 'namespace')
  return typeof namespace === 'string' ? namespace : undefined
}

function lackedDefaults(complete: RenderInput['complete']): string {
  const webhooks = 'that webhooks of their providers set'
  return complete
    ? `Templates that are not stored lack the defaults ${webhooks}.`
    : `Templates that are not stored lack the defaults of their CustomResourceDefinitions, and those ${webhooks}.`
}
