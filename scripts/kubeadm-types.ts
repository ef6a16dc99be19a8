// Writes the types of kubeadm's objects from the definitions of the pinned Cluster API, which Go downloads.
import { join } from 'node:path'
import { pinnedVersion, sourceDirectories } from '../src/dev/sandbox/toolchain.ts'
import { runTypes } from '../src/dev/types/run-types.ts'
import { StartError } from '../src/messages/start-error.ts'

const module = 'sigs.k8s.io/cluster-api'
const definitions = [
  'bootstrap/kubeadm/config/crd/bases/bootstrap.cluster.x-k8s.io_kubeadmconfigs.yaml',
  'bootstrap/kubeadm/config/crd/bases/bootstrap.cluster.x-k8s.io_kubeadmconfigtemplates.yaml',
  'controlplane/kubeadm/config/crd/bases/controlplane.cluster.x-k8s.io_kubeadmcontrolplanes.yaml',
  'controlplane/kubeadm/config/crd/bases/controlplane.cluster.x-k8s.io_kubeadmcontrolplanetemplates.yaml',
]

try {
  const [directory = ''] = await sourceDirectories(module)
  const files = definitions.map((file) => join(directory, file))
  const written = await runTypes(files, {
    out: 'src/kubeadm/types.ts',
    source: `Cluster API ${await pinnedVersion('cluster-api', module)}`,
    topology: '../topology/template-type.ts',
    // They are sentences of another project.
    descriptions: false,
  })
  console.log(written)
} catch (error) {
  if (!(error instanceof StartError)) throw error
  console.error(error.message)
  process.exitCode = 1
}
