import { describe, expect, it } from 'vitest'
import { addCertSAN } from '../../../src/kubeadm/index.ts'
import { controlPlane, kubeadm, v1beta1, v1beta2, worker } from './kubeadm.ts'

describe.each([v1beta1, v1beta2])('addCertSAN in %s', (version) => {
  it('adds a name behind the others, once', () => {
    const clusterConfiguration = { apiServer: { certSANs: ['localhost'] }, certificatesDir: '/a' }
    const config = kubeadm(version, controlPlane, { clusterConfiguration })
    for (const name of ['api.example.com', 'localhost', 'api.example.com']) addCertSAN(config, name)
    expect(config.spec).toEqual({
      clusterConfiguration: {
        apiServer: { certSANs: ['localhost', 'api.example.com'] },
        certificatesDir: '/a',
      },
    })
  })

  it('makes what it needs', () => {
    const config = kubeadm(version, controlPlane)
    addCertSAN(config, 'a')
    expect(config.spec).toEqual({ clusterConfiguration: { apiServer: { certSANs: ['a'] } } })
  })

  it('leaves a worker alone', () => {
    const config = kubeadm(version, worker)
    addCertSAN(config, 'a')
    expect(config.spec).toEqual({})
  })
})
