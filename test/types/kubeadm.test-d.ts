// Compiled by "npm run typecheck": each line below @ts-expect-error must not compile.
import * as v from 'valibot'
import { expectTypeOf } from 'vitest'
import type { RequestOf } from '../../src/contract/contract.ts'
import type { GeneratePatches } from '../../src/contract/topology.ts'
import type { Call } from '../../src/handler/context.ts'
import {
  addCertSAN,
  appendCommand,
  type Kubeadm,
  type KubeadmConfigSpecV1Beta1,
  type KubeadmConfigSpecV1Beta2,
  KubeadmConfigTemplate,
  KubeadmControlPlaneTemplate,
  kubeadmOf,
  patchKubeadm,
  prependCommand,
  putFile,
  setArgument,
} from '../../src/kubeadm/index.ts'
import { patchTemplate } from '../../src/topology/template-patch.ts'
import { defineVariables, variable } from '../../src/topology/variables.ts'
import { walkTemplates } from '../../src/topology/walk-templates.ts'

const variables = defineVariables({
  greeting: variable(v.string(), { required: true, example: 'Hello' }),
  owner: variable(v.string()),
})
declare const call: Call<RequestOf<typeof GeneratePatches>>

// What must compile: one patch for all, beside patches of one kind, with the types of the variables.
void walkTemplates(call, { variables }, [
  patchKubeadm(({ kubeadm, variables: { greeting, owner }, builtin, log }) => {
    putFile(kubeadm, { path: '/etc/motd', content: greeting, owner })
    prependCommand(kubeadm, 'preKubeadmCommands', greeting)
    setArgument(kubeadm, 'kubelet', 'max-pods', '200')
    log.info({ version: builtin.controlPlane?.version }, kubeadm.role)
  }),
  patchKubeadm({ matchResources: { controlPlane: true } }, async ({ kubeadm, template }) => {
    addCertSAN(kubeadm, template.metadata.name)
    if (kubeadm.role === 'worker') return
    return { status: 'Failure', message: 'No' }
  }),
  patchTemplate(KubeadmConfigTemplate, ({ template, variables }) => {
    const kubeadm = kubeadmOf(template)
    appendCommand(kubeadm, 'postKubeadmCommands', variables.greeting)
  }),
])

patchKubeadm(({ kubeadm }) => {
  kubeadm.spec.ntp = { enabled: true }
  if (kubeadm.version === 'v1beta1') {
    expectTypeOf(kubeadm.spec).toEqualTypeOf<KubeadmConfigSpecV1Beta1>()
    kubeadm.spec.useExperimentalRetryJoin = true
  } else {
    expectTypeOf(kubeadm.spec).toEqualTypeOf<KubeadmConfigSpecV1Beta2>()
    kubeadm.spec.joinConfiguration = { timeouts: { discoverySeconds: 60 } }
  }
  // @ts-expect-error only v1beta1 has it
  kubeadm.spec.useExperimentalRetryJoin = true
  // @ts-expect-error kubeadm has no such field
  kubeadm.spec.preKubeadmCommand = []
  // @ts-expect-error the specification is changed, not replaced
  kubeadm.spec = {}
})

patchTemplate(KubeadmControlPlaneTemplate, ({ template }) => {
  if (template.apiVersion === 'controlplane.cluster.x-k8s.io/v1beta1')
    template.spec.template.spec.rolloutStrategy = { rollingUpdate: { maxSurge: '20%' } }
  else template.spec.template.spec = { rollout: { strategy: { type: 'RollingUpdate' } } }
  // @ts-expect-error of v1beta1 alone
  template.spec.template.spec?.rolloutStrategy
})

declare const kubeadm: Kubeadm
putFile(kubeadm, { path: '/a', contentFrom: { secret: { name: 'a', key: 'b' } }, append: true })
// @ts-expect-error a file has content
putFile(kubeadm, { path: '/a' })
// @ts-expect-error of content and contentFrom a file has one
putFile(kubeadm, { path: '/a', content: 'a', contentFrom: { secret: { name: 'a', key: 'b' } } })
// @ts-expect-error Cluster API before v1.14 refuses it
putFile(kubeadm, { path: '/a', content: 'a', contentFormat: 'Template' })
// @ts-expect-error there is no such encoding
putFile(kubeadm, { path: '/a', content: 'a', encoding: 'zip' })
// @ts-expect-error there is no such list
prependCommand(kubeadm, 'commands', 'a')
// @ts-expect-error there is no such component
setArgument(kubeadm, 'kubeProxy', 'v', '2')
// @ts-expect-error kubeadm takes texts
setArgument(kubeadm, 'kubelet', 'v', 2)
// @ts-expect-error an infrastructure cluster holds no kubeadm configuration
patchKubeadm({ matchResources: { infrastructureCluster: true } }, () => {})
// @ts-expect-error a Failure says why
patchKubeadm(() => ({ status: 'Failure' }))
// @ts-expect-error of other objects nobody knows
kubeadmOf({}).spec
