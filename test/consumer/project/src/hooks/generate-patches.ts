import { defineHook } from 'capi-extension'
import { GeneratePatches } from 'capi-extension/hooks'
import { patchKubeadm, putFile } from 'capi-extension/kubeadm'
import { walkTemplates } from 'capi-extension/topology'
import { variables } from '../variables.ts'

/** Writes the message of the day on every machine. */
export default defineHook(GeneratePatches, (call) =>
  walkTemplates(call, { variables }, [
    patchKubeadm(({ kubeadm, variables: { motd } }) => {
      if (motd !== undefined) putFile(kubeadm, { path: '/etc/motd', content: motd })
    }),
  ]),
)
