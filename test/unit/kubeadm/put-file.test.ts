import { describe, expect, it } from 'vitest'
import { putFile } from '../../../src/kubeadm/index.ts'
import { everywhere, kubeadm, v1beta2, worker } from './kubeadm.ts'

const file = (path: string, content = path) => ({ path, content })

describe.each(everywhere)('putFile in %s of a %s', (version, role) => {
  it('adds a file behind the others', () => {
    const config = kubeadm(version, role, { files: [file('/a')], format: 'cloud-config' })
    putFile(config, { ...file('/b'), owner: 'root:root', permissions: '0600' })
    putFile(config, { path: '/c', contentFrom: { secret: { name: 'a', key: 'b' } }, append: true })
    expect(config.spec).toEqual({
      files: [
        file('/a'),
        { ...file('/b'), owner: 'root:root', permissions: '0600' },
        { path: '/c', contentFrom: { secret: { name: 'a', key: 'b' } }, append: true },
      ],
      format: 'cloud-config',
    })
  })

  it('replaces a file as a whole, in its place', () => {
    const files = [file('/a'), { ...file('/b', 'old'), contentFormat: 'Template' }, file('/c')]
    const config = kubeadm(version, role, { files })
    putFile(config, file('/b', 'new'))
    expect(config.spec.files).toEqual([file('/a'), file('/b', 'new'), file('/c')])
  })
})

it('leaves one file of a path, as Cluster API wants it', () => {
  const files = [file('/a', '1'), file('/b'), file('/a', '2')]
  const config = kubeadm(v1beta2, worker, { files })
  putFile(config, file('/a', '3'))
  expect(config.spec.files).toEqual([file('/a', '3'), file('/b')])
})

it('writes no field that is undefined or unknown', () => {
  const config = kubeadm(v1beta2, worker)
  const unknown = { contentFormat: 'Template' }
  putFile(config, { ...file('/a'), owner: undefined, encoding: undefined, ...unknown })
  expect(Object.keys(config.spec.files?.[0] ?? {})).toEqual(['path', 'content'])
})

it("shares nothing with the author's file: a later patch may change what it put", () => {
  const secret = { name: 'a', key: 'b' }
  const config = kubeadm(v1beta2, worker)
  putFile(config, { path: '/a', contentFrom: { secret } })
  Object(config.spec.files?.[0]?.contentFrom?.secret).name = 'changed'
  expect(secret).toEqual({ name: 'a', key: 'b' })
})
