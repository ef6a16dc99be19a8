import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Health, KubeConfig } from '@kubernetes/client-node'
import { etcdCommand, kubeApiserverCommand } from '../../src/dev/sandbox/commands.ts'
import { layout } from '../../src/dev/sandbox/layout.ts'
import { prepareDirectory } from '../../src/dev/sandbox/prepare-directory.ts'
import {
  answers,
  type Command,
  startProcess,
  waitUntilReady,
} from '../../src/dev/sandbox/processes.ts'

/**
 * Starts etcd and kube-apiserver, built by the sandbox, on loopback: without any controller.
 *
 * @param flags More of kube-apiserver.
 */
export async function startApiServer(
  programs: { etcd: string; 'kube-apiserver': string },
  flags: string[] = [],
) {
  const directory = await mkdtemp(join(tmpdir(), 'api-server-'))
  const { ports, kubeconfig } = await prepareDirectory(directory)
  const config = new KubeConfig()
  config.loadFromString(kubeconfig.content)
  const start = async (command: Command, isReady: () => Promise<boolean>) => {
    const running = startProcess({ cwd: directory, ...command }, join(directory, layout.logs))
    await waitUntilReady(running, isReady)
    return running
  }
  const etcd = await start(etcdCommand(programs.etcd, ports), () =>
    answers(`http://127.0.0.1:${ports.etcd}/readyz`),
  )
  const command = kubeApiserverCommand(programs['kube-apiserver'], ports)
  const server = await start({ ...command, args: [...command.args, ...flags] }, () =>
    new Health(config).readyz({}),
  )
  return {
    directory,
    config,
    /** A file. */
    kubeconfig: kubeconfig.path,
    async stop() {
      await server.stop()
      await etcd.stop()
      await rm(directory, { recursive: true, force: true })
    },
  }
}
