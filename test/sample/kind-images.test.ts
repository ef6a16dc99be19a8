import { describe, expect, it } from 'vitest'
import {
  kindImage,
  kubernetesVersions,
  kubernetesVersionsUpTo,
} from '../../src/sample/kind-images.ts'

// Expected values: infrastructure/kind/mapper.go and mapper_test.go of Cluster API v1.14.2.
const digests = {
  '1.37.0': 'a1ed56cfb0e7b93589bdf97c8cd566405a265939e3620fc4f5de89adff580ae5',
  '1.34.11': '44e222ee2132dab25ff87301682f89eb82c7880ea3a1bf543bfe9708fd08d67d',
  '1.29.1': '0c06baa545c3bb3fbd4828eb49b8b805f6788e18ce67bff34706ffa91866558b',
  '1.32.0': 'c48c62eac5da28cdadcf560d1d8616cfa6783b58f0d94cf63ad1bf49600cb027',
  '1.27.16': '2d21a61643eafc439905e18705b8186f3296384750a835ad7a005dceb9546d20',
  '1.27.1': 'b7d12ed662b873bd8510879c1846e87c7e676a79fefc93e17b2a52989d3ff42b',
  '1.23.17': '14d0a9a892b943866d7e6be119a06871291c517d279aedb816a4b4bc0ec0a5b3',
  '1.19.16': '476cb3269232888437b61deca013832fee41f9f074f9bed79f57e4280f7c48b7',
}

describe('kindImage', () => {
  it.each(Object.entries(digests))('knows the newest build for %s', (version, digest) => {
    expect(kindImage(`v${version}`)).toBe(`kindest/node:v${version}@sha256:${digest}`)
  })

  it.each([
    ['v1.36.99', 'a newer patch', 'kindest/node:v1.36.99'],
    ['v1.23.0', 'an older patch', 'kindest/node:v1.23.0'],
    ['v1.27.17', 'a patch whose image kind built for another one', 'kindest/node:v1.27.17'],
    ['v1.99.0', 'a newer minor', 'kindest/node:v1.99.0'],
    ['v1.37.0-rc.1', 'a prerelease of a known version', 'kindest/node:v1.37.0-rc.1'],
    ['v1.36.99+build.1', 'build metadata of an unknown one', 'kindest/node:v1.36.99_build.1'],
    ['v1.36.99-a.1+b', 'both', 'kindest/node:v1.36.99-a.1_b'],
  ])('guesses the tag for %s, %s', (version, _, image) => {
    expect(kindImage(version)).toBe(image)
  })

  it('ignores the build metadata of a known version', () => {
    expect(kindImage('v1.37.0+build')).toBe(kindImage('v1.37.0'))
    expect(kindImage('1.37.0')).toBe(kindImage('v1.37.0'))
  })

  it.each(['', 'latest', 'v1'])('has none for "%s"', (version) => {
    expect(kindImage(version)).toBeUndefined()
  })
})

describe('kubernetesVersions', () => {
  it("holds those of today's kind, rising", () => {
    const patches = {
      21: [14],
      22: [17],
      23: [17],
      24: [15, 17],
      25: [11, 16],
      26: [6, 13, 14, 15],
      27: [3, 10, 11, 13, 16],
      28: [0, 6, 7, 9, 12, 13, 15],
      29: [0, 1, 2, 4, 7, 8, 10, 12, 14],
      30: [0, 3, 4, 6, 8, 10, 13],
      31: [0, 2, 4, 6, 9, 12, 14],
      32: [0, 2, 5, 8, 11],
      33: [0, 1, 4, 7, 12],
      34: [0, 3, 8, 11],
      35: [0, 5, 8],
      36: [1, 4],
      37: [0],
    }
    const versions = Object.entries(patches).flatMap(([minor, numbers]) =>
      numbers.map((patch) => `v1.${minor}.${patch}`),
    )
    expect(kubernetesVersions).toEqual(versions)
  })

  it.each([
    ['v1.36.4', []],
    ['v1.37.9', []],
    ['v1.38.2', ['v1.38.2']],
    ['v1.40.1', ['v1.38.0', 'v1.39.0', 'v1.40.1']],
  ])('go on to %s', (target, more) => {
    expect(kubernetesVersionsUpTo(target)).toEqual([...kubernetesVersions, ...more])
  })
})
