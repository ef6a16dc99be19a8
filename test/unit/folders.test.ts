import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, sep } from 'node:path'
import { expect, it } from 'vitest'

/** The folders of src: each imports only from those before it. */
const folders = [
  ...['json', 'messages', 'upgrade-plan', 'contract', 'flags', 'observability', 'kubernetes'],
  ...['handler', 'rules', 'in-place-update', 'topology', 'kubeadm', 'request', 'server'],
  ...['extension', 'recording', 'render', 'rollout', 'testing', 'dev', 'cli'],
]
/** What a project of a user has: it imports from the package. */
const sample = ['sample', 'hooks', 'main.ts']
/** Tests of the sample, and of what is built of it. All others have hooks of their own. */
const testsOfSample = ['sample', 'e2e', 'image', 'manifests', 'reliability', 'bench']

/** All imports below a folder, with the folder or file below it that the import is in. */
function importsOf(root: string): { place: string; file: string; from: string }[] {
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
  return files
    .filter((path) => path.endsWith('.ts') && !path.includes('node_modules'))
    .flatMap((path) => {
      const source = readFileSync(join(root, path), 'utf8')
      // No line of a comment, and of several lines the last one.
      const found = source.matchAll(/^(?! *(?:\*|\/\/)).*(?:from|import|import\() ?'([^']+)'/gm)
      const place = path.split(sep)[0] ?? ''
      return [...found].map(([, from = '']) => ({ place, file: join(root, path), from }))
    })
}
const placeOf = (root: string, file: string, from: string) =>
  join(dirname(file), from).split(sep)[root.split('/').length] ?? ''

const inSources = importsOf('src')

it('has a place in the order for each folder', () => {
  const others = [...sample, 'index.ts']
  const places = readdirSync('src').filter((name) => !others.includes(name))
  expect(places.toSorted()).toEqual(folders.toSorted())
})

it('imports go down the order of folders', () => {
  expect(inSources.length).toBeGreaterThan(500)
  const upwards = inSources.filter(({ place, file, from }) => {
    const target = placeOf('src', file, from)
    if (!folders.includes(place) || !from.startsWith('.') || target === place) return false
    return !folders.slice(0, folders.indexOf(place)).includes(target)
  })
  expect(upwards).toEqual([])
})

it('the sample imports what a project of a user can', () => {
  const foreign = inSources.filter(({ place, file, from }) => {
    if (!sample.includes(place)) return false
    // The last two are packages that the sample itself needs.
    const isPackage = /^(capi-extension(\/.*)?|valibot|node:.*|js-yaml|semver\/.*)$/.test(from)
    return !isPackage && !(from.startsWith('.') && sample.includes(placeOf('src', file, from)))
  })
  expect(foreign).toEqual([])
})

it('tests have hooks of their own, and not those of the sample', () => {
  const ofSample = importsOf('test').filter(
    ({ place, file, from }) =>
      /^src\/(hooks|sample|main\.ts)/.test(join(dirname(file), from)) &&
      !testsOfSample.includes(place),
  )
  expect(ofSample).toEqual([])
})
