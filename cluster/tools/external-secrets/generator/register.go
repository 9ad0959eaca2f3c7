// Package register stands in for the list of all generators, of which the tests need none.
package register
