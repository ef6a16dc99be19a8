import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, it } from 'vitest'
import {
  readCustomResourceDefinitions,
  readWebhookConfigurations,
  redirectConversion,
} from '../../../../src/dev/sandbox/provider-manifests.ts'

/** The folder of a provider's manifests, as in Cluster API's modules but with little in it. */
function config(kustomization: string) {
  const directory = mkdtempSync(join(tmpdir(), 'config-'))
  const definition = (kind: string) => `
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: ${kind.toLowerCase()}s.example.com
spec:
  group: example.com
  scope: Namespaced
  names: { kind: ${kind}, plural: ${kind.toLowerCase()}s }
  versions:
    - name: v1
      served: true
      storage: true
      schema:
        openAPIV3Schema:
          type: object
          x-kubernetes-preserve-unknown-fields: true
`
  const files = {
    'crd/kustomization.yaml': kustomization,
    'crd/bases/machines.yaml': definition('Machine'),
    'crd/bases/clusters.yaml': definition('Cluster'),
    'crd/patches/clusters.yaml': `
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: clusters.example.com }
spec:
  conversion:
    strategy: Webhook
    webhook:
      conversionReviewVersions: [v1]
      clientConfig: { service: { name: webhook-service, namespace: system, path: /convert } }
`,
    'webhook/manifests.yaml': ['Mutating', 'Validating']
      .map(
        (kind) => `---
apiVersion: admissionregistration.k8s.io/v1
kind: ${kind}WebhookConfiguration
metadata: { name: webhook-configuration }
webhooks:
  - name: ${kind.toLowerCase()}.example.com
    admissionReviewVersions: [v1]
    sideEffects: None
    failurePolicy: Fail
    clientConfig: { service: { name: webhook-service, namespace: system, path: /${kind} } }
`,
      )
      .join(''),
  }
  for (const [file, content] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, file)), { recursive: true })
    writeFileSync(join(directory, file), content)
  }
  return directory
}

const kustomization = `
resources: [bases/clusters.yaml, bases/machines.yaml]
patches: [{ path: patches/clusters.yaml }]
`
const server = { port: 1234, caBundle: 'Q0E=' }

it('applies the patches and labels of the kustomization, and keeps extensions of the schema', async () => {
  const labelled = `${kustomization}labels: [{ pairs: { contract: v1beta2 } }]`
  const [cluster, machine] = await readCustomResourceDefinitions(config(labelled))
  expect(cluster?.metadata?.labels).toEqual({ contract: 'v1beta2' })
  expect(cluster?.spec.conversion?.strategy).toBe('Webhook')
  expect(machine?.metadata?.name).toBe('machines.example.com')
  expect(machine?.spec.conversion).toBeUndefined()
  expect(JSON.stringify(machine)).toContain('x_kubernetes_preserve_unknown_fields')
  const [plain] = await readCustomResourceDefinitions(config(kustomization))
  expect(plain?.metadata?.labels).toBeUndefined()
})

it('sends conversions to this machine', async () => {
  const definitions = await readCustomResourceDefinitions(config(kustomization))
  for (const definition of definitions) redirectConversion(definition, server)
  expect(definitions[0]?.spec.conversion?.webhook?.clientConfig).toEqual({
    url: 'https://127.0.0.1:1234/convert',
    caBundle: 'Q0E=',
  })
  expect(definitions[1]?.spec.conversion).toBeUndefined()
})

it('sends webhooks to this machine, under a name for each provider', async () => {
  const found = await readWebhookConfigurations(config(kustomization), 'cluster-api', server)
  expect(found).toMatchObject(
    ['Mutating', 'Validating'].map((kind) => ({
      kind: `${kind}WebhookConfiguration`,
      metadata: { name: 'cluster-api-webhook-configuration' },
      webhooks: [
        {
          failurePolicy: 'Fail',
          clientConfig: { url: `https://127.0.0.1:1234/${kind}`, caBundle: 'Q0E=' },
        },
      ],
    })),
  )
})
