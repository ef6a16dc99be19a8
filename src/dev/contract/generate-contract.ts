import { execFile } from 'node:child_process'
import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import semver from 'semver'
import { reasonOf, StartError } from '../../messages/start-error.ts'

const oldest = '1.12.0'
const openapiGen = 'k8s.io/kube-openapi/cmd/openapi-gen'
const clusterApi = 'sigs.k8s.io/cluster-api/api'

/** The packages with types of hooks, by the run of openapi-gen that reads them. */
const packages = (version: string) => ({
  // Each in a run of its own, as Cluster API does it: the values of an enum are known to the run that reads its package.
  core: [
    `${clusterApi}/core/v1beta2`,
    ...(semver.lt(version, '1.13.0-0') ? [`${clusterApi}/core/v1beta1`] : []),
  ],
  hooks: [`${clusterApi}/runtime/hooks/v1alpha1`],
  kubernetes: [
    'k8s.io/api/core/v1',
    'k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1',
    'k8s.io/apimachinery/pkg/apis/meta/v1',
    'k8s.io/apimachinery/pkg/runtime',
    'k8s.io/apimachinery/pkg/util/intstr',
  ],
})

/**
 * The contract of a released version of Cluster API as JSON, read from its Go types. Rejects with StartError when the
 * version is not released or too old, or Go is missing.
 *
 * @param say Gets what happens, since it takes more than a minute.
 */
export async function generateContract(
  version: string,
  say: (text: string) => void,
): Promise<string> {
  if (semver.lt(version, oldest))
    throw new StartError(`${version} is too old: the contract is that of v${oldest} and later`)
  const directory = await mkdtemp(join(tmpdir(), 'contract-'))
  try {
    return await generate(version, directory, say)
  } finally {
    await rm(directory, { recursive: true })
  }
}

async function generate(version: string, directory: string, say: (text: string) => void) {
  const go = (...args: string[]) => runGo(args, directory)
  // Until v1.13 the API was no module of its own.
  const [module, hooks] = semver.lt(version, '1.14.0-0')
    ? ['sigs.k8s.io/cluster-api', 'hooks-until-v1.13.go']
    : [clusterApi, 'hooks-since-v1.14.go']
  for (const file of ['main.go', hooks])
    await copyFile(new URL(`generator/${file}`, import.meta.url), join(directory, file))
  // Empty until openapi-gen has filled them: `go mod tidy` looks for all that main.go imports.
  for (const name of Object.keys(packages(version))) {
    await mkdir(join(directory, 'definitions', name), { recursive: true })
    await writeFile(join(directory, 'definitions', name, 'package.go'), `package ${name}\n`)
  }
  await writeFile(join(directory, 'header.txt'), '')
  await go('version')
  say(`Cluster API ${version}: downloading ${module}`)
  const advice = 'check that this version is released, and the network'
  await runGo(['mod', 'download', `${module}@${version}`], directory, advice)
  await go('mod', 'init', 'contract')
  await go('mod', 'edit', `-require=${module}@${version}`, `-tool=${openapiGen}`)
  await go('mod', 'tidy')
  say(`Cluster API ${version}: reading its types, about a minute`)
  for (const [name, paths] of Object.entries(packages(version))) {
    const output = join('definitions', name)
    const flags = [
      '--go-header-file=header.txt',
      `--output-dir=${output}`,
      `--output-pkg=contract/${output}`,
      '--output-file=openapi.go',
    ]
    await go('tool', openapiGen, ...flags, ...paths)
  }
  return go('run', '-mod=mod', '.', version)
}

async function runGo(args: readonly string[], cwd: string, advice?: string): Promise<string> {
  try {
    return (await promisify(execFile)('go', args, { cwd, maxBuffer: 2 ** 26 })).stdout
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT')
      throw new StartError('Go is needed to read Cluster API: install Go 1.26 or later')
    const stderr = error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : ''
    const line = stderr.split('\n').find((text) => !text.startsWith('go: downloading'))
    const reason = [line || reasonOf(error), advice].filter(Boolean).join('; ')
    throw new StartError(`go ${args.slice(0, 2).join(' ')} failed: ${reason}`)
  }
}
