package main

import (
	"strings"

	hooksv1 "sigs.k8s.io/cluster-api/api/runtime/hooks/v1alpha1"
	"sigs.k8s.io/cluster-api/exp/runtime/catalog"
)

// registeredHooks asks about each request: the catalog of these versions does not list its hooks.
func registeredHooks() (map[string]hook, error) {
	known := catalog.New()
	if err := hooksv1.AddToCatalog(known); err != nil {
		return nil, err
	}
	hooks := map[string]hook{}
	for key := range definitions(nil) {
		kind, inPackage := strings.CutPrefix(key, "hooks.v1alpha1.")
		gvh := catalog.GroupVersionHook{
			Group:   hooksv1.GroupVersion.Group,
			Version: hooksv1.GroupVersion.Version,
			Hook:    strings.TrimSuffix(kind, "Request"),
		}
		if !inPackage || !known.IsHookRegistered(gvh) {
			continue
		}
		request, err := known.Request(gvh)
		if err != nil {
			return nil, err
		}
		response, err := known.Response(gvh)
		if err != nil {
			return nil, err
		}
		name := "{name}"
		// Nor does it tell its singletons, of which these versions have one.
		if gvh.Hook == "Discovery" {
			name = ""
		}
		hooks[gvh.Hook] = hook{
			Path:     catalog.GVHToPath(gvh, name),
			Request:  request.Kind,
			Response: response.Kind,
		}
	}
	return hooks, nil
}
