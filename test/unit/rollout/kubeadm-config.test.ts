import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import type { JsonObject } from '../../../src/json/json.ts'
import { refusedPath } from '../../../src/rollout/control-plane-webhook.ts'
import {
  kubeadmConfigOf,
  matchesKubeadmConfig,
  withoutEmpty,
} from '../../../src/rollout/kubeadm-config.ts'
import { kubeadmConfigSpecInHub } from '../../../src/rollout/kubeadm-hub.ts'

interface Side {
  apiVersion: string
  spec: JsonObject
}

// Each line is a kubeadmConfigSpec before and after, and whether the Machine that kubeadm init made of the first, and one
// that joined, are up to date with the second. That is what `UpToDate` of controlplane/kubeadm/pkg/filters.go in Cluster API
// v1.14.2 says, called by a Go program with the KubeadmConfigs that `ComputeDesiredKubeadmConfig` makes, after the conversion
// to v1beta2. Refused are those whose fields `ValidateUpdate` of
// controlplane/kubeadm/webhooks/admission/kubeadmcontrolplane.go does not let change.
const verdicts: {
  name: string
  version: string
  before: Side
  after: Side
  init: boolean
  join: boolean
  refused: boolean
}[] = readFileSync(new URL('go-up-to-date.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line))

const inHub = ({ spec, apiVersion }: Side) => kubeadmConfigSpecInHub(spec, apiVersion)

it.each(verdicts)('Machines are up to date as for the controller: $name', (verdict) => {
  const [before, after] = [inHub(verdict.before), inHub(verdict.after)]
  for (const role of ['init', 'join'] as const) {
    const current = kubeadmConfigOf(before, role, verdict.version)
    expect(matchesKubeadmConfig(current, after, verdict.version), role).toBe(verdict[role])
  }
})

it.each(verdicts)('changes are refused as by the webhook: $name', (verdict) => {
  const [before, after] = [verdict.before, verdict.after].map((side) =>
    Object(withoutEmpty(inHub(side))),
  )
  expect(refusedPath(before, after) !== undefined).toBe(verdict.refused)
})
