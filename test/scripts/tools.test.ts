import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { openStage } from './stage.ts'

describe('tools.sh', () => {
  const checksum = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'
  const tools = ['kind', 'clusterctl', 'kubectl']

  /** A stage without the tools, where their downloads are empty files and GitHub says this of clusterctl. */
  function openToolStage(digest: string) {
    const platforms = ['linux-amd64', 'linux-arm64', 'darwin-amd64', 'darwin-arm64']
    const assets = platforms.map((platform) => ({
      name: `clusterctl-${platform}`,
      uploader: { login: 'x' },
      digest,
    }))
    const stage = openStage({
      without: tools,
      rules: [
        { pattern: '^curl .*kind-\\w+-\\w+.sha256sum$', print: `${checksum}  kind-linux-amd64` },
        { pattern: '^curl .*kubectl.sha256$', print: checksum },
        { pattern: '^curl .*api.github.com', print: JSON.stringify({ name: 'v1.14.2', assets }) },
      ],
    })
    for (const tool of tools) writeFileSync(stage.path('bin', `${tool}.part`), '')
    return stage
  }

  it('installs what its checksum fits, once', async () => {
    const stage = openToolStage(`sha256:${checksum}`)
    const first = await stage.run('tools.sh')
    expect(first.code, first.output).toBe(0)
    expect(tools.map((tool) => readFileSync(stage.path('bin', `${tool}.version`), 'utf8'))).toEqual(
      ['v0.33.0\n', 'v1.14.2\n', 'v1.37.0\n'],
    )
    const second = await stage.run('tools.sh')
    expect({ code: second.code, calls: second.calls }).toEqual({ code: 0, calls: [] })
  })

  it('refuses what differs from its checksum', async () => {
    const stage = openToolStage(`sha256:${'f'.repeat(64)}`)
    const { code, output } = await stage.run('tools.sh')
    expect(output).toMatch(/published: f{64}\n +actual: +e3b0[\s\S]*clusterctl was not installed/)
    expect(code).toBe(1)
    for (const file of ['clusterctl', 'clusterctl.part'])
      expect(existsSync(stage.path('bin', file))).toBe(false)
  })
})
