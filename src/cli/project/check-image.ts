import { imageFlags } from '../../dev/image-flags.ts'
import type { ProjectFiles } from './project-files.ts'
import { readTemplate, templateFolder } from './template-files.ts'

/** Whether the image is built and run as that of a new project: with its flags, its Node and what it needs. */
export async function findImageProblems(files: ProjectFiles): Promise<string[]> {
  const { read, root, dependencies } = files
  const dockerfile = await read('Dockerfile')
  if (dockerfile === '') return []
  const flags = imageFlags(root).map(nameOf)
  const missing = imageFlags(templateFolder).filter((flag) => !flags.includes(nameOf(flag)))
  const isVendored = dependencies['capi-extension']?.startsWith('file:vendor/') === true
  const ignored = await read('.dockerignore')
  return [
    ...missing.map((flag) => `add to the ENTRYPOINT of the Dockerfile: "${flag}"`),
    ...findNodeProblems(dockerfile, files.devDependencies['node']),
    ...(isVendored && !/^COPY .*\bvendor\b/m.test(dockerfile)
      ? ['add to the Dockerfile, before "npm ci": COPY vendor ./vendor']
      : []),
    ...(!isVendored && !files.has('vendor') && /^COPY .*\bvendor\b/m.test(dockerfile)
      ? ['take out of the Dockerfile: COPY vendor, which is not there any more']
      : []),
    ...(isVendored && ignored.includes('*') && !/^!vendor\b/m.test(ignored)
      ? ['add to .dockerignore: !vendor']
      : []),
  ]
}

/** A flag without its value, which is the author's. */
function nameOf(flag: string): string {
  return flag.replace(/=.*/, '')
}

const baseImages = [
  { argument: 'BUILD_IMAGE', node: /^ARG BUILD_IMAGE=\S*?node:(\d+)/m },
  { argument: 'RUNTIME_IMAGE', node: /^ARG RUNTIME_IMAGE=\S*?nodejs(\d+)/m },
]

function findNodeProblems(dockerfile: string, tested: string | undefined): string[] {
  const ours = readTemplate('Dockerfile')
  const [, inTests] = /(\d+)/.exec(tested ?? '') ?? []
  return baseImages.flatMap(({ argument, node }) => {
    const [, theirs] = node.exec(dockerfile) ?? []
    const [, least = ''] = node.exec(ours) ?? []
    // Another image says nothing of its Node.
    if (theirs === undefined) return []
    if (Number(theirs) < Number(least))
      return [`${argument} of the Dockerfile has Node ${theirs}: take Node ${least}`]
    return inTests === undefined || inTests === theirs
      ? []
      : [
          `${argument} of the Dockerfile has Node ${theirs}, and package.json tests with ${inTests}: take one`,
        ]
  })
}
