import type { ResourceSchema } from '../../rules/resource-schema.ts'

const text: ResourceSchema = { type: 'string' }
const texts: ResourceSchema = { type: 'object', additionalProperties: text }
const time: ResourceSchema = { type: 'string', nullable: true }
const anything: ResourceSchema = { 'x-kubernetes-preserve-unknown-fields': true }

const ownerReference: ResourceSchema = {
  type: 'object',
  properties: {
    ...{ apiVersion: text, kind: text, name: text, uid: text },
    ...{ controller: { type: 'boolean' }, blockOwnerDeletion: { type: 'boolean' } },
  },
}

// ObjectMeta (apimachinery/pkg/apis/meta/v1/types.go).
const metadata: Record<string, ResourceSchema> = {
  ...{ name: text, generateName: text, namespace: text, selfLink: text, uid: text },
  ...{ resourceVersion: text, generation: { type: 'integer' } },
  ...{ creationTimestamp: time, deletionTimestamp: time },
  deletionGracePeriodSeconds: { type: 'integer' },
  ...{ labels: texts, annotations: texts },
  ownerReferences: { type: 'array', items: ownerReference },
  finalizers: { type: 'array', items: text },
  managedFields: { type: 'array', items: anything },
}

/**
 * The fields that every resource has.
 *
 * @param own What a definition says of metadata: it may bound name and generateName.
 */
export function resourceProperties(own: ResourceSchema = {}): Record<string, ResourceSchema> {
  const properties = { ...metadata, ...own.properties }
  return { apiVersion: text, kind: text, metadata: { ...own, type: 'object', properties } }
}
