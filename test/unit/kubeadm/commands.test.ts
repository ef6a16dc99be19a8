import { describe, expect, it } from 'vitest'
import { appendCommand, prependCommand } from '../../../src/kubeadm/index.ts'
import { everywhere, kubeadm } from './kubeadm.ts'

const lists = ['bootCommands', 'preKubeadmCommands', 'postKubeadmCommands'] as const
const cases = everywhere.flatMap((place) => lists.map((list) => [...place, list] as const))

describe.each(cases)('in %s of a %s, a command of %s', (version, role, list) => {
  const commands = (...known: string[]) => kubeadm(version, role, { [list]: known })

  it('can come first or last', () => {
    const config = commands('a', 'b')
    prependCommand(config, list, 'first')
    appendCommand(config, list, 'last')
    expect(config.spec).toEqual({ [list]: ['first', 'a', 'b', 'last'] })
  })

  it('can be the only one', () => {
    const [before, after] = [kubeadm(version, role), kubeadm(version, role)]
    prependCommand(before, list, 'a')
    appendCommand(after, list, 'a')
    expect([before.spec, after.spec]).toEqual([{ [list]: ['a'] }, { [list]: ['a'] }])
  })

  it('stands there once, in its new place', () => {
    const config = commands('a', 'b', 'c', 'b')
    prependCommand(config, list, 'c')
    appendCommand(config, list, 'a')
    expect(config.spec[list]).toEqual(['c', 'b', 'b', 'a'])
  })
})
