// Package register stands in for the list of all providers: the tests need one, and all the others together take several
// times as long to build as everything else.
package register

import (
	_ "github.com/external-secrets/external-secrets/pkg/provider/fake"
)
