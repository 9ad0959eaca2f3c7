# Every target does all it needs; `make help` lists them.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
MVN = JAVA_HOME="$$(bin/jdk-home)" ./mvnw
TEST_CLUSTER := $(CURDIR)/.cluster/test

.PHONY: help build image test test-fast test-load run standalone bench interop release-dry-run clean

help: ## Lists the targets.
	@awk -F':.*## ' '/^[a-z-]+:.*## / {printf "  %-16s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

build: ## Builds operator/target/llm-config-operator.jar, which bin/llmconfig runs; no tests.
	@bin/prerequisites jdk node
	@$(MVN) -q -DskipTests package
	@echo "Built: operator/target/llm-config-operator.jar (try: bin/llmconfig --help)"

image: ## Writes the image as a tar to target/image, without a Docker engine.
	@bin/prerequisites jdk
	@bin/image

test: ## Runs all tests; builds the local control plane first (once, about eleven minutes).
	@bin/prerequisites jdk node
	@bin/test

test-fast: ## Runs the tests that need nothing but a JDK and Node: no control plane, no browser.
	@bin/prerequisites jdk node
	@$(MVN) test

test-load: ## Prints the numbers of 500 keys, 2,000 foreign Secrets and 2,000 agents; takes minutes.
	@bin/prerequisites jdk node
	@trap 'LLMCONFIG_CLUSTER_DIR="$(TEST_CLUSTER)" cluster/down' EXIT; \
	export LLMCONFIG_CLUSTER_DIR="$(TEST_CLUSTER)"; cluster/up; eval "$$(cluster/env)"; \
	$(MVN) -pl operator -am verify -Dtest=None -Dit.test='KeysUnderLoad,AgentsUnderLoad' -Dsurefire.failIfNoSpecifiedTests=false \
	  -Dfailsafe.failIfNoSpecifiedTests=false -Djacoco.skip=true

run: ## Runs the product in the foreground, on a local control plane unless KUBECONFIG names a cluster.
	@bin/prerequisites jdk node
	@bin/run

standalone: ## Runs the product without a cluster, in the foreground; its store is in .cluster/standalone.
	@bin/prerequisites jdk node
	@[ -r operator/target/llm-config-operator.jar ] || $(MAKE) --no-print-directory build
	@mkdir -p .cluster
	@exec bin/llmconfig standalone --data-dir "$(CURDIR)/.cluster/standalone" --listen "$${LLMCONFIG_API_LISTEN:-127.0.0.1:8080}"

bench: ## Measures against peers, side by side in one run (see bench/README.md).
	@for bench in bench/*/run; do if [ -x "$$bench" ]; then "$$bench"; fi; done; \
	ls bench/*/run >/dev/null 2>&1 || echo "No bench is written yet: see bench/README.md for what is planned."

interop: build ## Repeats the exchange with other implementations live: Python, kubeseal, real frameworks.
	@LLMCONFIG_CLUSTER_DIR="$(TEST_CLUSTER)" cluster/build; eval "$$(LLMCONFIG_CLUSTER_DIR="$(TEST_CLUSTER)" cluster/env --path)"; \
	for exchange in interop/*/run; do echo "== $$exchange"; "$$exchange"; done

release-dry-run: ## Writes all that a release consists of to target/release, from a clean tree, and publishes nothing.
	@bin/prerequisites jdk node
	@cluster/build; eval "$$(cluster/env --path)"; bin/release

clean: ## Removes what was built, and ends the local control planes of this checkout.
	@for state in .cluster/test* .cluster; do [ ! -d $$state ] || LLMCONFIG_CLUSTER_DIR="$(CURDIR)/$$state" cluster/down; done
	@rm -rf target crds/target operator/target operator/src/main/webui/node_modules interop/target .cluster
