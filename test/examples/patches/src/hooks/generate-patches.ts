import { defineHook } from 'capi-extension'
import { GeneratePatches } from 'capi-extension/hooks'
import {
  addCertSAN,
  type Kubeadm,
  patchKubeadm,
  prependCommand,
  putFile,
  setArgument,
} from 'capi-extension/kubeadm'
import { patchTemplate, walkTemplates } from 'capi-extension/topology'
import { AWSMachineTemplate } from '../aws.ts'
import { variables } from '../variables.ts'

export default defineHook(GeneratePatches, (call) =>
  walkTemplates(call, { variables }, [
    patchKubeadm(({ kubeadm, variables: { proxy, registryMirror, ntpServers } }) => {
      if (proxy) {
        const assignments = {
          HTTP_PROXY: proxy.http,
          HTTPS_PROXY: proxy.https,
          NO_PROXY: ['localhost', '127.0.0.1', ...(proxy.no ?? [])].join(),
        }
        const lines = Object.entries(assignments).map(
          ([name, value]) => `Environment="${name}=${value}"`,
        )
        putUnit(kubeadm, '/etc/systemd/system/containerd.service.d/proxy.conf', lines)
      }
      if (registryMirror)
        putFile(kubeadm, {
          path: '/etc/containerd/certs.d/_default/hosts.toml',
          content: `server = "${registryMirror}"\n`,
          permissions: '0644',
        })
      if (ntpServers) kubeadm.spec.ntp = { enabled: true, servers: ntpServers }
    }),
    patchKubeadm(
      { matchResources: { controlPlane: true } },
      ({ kubeadm, variables: { apiServerNames = [] } }) => {
        for (const name of apiServerNames) addCertSAN(kubeadm, name)
      },
    ),
    patchKubeadm(
      { matchResources: { machineDeploymentClass: { names: ['*'] } } },
      ({ kubeadm, variables: { workerLabels } }) => {
        if (!workerLabels) return
        const labels = Object.entries(workerLabels).map(([name, value]) => `${name}=${value}`)
        setArgument(kubeadm, 'kubelet', 'node-labels', labels.toSorted().join())
      },
    ),
    patchTemplate(AWSMachineTemplate, ({ template, variables: { instanceType } }) => {
      template.spec.template.spec.instanceType = instanceType
    }),
  ]),
)

/** A part of a systemd unit, which containerd reads at its next start. */
function putUnit(kubeadm: Kubeadm, path: string, lines: readonly string[]): void {
  putFile(kubeadm, { path, content: `[Service]\n${lines.join('\n')}\n`, permissions: '0644' })
  prependCommand(kubeadm, 'preKubeadmCommands', 'systemctl restart containerd')
  prependCommand(kubeadm, 'preKubeadmCommands', 'systemctl daemon-reload')
}
