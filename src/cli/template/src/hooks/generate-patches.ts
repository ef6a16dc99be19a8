import { defineHook } from 'capi-extension'
import { GeneratePatches } from 'capi-extension/hooks'
import { patchKubeadm, setArgument } from 'capi-extension/kubeadm'
import { walkTemplates } from 'capi-extension/topology'
import { variables } from '../variables.ts'

/** Lets the kubelets of a Cluster take as many Pods as its variable says, and changes nothing without it. */
export default defineHook(GeneratePatches, (call) =>
  walkTemplates(call, { variables }, [
    patchKubeadm(({ kubeadm, variables: { maxPods } }) => {
      if (maxPods !== undefined) setArgument(kubeadm, 'kubelet', 'max-pods', String(maxPods))
    }),
  ]),
)
