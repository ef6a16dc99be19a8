package main

import (
	"sigs.k8s.io/cluster-api/api/runtime/catalog"
	hooksv1 "sigs.k8s.io/cluster-api/api/runtime/hooks/v1alpha1"
)

func registeredHooks() (map[string]hook, error) {
	known := catalog.New()
	if err := hooksv1.AddToCatalog(known); err != nil {
		return nil, err
	}
	hooks := map[string]hook{}
	for gvh, descriptor := range known.AllKnownHooks() {
		name := "{name}"
		if descriptor.Metadata.Singleton {
			name = ""
		}
		hooks[gvh.Hook] = hook{
			Path:     catalog.GVHToPath(gvh, name),
			Request:  descriptor.Request.Kind,
			Response: descriptor.Response.Kind,
		}
	}
	return hooks, nil
}
