import { StartError } from '../../messages/start-error.ts'

/** What a project and its parts in a cluster are called. */
export interface Names {
  /** Of the package, the Deployment, the Service and the ExtensionConfig. */
  readonly name: string
  readonly namespace: string
  /** Of the container, with a tag or without. */
  readonly image: string
  /** Of the package. */
  readonly version: string
}

const label = /^[a-z]([a-z0-9-]*[a-z0-9])?$/
const reference =
  /^[a-z0-9.-]+(:\d+)?(\/[a-z0-9._-]+)*(:[A-Za-z0-9_][A-Za-z0-9_.-]*)?(@sha256:[a-f0-9]{64})?$/
// "<name>-authority" is the common name of a certificate: at most 64.
const maxNameLength = 50
const maxNamespaceLength = 63

/** Throws StartError when something in a cluster cannot have these names. */
export function checkNames({ name, namespace, image }: Omit<Names, 'version'>): void {
  if (!label.test(name) || name.length > maxNameLength) {
    const instead = labelOf(name)
    throw new StartError(
      `"${name}" cannot be the name of an extension: take letters a-z, digits and "-", a letter first, at most ${maxNameLength}${instead ? `, such as ${instead}` : ''}`,
    )
  }
  if (!label.test(namespace) || namespace.length > maxNamespaceLength)
    throw new StartError(
      `"${namespace}" cannot be the name of a namespace: take letters a-z, digits and "-", a letter first, at most ${maxNamespaceLength}`,
    )
  if (!reference.test(image))
    throw new StartError(
      `"${image}" cannot be the name of an image: write it as registry.example.com/team/${name}`,
    )
}

function labelOf(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+/, '')
    .slice(0, maxNameLength)
    .replace(/-+$/, '')
}
