import { defineHook, type Failure } from 'capi-extension'
import { ValidateTopology } from 'capi-extension/hooks'
import {
  KubeadmConfigTemplate,
  KubeadmControlPlaneTemplate,
  kubeadmOf,
} from 'capi-extension/kubeadm'
import { checkTemplate, validateTemplates } from 'capi-extension/topology'
import { variables } from '../variables.ts'

/** Refuses a topology whose machines get a file that everybody may write. */
export default defineHook(ValidateTopology, (call) =>
  validateTemplates(call, { variables }, [
    checkTemplate(KubeadmControlPlaneTemplate, ({ template }) => refuseOpenFiles(template)),
    checkTemplate(KubeadmConfigTemplate, ({ template }) => refuseOpenFiles(template)),
  ]),
)

function refuseOpenFiles(
  template: KubeadmControlPlaneTemplate | KubeadmConfigTemplate,
): Failure | undefined {
  const { files = [] } = kubeadmOf(template).spec
  const open = files.find(({ permissions = '' }) => /[2367]$/.test(permissions))
  if (!open) return undefined
  return { status: 'Failure', message: `everybody may write ${open.path}` }
}
