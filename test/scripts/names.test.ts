import { readdirSync, readFileSync } from 'node:fs'
import { loadAll } from 'js-yaml'
import { satisfies } from 'semver'
import { describe, expect, it } from 'vitest'
import { type JsonObject, objectAt } from '../../src/json/json.ts'

// What several files must say alike.
const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')
const list = (path: string) => readdirSync(new URL(`../../${path}`, import.meta.url))
const parse = (path: string) => loadAll(read(path)) as JsonObject[]
const lib = read('scripts/lib.sh')
const named = (name: string) => new RegExp(`^ +${name}=(.*)$`, 'm').exec(lib)?.[1] ?? name
const metadata = (resource: JsonObject | undefined) => objectAt(resource, ['metadata']) ?? {}

const files = list('manifests/deploy').filter((file) => file.endsWith('.yaml'))
const resources = files.flatMap((file) => parse(`manifests/deploy/${file}`))
const one = (kind: string, name = named('extension')) =>
  resources.find((resource) => resource['kind'] === kind && metadata(resource)['name'] === name)
const [extensionConfig] = parse('manifests/extension-config.yaml')
const pod = objectAt(one('Deployment'), ['spec', 'template', 'spec'])
const [container] = (pod?.['containers'] ?? []) as JsonObject[]

describe('manifests and scripts agree on', () => {
  it('namespace, image and the label app', () => {
    for (const resource of resources)
      expect([named('namespace'), 'default', undefined]).toContain(metadata(resource)['namespace'])
    expect(metadata(one('Namespace', named('namespace')))['name']).toBe('sample-extension-system')
    expect(container?.['image']).toBe(named('image'))
    expect(named('image')).toBe('localhost:5001/capi-sample-extension')
    const selector = { matchLabels: { app: 'sample-extension' } }
    expect(objectAt(one('Deployment'), ['spec', 'selector'])).toEqual(selector)
    expect(objectAt(one('PodDisruptionBudget'), ['spec', 'selector'])).toEqual(selector)
    expect(objectAt(one('NetworkPolicy'), ['spec', 'podSelector'])).toEqual(selector)
    expect(objectAt(one('Service'), ['spec', 'selector'])).toEqual(selector.matchLabels)
  })

  it('the way from the ExtensionConfig to the container', () => {
    const service = objectAt(extensionConfig, ['spec', 'clientConfig', 'service'])
    expect(service).toEqual({
      name: metadata(one('Service'))['name'],
      namespace: named('namespace'),
      port: 443,
    })
    expect(objectAt(one('Service'), ['spec'])?.['ports']).toMatchObject([
      { port: 443, targetPort: 'hooks' },
    ])
    expect(container?.['ports']).toContainEqual({ name: 'hooks', containerPort: 9443 })
    const certificate = objectAt(one('Certificate'), ['spec'])
    expect(certificate?.['dnsNames']).toContain(
      `${service?.['name']}.${service?.['namespace']}.svc`,
    )
    expect(objectAt(metadata(extensionConfig), ['annotations'])).toEqual({
      'runtime.cluster.x-k8s.io/inject-ca-from-secret': `${named('namespace')}/${certificate?.['secretName']}`,
    })
    expect(pod?.['volumes']).toMatchObject([
      { secret: { secretName: certificate?.['secretName'] } },
    ])
  })

  it('the name of the ExtensionConfig', () => {
    const name = metadata(extensionConfig)['name']
    expect(name).toBe(named('extension'))
    expect(objectAt(extensionConfig, ['spec', 'settings'])).toMatchObject({
      extensionConfigName: name,
    })
  })

  it('what belongs to the kustomization', () => {
    expect(parse('manifests/deploy/Kustomization')[0]?.['resources']).toEqual(files.toSorted())
  })
})

describe('versions', () => {
  const versions = read('scripts/versions.env').matchAll(/^\w+=(\S+)$/gm)
  const others = [
    ...list('scripts').map((file) => `scripts/${file}`),
    ...files.map((file) => `manifests/deploy/${file}`),
    ...list('manifests/workload').map((file) => `manifests/workload/${file}`),
    'manifests/kind-cluster.yaml',
    'Dockerfile',
  ].filter((file) => file !== 'scripts/versions.env')

  it.each([...versions].map(([, version]) => version ?? ''))(
    '%s stands in versions.env only',
    (version) => {
      expect(others.filter((file) => read(file).includes(version))).toEqual([])
    },
  )

  it('Node of the image that builds is the one of package.json, and of the image that runs the same major', () => {
    const { devDependencies, engines } = JSON.parse(read('package.json'))
    const node = /^ARG BUILD_IMAGE=node:([\d.]+)-/m.exec(read('Dockerfile'))?.[1] ?? ''
    expect(node).toBe(devDependencies.node)
    expect(satisfies(node, engines.node)).toBe(true)
    expect(read('Dockerfile')).toMatch(
      `ARG RUNTIME_IMAGE=gcr.io/distroless/nodejs${node.split('.')[0]}-`,
    )
  })

  it('the first Node that the README names is one that no package warns of', () => {
    const node = /^Node (\d+)/m.exec(read('README.md'))?.[1]
    const { packages } = JSON.parse(read('package-lock.json')) as {
      packages: Record<string, { engines?: { node?: string }; optional?: boolean }>
    }
    const warnsOf = ([, { engines, optional }]: (typeof all)[number]) =>
      !optional && !satisfies(`${node}.0.0`, engines?.node ?? '*')
    const all = Object.entries(packages)
    expect(all.filter(warnsOf).map(([path]) => path)).toEqual([])
  })
})

it('scripts run on Bash 3.2, which macOS has', () => {
  // Names of what came with 4.0 to 5.3.
  const newer =
    /\b(mapfile|readarray|coproc)\b|(declare|local|typeset) -[a-zA-Z]*[An]|\$\{\w+(\^|,|@)|&>>|\|&|;;?&|\[\[ -v |wait -n|printf '%\(|\$EPOCH|\$\{ |globstar/
  for (const file of list('scripts').filter((name) => name.endsWith('.sh'))) {
    const lines = read(`scripts/${file}`).split('\n')
    expect(
      lines.filter((line) => newer.test(line) && !line.startsWith('#')),
      file,
    ).toEqual([])
  }
})
